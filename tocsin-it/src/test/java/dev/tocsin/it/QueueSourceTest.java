package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** Objects in a real S3 server, told by the messages of a real SQS server, to the service as it runs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class QueueSourceTest {

    /** What a type that speaks at once may take from the message to the answer of the API (issue: how it is judged). */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private static final Path CLI = Path.of("/usr/bin/aws");

    private static LoopbackAws aws;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        aws = new LoopbackAws();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    private static String s3Event(String bucket, String key) {
        return "{\"Records\":[{\"eventVersion\":\"2.1\",\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\","
                + "\"s3\":{\"bucket\":{\"name\":\"" + bucket + "\"},\"object\":{\"key\":\"" + key + "\"}}}]}";
    }

    private static String quoted(String json) {
        return "\"" + json.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String sns(String message) {
        return "{\"Type\":\"Notification\",\"MessageId\":\"m\",\"TopicArn\":\"arn:aws:sns:us-east-1:111122223333:trail\","
                + "\"Message\":" + quoted(message) + "}";
    }

    private static String message(String form, String bucket, String key) {
        return switch (form) {
            case "S3 event" -> s3Event(bucket, key);
            case "SNS" -> sns(s3Event(bucket, key));
            case "EventBridge" ->
                "{\"version\":\"0\",\"id\":\"1\",\"detail-type\":\"Object Created\",\"source\":\"aws.s3\",\"detail\":"
                        + "{\"bucket\":{\"name\":\"" + bucket + "\"},\"object\":{\"key\":\"" + key + "\"}}}";
            case "CloudTrail" -> sns("{\"s3Bucket\":\"" + bucket + "\",\"s3ObjectKey\":[\"" + key + "\"]}");
            default -> "{\"s3Bucket\":\"" + bucket + "\",\"s3ObjectKey\":[\"" + key + "\"]}";
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            S3 event, trail-s3
            SNS, trail-sns
            EventBridge, trail-bridge
            CloudTrail, trail-own
            CloudTrail raw, trail-raw
            """)
    void anObjectIsAFindingWithinSeconds(String form, String bucket) throws IOException, InterruptedException {
        aws.bucket(bucket);
        String queue = aws.queue(bucket);
        try (RunningService service =
                        RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("trail", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_ready 1");
            Instant now = Instant.now();
            String key = TrailLogs.key(now, "one");
            aws.put(bucket, key, TrailLogs.stopped("main", now));
            long sent = System.nanoTime();
            aws.send(queue, message(form, bucket, key));
            awaitFindings(client, detector, 2);
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            assertTrue(took.compareTo(AT_ONCE) < 0, () -> form + " took " + took);
            awaitEmpty(queue);
            assertEquals("accepted", row("s3://" + bucket + "/" + key).text("status"));
            aws.send(queue, message(form, bucket, key)); // at least once: delivered a second time
            service.awaitMetric("tocsin_messages_total{source=\"trail\",result=\"done\"} 2");
            awaitEmpty(queue);
            assertEquals(1, row("s3://" + bucket + "/" + key).number("accepted", 0));
            assertEquals(List.of(1, 1), counts(client, detector));
        }
    }

    /** A flow log's object of an interface that tries {@code ports} ports of a peer in the minute from {@code at} on. */
    private static byte[] flows(Instant at, int ports) throws IOException {
        StringBuilder lines =
                new StringBuilder("version account-id interface-id srcaddr dstaddr srcport dstport protocol"
                        + " packets bytes start end action log-status instance-id tcp-flags flow-direction\n");
        long start = at.getEpochSecond();
        for (int port = 1; port <= ports; port++) {
            lines.append("5 " + TrailLogs.ACCOUNT + " eni-0aaaabbbbccccdddd 10.20.1.15 198.51.100.23 49" + (100 + port)
                    + " " + port + " 6 1 44 " + (start + port % 50) + " " + (start + 59)
                    + " ACCEPT OK i-0aaaabbbbccccdddd 2 egress\n");
        }
        return TrailLogs.gzip(lines.toString());
    }

    /** Types that look at a window speak when the time of later objects has passed it by the lateness. */
    @Test
    void aScanIsAFindingAsSoonAsLaterObjectsHavePassedIt() throws IOException, InterruptedException {
        aws.bucket("flows");
        String queue = aws.queue("flows");
        try (RunningService service =
                        RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("flows", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_ready 1");
            Instant scan = Instant.now().minus(Duration.ofHours(2));
            String key = TrailLogs.flowKey(scan.plus(Duration.ofMinutes(1)), "scan");
            aws.put("flows", key, flows(scan, 60));
            aws.send(queue, s3Event("flows", key));
            service.awaitMetric("tocsin_records_total{source=\"flows\",result=\"accepted\"} 60");
            assertEquals(List.of(), counts(client, detector), "its window is not over");
            Instant later = scan.plus(Duration.ofHours(1));
            String next = TrailLogs.flowKey(later, "later");
            aws.put("flows", next, flows(later, 1));
            long sent = System.nanoTime();
            aws.send(queue, s3Event("flows", next));
            awaitFindings(client, detector, 1);
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            assertTrue(took.compareTo(AT_ONCE) < 0, took.toString());
            String id = client.listFindings(request -> request.detectorId(detector))
                    .findingIds()
                    .getFirst();
            assertEquals(
                    "Recon:EC2/Portscan",
                    client.getFindings(request -> request.detectorId(detector).findingIds(id))
                            .findings()
                            .getFirst()
                            .type());
        }
    }

    private static void awaitFindings(GuardDutyClient client, String detector, int findings) {
        while (client.listFindings(request -> request.detectorId(detector))
                        .findingIds()
                        .size()
                < findings) { // the class's timeout ends it
            Thread.onSpinWait();
        }
    }

    private static List<Integer> counts(GuardDutyClient client, String detector) {
        List<String> ids =
                client.listFindings(request -> request.detectorId(detector)).findingIds();
        return client.getFindings(request -> request.detectorId(detector).findingIds(ids)).findings().stream()
                .map(finding -> finding.service().count())
                .toList();
    }

    private static void awaitEmpty(String queue) {
        while (aws.messages(queue) > 0) { // the class's timeout ends it
            Thread.onSpinWait();
        }
    }

    private Doc row(String source) throws IOException {
        Doc row = RunningService.ledgerRow(folder, source);
        assertNotNull(row, source);
        return row;
    }

    @Test
    void theCommandLineReadsItWithinSeconds() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(CLI), "no AWS CLI here (Debian: apt-get install awscli)");
        aws.bucket("cli");
        String queue = aws.queue("cli");
        try (RunningService service =
                        RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("trail", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_ready 1");
            Duration fastest = Duration.ofDays(1);
            for (int i = 1; i <= 3; i++) { // the client alone takes seconds on a busy machine
                Instant now = Instant.now();
                String key = TrailLogs.key(now, "n" + i);
                aws.put("cli", key, TrailLogs.stopped("trail-" + i, now));
                long sent = System.nanoTime();
                aws.send(queue, s3Event("cli", key));
                while (listed(service, detector)
                        <= i) { // one of all, and one of each trail; the class's timeout ends it
                    Thread.onSpinWait();
                }
                Duration took = Duration.ofNanos(System.nanoTime() - sent);
                fastest = took.compareTo(fastest) < 0 ? took : fastest;
            }
            System.out.println("from the message to the command line: " + fastest);
            assertTrue(fastest.compareTo(AT_ONCE) < 0, fastest.toString());
        }
    }

    private static int listed(RunningService service, String detector) throws IOException, InterruptedException {
        String ids = Command.run(
                Path.of("."),
                List.of(
                        CLI.toString(),
                        "--endpoint-url",
                        service.endpoint(),
                        "--output",
                        "text",
                        "--query",
                        "FindingIds",
                        "guardduty",
                        "list-findings",
                        "--detector-id",
                        detector),
                service.environment(TrailLogs.REGION));
        return ids.isBlank() ? 0 : ids.strip().split("\\s+").length;
    }

    @Test
    void aMessageThatLeadsToNothingIsShown() throws IOException, InterruptedException {
        String queue = aws.queue("odd");
        try (RunningService service =
                RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("odd", queue))) {
            String poison = aws.sqs
                    .sendMessage(request -> request.queueUrl(queue).messageBody("{\"hello\": \"world\"}"))
                    .messageId();
            String test = aws.sqs
                    .sendMessage(request -> request.queueUrl(queue)
                            .messageBody("{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"b\"}"))
                    .messageId();
            service.awaitMetric("tocsin_messages_total{source=\"odd\",result=\"set aside\"} 1");
            service.awaitMetric("tocsin_messages_total{source=\"odd\",result=\"ignored\"} 1");
            awaitEmpty(queue);
            Doc aside = row(queue + "/" + poison);
            assertEquals("refused", aside.text("status"));
            assertEquals("notification", aside.text("kind"));
            assertEquals(1, aside.number("rejected", 0));
            assertTrue(String.valueOf(aside.text("message")).contains("set aside as set-aside/" + poison + ".txt"));
            assertEquals(
                    "{\"hello\": \"world\"}", Files.readString(folder.resolve("data/set-aside/" + poison + ".txt")));
            assertEquals("skipped", row(queue + "/" + test).text("status"));
            assertTrue(service.get("/tocsin/v1/health/ready").body().contains("\"messagesSetAside\":1"));
        }
    }

    @Test
    void whatNobodyWantedComesAgainForADetector() throws IOException, InterruptedException {
        aws.bucket("early");
        String queue = aws.queue("early");
        try (RunningService service =
                        RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("early", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            Instant now = Instant.now();
            String key = TrailLogs.key(now, "one");
            aws.put("early", key, TrailLogs.stopped("main", now));
            aws.send(queue, s3Event("early", key));
            service.awaitMetric("tocsin_messages_total{source=\"early\",result=\"done\"} 1");
            awaitEmpty(queue);
            assertEquals("skipped", row("s3://early/" + key).text("status"));
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            awaitFindings(client, detector, 2);
        }
    }

    @Test
    void aMessageWhoseObjectIsNotThereIsGivenBack() throws IOException, InterruptedException {
        aws.bucket("gone");
        String queue = aws.queue("gone");
        try (RunningService service =
                RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("gone", queue))) {
            String key = TrailLogs.key(Instant.now(), "none");
            aws.send(queue, s3Event("gone", key));
            service.awaitMetric("tocsin_objects_total{source=\"gone\",status=\"refused\"} 1");
            assertEquals(1, aws.messages(queue));
            Doc row = row("s3://gone/" + key);
            assertTrue(String.valueOf(row.text("message")).contains("not there"), row::toJson);
        }
    }

    @Test
    void aMessageThatHoldsRecordsIsReadItself() throws IOException, InterruptedException {
        String queue = aws.queue("direct");
        try (RunningService service =
                        RunningService.watching(folder, TrailLogs.ACCOUNT, SourceConfig.queue("direct", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            aws.send(
                    queue,
                    "{\"version\":\"0\",\"detail-type\":\"AWS API Call via CloudTrail\",\"source\":\"aws.cloudtrail\","
                            + "\"detail\":" + TrailLogs.stop("main", Instant.now()) + "}");
            awaitFindings(client, detector, 2);
            awaitEmpty(queue);
        }
    }
}
