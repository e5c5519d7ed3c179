package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Records of a stream in all forms that producers give them. */
final class StreamRecordsTest {

    private static final String CALL = """
            {"eventVersion":"1.08","userIdentity":{"type":"Root","accountId":"111122223333"},\
            "eventTime":"2026-03-02T10:00:00Z","eventSource":"iam.amazonaws.com","eventName":"ListUsers",\
            "awsRegion":"us-east-1","eventID":"e-%d","recipientAccountId":"111122223333"}""";

    private static final String FLOW =
            "2 111122223333 eni-0a1b2c3d 10.0.0.5 192.0.2.1 49152 443 6 10 840 1772445600 1772445660 ACCEPT OK";

    private static final String FLOWS = """
            version srcaddr dstaddr interface-id account-id start end action log-status
            2 10.0.0.5 192.0.2.1 eni-0a1b2c3d 111122223333 1772445600 1772445660 ACCEPT OK
            2 10.0.0.6 192.0.2.1 eni-0a1b2c3d 111122223333 1772445600 1772445660 ACCEPT OK
            """;

    private static final String QUERY = """
            {"version":"1.100000","account_id":"111122223333","region":"us-east-1","vpc_id":"vpc-0a1b2c3d",\
            "query_timestamp":"2026-03-02T10:00:00Z","query_name":"example.com.","query_type":"A","query_class":"IN",\
            "rcode":"NOERROR","answers":[],"srcaddr":"10.0.0.5","srcport":"5353","transport":"UDP",\
            "srcids":{"instance":"i-0a1b2c3d4e5f60718"}}""";

    /** A form, and how many events one record of it holds. */
    enum Form {
        CALL_ALONE(1),
        DOCUMENT(2),
        JSON_LINES(2),
        PACKED_DOCUMENT(2),
        CLOUDWATCH(2),
        CLOUDWATCH_BASE64(2),
        FLOW_LINE(1),
        FLOW_LINES_WITH_HEADER(2),
        CLOUDWATCH_FLOWS(2),
        QUERY_ALONE(1),
        EVENT_BRIDGE(1),
        KPL(2);

        private final int events;

        Form(int events) {
            this.events = events;
        }

        byte[] record() throws IOException {
            String one = CALL.formatted(1);
            String two = CALL.formatted(2);
            return switch (this) {
                case CALL_ALONE -> utf8(one);
                case DOCUMENT -> utf8("{\"Records\":[" + one + "," + two + "]}");
                case JSON_LINES -> utf8(String.join("\n", one, two, ""));
                case PACKED_DOCUMENT -> gzip("{\"Records\":[" + one + "," + two + "]}");
                case CLOUDWATCH -> gzip(cloudWatch(one, two));
                case CLOUDWATCH_BASE64 ->
                    utf8("{\"data\":\"" + Base64.getEncoder().encodeToString(gzip(cloudWatch(one, two))) + "\"}");
                case FLOW_LINE -> utf8(FLOW);
                case FLOW_LINES_WITH_HEADER -> utf8(FLOWS);
                case CLOUDWATCH_FLOWS -> gzip(cloudWatch(FLOW, FLOW.replace("49152", "49153")));
                case QUERY_ALONE -> utf8(QUERY);
                case EVENT_BRIDGE ->
                    utf8("{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":" + one + "}");
                case KPL -> aggregated(utf8(one), gzip("{\"Records\":[" + two + "]}"));
            };
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(utf8(text));
        }
        return packed.toByteArray();
    }

    private static String cloudWatch(String... messages) {
        StringBuilder events = new StringBuilder();
        for (String message : messages) {
            events.append(events.isEmpty() ? "" : ",")
                    .append("{\"id\":\"1\",\"timestamp\":1772445600000,\"message\":\"")
                    .append(message.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append("\"}");
        }
        return "{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111122223333\",\"logGroup\":\"g\",\"logStream\":\"s\","
                + "\"subscriptionFilters\":[\"f\"],\"logEvents\":[" + events + "]}";
    }

    /** As the Kinesis Producer Library writes it: partition keys, then records, each with its key's index and data. */
    private static byte[] aggregated(byte[]... records) {
        ByteArrayOutputStream buffer = new ByteArrayOutputStream();
        field(buffer, 1, utf8("key"));
        for (byte[] record : records) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.writeBytes(new byte[] {1 << 3, 0});
            field(one, 3, record);
            field(buffer, 3, one.toByteArray());
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2});
        all.writeBytes(buffer.toByteArray());
        try {
            all.writeBytes(MessageDigest.getInstance("MD5").digest(buffer.toByteArray()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
        return all.toByteArray();
    }

    private static void field(ByteArrayOutputStream to, int number, byte[] bytes) {
        to.write((number << 3) | 2);
        int length = bytes.length;
        while (length > 0x7f) {
            to.write((length & 0x7f) | 0x80);
            length >>>= 7;
        }
        to.write(length);
        to.writeBytes(bytes);
    }

    private static ObjectReport read(Collected into, String flowFormat, StreamRecord... records) {
        LogObject object = LogObject.named("kafka://logs/0/0-99999");
        ParseContext context = new ParseContext(object, FieldPlan.NONE, null, "us-east-1");
        try (ObjectReader reader = new ObjectReader()) {
            return reader.readStream(List.of(records), flowFormat, context, into);
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void everyFormIsRead(Form form) throws IOException {
        Collected into = new Collected();
        ObjectReport report = read(into, null, new StreamRecord(41, null, form.record()));
        assertEquals(form.events, report.accepted(), report::toString);
        assertEquals(ObjectReport.Status.ACCEPTED, report.status());
        for (Event event : into.events) {
            assertEquals(41, event.origin().position());
        }
    }

    @Test
    void formsMayBeMixedAndOneThatIsBrokenTouchesNoOther() throws IOException {
        List<StreamRecord> records = new ArrayList<>();
        long events = 0;
        for (Form form : Form.values()) {
            records.add(new StreamRecord(records.size(), null, form.record()));
            records.add(new StreamRecord(records.size(), null, utf8("{\"Records\":[{\"eventVersion\":\"1.08\",")));
            events += form.events;
        }
        Collected into = new Collected();
        ObjectReport report = read(into, null, records.toArray(StreamRecord[]::new));
        assertEquals(events, report.accepted(), report::toString);
        assertEquals(Form.values().length, report.rejected());
        assertEquals(ObjectReport.Status.PARTIAL, report.status());
        assertTrue(String.valueOf(report.message()).contains("at 1: "), report::toString);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what it is                    | text                    | ignored | rejected
            a tombstone                     | ''                      | 1       | 0
            a control message of CloudWatch | CWL CONTROL MESSAGE: x  | 1       | 0
            words                           | hello world             | 0       | 1
            other JSON                      | {"hello":"world"}       | 0       | 1
            another number of columns       | 2 1 2 3 4 5 6 7 8 9     | 0       | 1
            """)
    void everyRecordIsAccountedFor(String name, String text, long ignored, long rejected) {
        ObjectReport report = read(new Collected(), null, new StreamRecord(7, "4961", utf8(text)));
        assertEquals(0, report.accepted());
        assertEquals(ignored, report.ignored(), report::toString);
        assertEquals(rejected, report.rejected(), report::toString);
        assertEquals(rejected > 0, String.valueOf(report.message()).contains("at 4961: "), report::toString);
    }

    @Test
    void aFormatThatIsSetReadsLinesWithoutHeader() {
        Collected into = new Collected();
        String format = "version srcaddr dstaddr interface-id account-id start end action log-status";
        StreamRecord line = new StreamRecord(
                0, null, utf8("2 10.0.0.5 192.0.2.1 eni-0a1b2c3d 111122223333 1772445600 1772445660 ACCEPT OK"));
        assertEquals(1, read(into, format, line).accepted());
        assertEquals(1, read(into, null, line).rejected());
    }

    @Test
    void aHeaderHoldsForItsRecordAlone() throws IOException {
        ObjectReport report = read(
                new Collected(),
                null,
                new StreamRecord(0, null, Form.FLOW_LINES_WITH_HEADER.record()),
                new StreamRecord(1, null, Form.FLOW_LINE.record()));
        assertEquals(3, report.accepted(), report::toString);
    }

    @Test
    void damagedRecordsAreNoErrorOfTheReader() {
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] bytes = damaged(Form.values()[random.nextInt(Form.values().length)], random);
            StreamRecord good = new StreamRecord(1, null, utf8(CALL.formatted(9)));
            Collected into = new Collected();
            ObjectReport report = read(into, null, new StreamRecord(0, null, bytes), good);
            assertTrue(
                    into.events.stream().anyMatch(event -> event.origin().position() == 1),
                    () -> "seed " + seed + ": " + report);
        }
    }

    private static byte[] damaged(Form form, Random random) {
        try {
            byte[] bytes = form.record();
            for (int i = random.nextInt(4); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            return random.nextBoolean() ? bytes : java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
