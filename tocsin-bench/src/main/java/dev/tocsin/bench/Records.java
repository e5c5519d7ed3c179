package dev.tocsin.bench;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.FlowReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** From the text of one record to an event. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Records {

    private static final byte[] CALL = """
            {"eventVersion":"1.09","userIdentity":{"type":"AssumedRole","principalId":"AROAEXAMPLE:worker",\
            "arn":"arn:aws:sts::111122223333:assumed-role/worker/worker","accountId":"111122223333",\
            "accessKeyId":"ASIAEXAMPLE","sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLE",\
            "arn":"arn:aws:iam::111122223333:role/worker","accountId":"111122223333","userName":"worker"},\
            "attributes":{"creationDate":"2026-03-02T11:00:00Z","mfaAuthenticated":"false"}}},\
            "eventTime":"2026-03-02T12:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances",\
            "awsRegion":"eu-central-1","sourceIPAddress":"203.0.113.10","userAgent":"aws-sdk-java/2.40 Linux/6.1",\
            "requestParameters":{"instancesSet":{"items":[{"instanceId":"i-0123456789abcdef0"}]},"filterSet":{}},\
            "responseElements":null,"requestID":"5b0d6c2e-0000-4000-8000-000000000001",\
            "eventID":"5b0d6c2e-0000-4000-8000-000000000002","readOnly":true,"eventType":"AwsApiCall",\
            "managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management",\
            "tlsDetails":{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256",\
            "clientProvidedHostHeader":"ec2.eu-central-1.amazonaws.com"}}""".getBytes(StandardCharsets.UTF_8);

    private static final byte[] FLOW =
            "2 111122223333 eni-0123456789abcdef0 10.0.1.5 203.0.113.10 49152 443 6 12 3456 1772452800 1772452860 ACCEPT OK"
                    .getBytes(StandardCharsets.UTF_8);

    private final Kept kept = new Kept();
    private final ApiCallReader calls = new ApiCallReader(context(AccountFunction.fieldPlan()), kept, false);
    private final FlowReader flows = new FlowReader(context(FieldPlan.NONE), kept);

    private static ParseContext context(FieldPlan plan) {
        return new ParseContext(LogObject.named("made-up"), plan, null, null);
    }

    /** The last event, so that no step is idle. */
    private static final class Kept implements RecordSink {
        private @Nullable Event event;

        @Override
        public void accept(Event read) {
            event = read;
        }

        @Override
        public void ignore(long count, String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void reject(long position, String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void note(long position, String text) {}
    }

    /** A CloudTrail record of 1.2 KB with all fields that detectors ask for. */
    @Benchmark
    public @Nullable Event call() {
        calls.record(CALL, 0, CALL.length, 0);
        return kept.event;
    }

    /** A flow of version 2. */
    @Benchmark
    public @Nullable Event flow() {
        flows.line(FLOW, 0, FLOW.length, 1);
        return kept.event;
    }
}
