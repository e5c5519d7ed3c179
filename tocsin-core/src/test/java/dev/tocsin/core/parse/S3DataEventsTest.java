package dev.tocsin.core.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which data events are for detection: those that S3's finding types can hold against a bucket. */
final class S3DataEventsTest {

    private static String event(String service, String call, String parameters) {
        return "{\"eventVersion\":\"1.11\",\"eventTime\":\"2026-03-01T12:00:00Z\",\"eventSource\":\"" + service
                + ".amazonaws.com\",\"eventName\":\"" + call + "\",\"requestParameters\":" + parameters
                + ",\"eventID\":\"e\",\"recipientAccountId\":\"111122223333\",\"eventCategory\":\"Data\"}";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what it is               | service   | call      | parameters                 | taken or why not
            an object read             | s3        | GetObject | {"bucketName":"b","key":1} | taken
            without parameters         | s3        | GetObject | null                       | S3 data event that names no bucket
            without a bucket           | s3        | PutObject | {"key":"k"}                | S3 data event that names no bucket
            of a call without plan     | s3        | NewCall   | null                       | taken
            a function called          | lambda    | Invoke    | {"functionName":"f"}       | data event of lambda.amazonaws.com
            """)
    void takesThoseThatNameTheirBucket(String name, String service, String call, String parameters, String expected) {
        List<String> said = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void accept(Event event) {
                said.add("taken");
            }

            @Override
            public void ignore(long count, String reason) {
                said.add(reason);
            }

            @Override
            public void reject(long position, String reason) {
                said.add(reason);
            }

            @Override
            public void note(long position, String text) {}
        };
        ParseContext context = new ParseContext(LogObject.named("test"), AccountFunction.fieldPlan(), null, null);
        byte[] bytes = event(service, call, parameters).getBytes(StandardCharsets.UTF_8);
        new ApiCallReader(context, sink, true).record(bytes, 0, bytes.length, 0);
        assertEquals(List.of(expected), said);
    }
}
