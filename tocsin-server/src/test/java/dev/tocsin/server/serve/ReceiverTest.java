package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.security.Sealer;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Firehose's protocol, as a running service speaks it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ReceiverTest extends ServiceFixture {

    private static final String KEY = "k".repeat(40);
    private static final String PATH = "/firehose/flow";
    private static final String ARN = "arn:aws:firehose:eu-central-1:111111111111:deliverystream/flow";
    private static final String LINE =
            "2 %s eni-0a 10.0.0.5 198.51.100.9 40000 443 6 10 840 1700000000 1700000060 ACCEPT OK";

    @Override
    ServiceOptions options() {
        Path key = folder.resolve("firehose.key");
        try {
            Files.writeString(key, KEY);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        SourceConfig flow = SourceConfig.receiver("flow", List.of(ACCOUNT), "vpcflow", REGION, key.toString());
        SourceConfig trail = SourceConfig.receiver("trail", List.of(), "cloudtrail", null, null);
        ServiceOptions.Watch nothing = ServiceOptions.Watch.NOTHING;
        ServiceOptions.Watch watch = new ServiceOptions.Watch(
                List.of(flow, trail), Set.of(), Set.of(), true, nothing.knowing(), null, List.of(), 1);
        return new ServiceOptions(folder.resolve("data"), "127.0.0.1:0", ACCOUNT, watch);
    }

    private static String body(String id, String... records) {
        StringBuilder body =
                new StringBuilder("{\"requestId\":\"" + id + "\",\"timestamp\":1700000100000,\"records\":[");
        for (String record : records) {
            body.append(body.charAt(body.length() - 1) == '[' ? "" : ",")
                    .append("{\"data\":\"")
                    .append(Base64.getEncoder().encodeToString(record.getBytes(StandardCharsets.UTF_8)))
                    .append("\"}");
        }
        return body + "]}";
    }

    private HttpRequest.Builder delivery(String path, String id, byte[] body) {
        return HttpRequest.newBuilder(URI.create(service.uri() + path))
                .header("Content-Type", "application/json")
                .header("X-Amz-Firehose-Protocol-Version", "1.0")
                .header("X-Amz-Firehose-Request-Id", id)
                .header("X-Amz-Firehose-Source-Arn", ARN)
                .header("X-Amz-Firehose-Access-Key", KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpRequest.Builder delivery(String id, String... records) {
        return delivery(PATH, id, body(id, records).getBytes(StandardCharsets.UTF_8));
    }

    /** Sends it until the service takes it, as Firehose does. */
    private Answer deliver(HttpRequest request) throws IOException, InterruptedException {
        Answer answer = send(request);
        while (answer.status() == 503) {
            answer = send(request);
        }
        return answer;
    }

    private Doc row(String source) throws IOException {
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            String row = new ReadObjects(store).row(source);
            return row == null ? null : Doc.parse(row);
        }
    }

    private static String object(String id) {
        return "firehose-http://flow/aws-account-id=" + ACCOUNT + "/aws-region=" + REGION + "/vpcflowlogs/" + id;
    }

    @Test
    void answersOnceItIsKept() throws IOException, InterruptedException, ConfigException {
        String id = UUID.randomUUID().toString();
        Answer answer = deliver(delivery(id, "{\"message\":\"" + LINE.formatted(ACCOUNT) + "\"}")
                .build());
        assertEquals(200, answer.status(), () -> answer.raw().body());
        assertEquals(id, answer.text("requestId"));
        assertTrue(answer.body().number("timestamp", 0) > 1_700_000_000_000L);
        assertNull(answer.body().text("errorMessage"));
        assertEquals(
                "application/json",
                answer.raw().headers().firstValue("Content-Type").orElseThrow());
        Doc row = Objects.requireNonNull(row(object(id)), "it is in the store when it is answered");
        assertEquals(1, row.number("accepted", 0));
        assertEquals("vpcflow", row.text("kind"));

        assertEquals(200, send(delivery(id, "something else").build()).status(), "the id is the identity");
        restart();
        Answer again = deliver(delivery(id, LINE.formatted(ACCOUNT)).build());
        assertEquals(200, again.status(), "after a restart too");
        assertEquals(row.toJson(), row(object(id)).toJson(), "and nothing is done twice");
    }

    @Test
    void unpacksGzip() throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        byte[] packed = gzip(body(
                id, LINE.formatted(ACCOUNT) + "\n" + LINE.formatted(ACCOUNT).replace("443", "80")));
        HttpRequest request =
                delivery(PATH, id, packed).header("Content-Encoding", "gzip").build();
        assertEquals(200, deliver(request).status());
        assertEquals(2, row(object(id)).number("accepted", 0));
    }

    /** A body of 64 MiB and more that is a few KiB packed is refused for good, and stands in the ledger. */
    @Test
    void holdsTheSize() throws IOException, InterruptedException {
        deliver(delivery(UUID.randomUUID().toString(), "x").build());
        String id = UUID.randomUUID().toString();
        byte[] packed = gzip("{\"requestId\":\"" + id + "\",\"records\":[" + " ".repeat(64 << 20));
        Answer answer = send(
                delivery(PATH, id, packed).header("Content-Encoding", "gzip").build());
        assertEquals(413, answer.status());
        assertEquals(id, answer.text("requestId"));
        assertEquals("refused", row(object(id)).text("status"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # what                  | header                          | value            | status
            another version         | X-Amz-Firehose-Protocol-Version | 2.0              | 400
            another content         | Content-Type                    | text/plain       | 400
            an id that is no id     | X-Amz-Firehose-Request-Id       | a_20300101T0000Z | 400
            another id              | X-Amz-Firehose-Request-Id       | other            | 400
            a wrong key             | X-Amz-Firehose-Access-Key       | wrong            | 401
            the key but a letter    | X-Amz-Firehose-Access-Key       | kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk | 401
            packed otherwise        | Content-Encoding                | deflate          | 400
            not packed as it says   | Content-Encoding                | gzip             | 400
            """)
    void refuses(String what, String header, String value, int status) throws IOException, InterruptedException {
        deliver(delivery(UUID.randomUUID().toString(), "x").build());
        String id = UUID.randomUUID().toString();
        Answer answer = send(
                delivery(id, LINE.formatted(ACCOUNT)).setHeader(header, value).build());
        assertEquals(status, answer.status(), () -> answer.raw().body());
        if (value.equals("deflate")) {
            return; // the web server refuses it itself
        }
        assertNotNull(answer.body().text("errorMessage"));
        assertEquals(
                "application/json",
                answer.raw().headers().firstValue("Content-Type").orElseThrow());
        assertNull(row(object(id)), "nothing is done");
    }

    @Test
    void takesOnlyPost() throws IOException, InterruptedException {
        assertEquals(405, send(delivery("r-1").GET().build()).status());
    }

    @Test
    void wrongKeysAreLimitedAndTheRightOneIsNot() throws IOException, InterruptedException {
        int status = 401;
        for (int i = 0; i < 5; i++) {
            status = send(delivery("r-1", "x")
                            .setHeader("X-Amz-Firehose-Access-Key", "wrong" + i)
                            .build())
                    .status();
            assertEquals(401, status);
        }
        assertEquals(
                429,
                send(delivery("r-1", "x")
                                .setHeader("X-Amz-Firehose-Access-Key", "wrong")
                                .build())
                        .status());
        assertEquals(200, deliver(delivery("r-1", "x").build()).status());
    }

    @Test
    void takesKeysMadeByTheCommand() throws IOException, InterruptedException {
        Path data = folder.resolve("data");
        SecureRandom random = new SecureRandom();
        try (Store store = Store.openBeside(data)) {
            ReceiverKeys keys = new ReceiverKeys(store, Sealer.in(data, random), random, InstantSource.system());
            ReceiverKeys.Fresh key = keys.create("trail");
            String path = "/firehose/trail";
            String id = UUID.randomUUID().toString();
            byte[] body = body(id, "{}").getBytes(StandardCharsets.UTF_8);
            HttpRequest request = delivery(path, id, body)
                    .setHeader("X-Amz-Firehose-Access-Key", key.key())
                    .build();
            assertEquals(200, deliver(request).status());
            HttpRequest other = delivery(id, "x")
                    .setHeader("X-Amz-Firehose-Access-Key", key.key())
                    .build();
            assertEquals(401, send(other).status(), "it is the key of one source");
            assertTrue(keys.disable(key.id()));
            assertEquals(401, send(request).status());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what             | record                                                                       | accepted | rejected | ignored
            its account        | 2 111111111111 eni-0a 10.0.0.5 198.51.100.9 40000 443 6 10 840 1700000000 1700000060 ACCEPT OK | 1 | 0 | 0
            another account    | 2 222222222222 eni-0a 10.0.0.5 198.51.100.9 40000 443 6 10 840 1700000000 1700000060 ACCEPT OK | 0 | 1 | 0
            another log        | {"eventVersion":"1.08","userIdentity":{"type":"Root","accountId":"111111111111"},"eventTime":"2023-11-14T22:13:20Z","eventSource":"iam.amazonaws.com","eventName":"ListUsers","awsRegion":"us-east-1","sourceIPAddress":"1.2.3.4","userAgent":"x","eventID":"e-1","eventType":"AwsApiCall","recipientAccountId":"111111111111"} | 0 | 1 | 0
            nothing known      | hello                                                                        | 0        | 1        | 0
            an empty record    | ``                                                                           | 0        | 0        | 1
            """)
    void isBoundByItsKey(String what, String record, long accepted, long rejected, long ignored)
            throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        assertEquals(200, deliver(delivery(id, record).build()).status());
        Doc row = row(object(id));
        assertEquals(
                List.of(accepted, rejected, ignored),
                List.of(row.number("accepted", -1), row.number("rejected", -1), row.number("ignored", -1)),
                row::toJson);
    }

    @Test
    void saysWhatCameOfRequests() throws IOException, InterruptedException {
        deliver(delivery("r-1", LINE.formatted(ACCOUNT)).build());
        send(delivery("r-1", LINE.formatted(ACCOUNT)).build());
        String metrics = open("GET", "/metrics", "").raw().body();
        assertTrue(metrics.contains("tocsin_messages_total{source=\"flow\",result=\"done\"} 1"), metrics);
        assertTrue(metrics.contains("tocsin_messages_total{source=\"flow\",result=\"redelivered\"} 1"), metrics);
    }

    /** The stream that a request says it came by is guarded: who deletes it is reported. */
    @Test
    void guardsTheStreamThatDelivers() throws IOException, InterruptedException {
        deliver(delivery(UUID.randomUUID().toString(), LINE.formatted(ACCOUNT)).build());
        Path data = folder.resolve("data");
        SecureRandom random = new SecureRandom();
        try (Store store = Store.openBeside(data)) {
            String key = new ReceiverKeys(store, Sealer.in(data, random), random, InstantSource.system())
                    .create("trail")
                    .key();
            List<String> found = List.of();
            // what is guarded is known from a checkpoint on; the timeout ends it
            for (int i = 0; found.isEmpty(); i++) {
                String id = UUID.randomUUID().toString();
                String event = "{\"detail-type\":\"AWS API Call via CloudTrail\",\"detail\":" + deletion(i) + "}";
                HttpRequest request = delivery(
                                "/firehose/trail", id, body(id, event).getBytes(StandardCharsets.UTF_8))
                        .setHeader("X-Amz-Firehose-Access-Key", key)
                        .setHeader("X-Amz-Firehose-Source-Arn", ARN.replace("flow", "trail"))
                        .build();
                assertEquals(200, deliver(request).status());
                found = store.findings(true).stream()
                        .map(finding ->
                                finding.type() + " " + finding.document().text("title"))
                        .filter(type -> type.startsWith("DefenseEvasion:IAMUser/LogSourceTampered"))
                        .toList();
            }
            assertEquals(
                    "DefenseEvasion:IAMUser/LogSourceTampered Log source source flow (delivery stream flow) was tampered"
                            + " with.",
                    found.getFirst());
        }
    }

    private static String deletion(int number) {
        return "{\"eventVersion\":\"1.08\",\"userIdentity\":{\"type\":\"IAMUser\",\"principalId\":\"AIDAEXAMPLE\",\"arn\":"
                + "\"arn:aws:iam::" + ACCOUNT + ":user/alice\",\"accountId\":\"" + ACCOUNT
                + "\",\"userName\":\"alice\"},\"eventTime\":\"2023-11-14T22:13:20Z\",\"eventSource\":\"firehose.amazonaws.com\","
                + "\"eventName\":\"DeleteDeliveryStream\",\"awsRegion\":\"" + REGION
                + "\",\"sourceIPAddress\":\"203.0.113.10\",\"userAgent\":\"aws-cli\",\"requestParameters\":"
                + "{\"deliveryStreamName\":\"flow\"},\"eventID\":\"delete-" + number
                + "\",\"eventType\":\"AwsApiCall\",\"recipientAccountId\":\"" + ACCOUNT + "\"}";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
