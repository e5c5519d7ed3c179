package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** A bucket of a real S3 server that the service lists, also on the server's bad days. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class BucketSourceTest {

    /** Above what is fetched whole, so that it is read as a stream. */
    private static final int LONG_OBJECT_BYTES = 17 << 20;

    private static LoopbackAws aws;
    private static FaultyProxy proxy;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        aws = new LoopbackAws();
        proxy = new FaultyProxy(aws.s3Endpoint());
        aws.s3Through(proxy.endpoint());
    }

    @AfterAll
    static void stop() {
        aws.close();
        proxy.close();
    }

    private RunningService watching(SourceConfig source) throws IOException {
        return RunningService.watching(folder, TrailLogs.ACCOUNT, source);
    }

    private static String detector(GuardDutyClient client) {
        return client.createDetector(request -> request.enable(true)).detectorId();
    }

    private static void await(GuardDutyClient client, String detector, int findings) {
        while (client.listFindings(request -> request.detectorId(detector))
                        .findingIds()
                        .size()
                < findings) { // the class's timeout ends it
            Thread.onSpinWait();
        }
    }

    private static Set<String> found(GuardDutyClient client, String detector) {
        var ids = client.listFindings(request -> request.detectorId(detector)).findingIds();
        return ids.isEmpty()
                ? Set.of()
                : client.getFindings(request -> request.detectorId(detector).findingIds(ids)).findings().stream()
                        .map(finding -> finding.type() + " " + finding.service().count())
                        .collect(Collectors.toSet());
    }

    private Doc row(String bucket, String key) throws IOException {
        Doc row = RunningService.ledgerRow(folder, "s3://" + bucket + "/" + key);
        assertNotNull(row, key);
        return row;
    }

    @Test
    void anOutageLosesAndDoublesNothing() throws IOException, InterruptedException {
        aws.bucket("outage");
        Instant now = Instant.now();
        String key = TrailLogs.key(now, "one");
        proxy.play(FaultyProxy.Fault.UNAVAILABLE, request -> request.startsWith("GET /outage/AWSLogs"));
        try (RunningService service = watching(SourceConfig.bucket("trail", "s3://outage/AWSLogs/", null));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            aws.put("outage", key, TrailLogs.stopped("main", now));
            service.awaitHealth("overloaded or down");
            assertNull(RunningService.ledgerRow(folder, "s3://outage/" + key), "it is still to be read");
            proxy.heal();
            await(client, detector, 2);
            service.awaitMetric("tocsin_source_up{source=\"trail\"} 1");
            assertEquals(1, row("outage", key).number("accepted", 0));
            assertEquals(0, row("outage", key).number("duplicates", -1));
        } finally {
            proxy.heal();
        }
    }

    @Test
    void aQueueWhoseBucketFailsLosesAndDoublesNothing() throws IOException, InterruptedException {
        aws.bucket("behind");
        String queue = aws.queue("behind");
        Instant now = Instant.now();
        String key = TrailLogs.key(now, "one");
        proxy.play(FaultyProxy.Fault.UNAVAILABLE, request -> request.contains(" /behind/"));
        try (RunningService service = watching(SourceConfig.queue("trail", queue));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            aws.put("behind", key, TrailLogs.stopped("main", now));
            aws.send(queue, "{\"s3Bucket\":\"behind\",\"s3ObjectKey\":[\"" + key + "\"]}");
            service.awaitHealth("overloaded or down");
            assertEquals(1, aws.messages(queue));
            proxy.play(FaultyProxy.Fault.UNAVAILABLE, request -> request.startsWith("GET /behind/"));
            int before = proxy.faults();
            while (proxy.faults() == before) { // found, and then not to be had
                Thread.onSpinWait();
            }
            proxy.heal();
            await(client, detector, 2);
            service.awaitMetric("tocsin_messages_total{source=\"trail\",result=\"done\"} 1");
            assertEquals(1, row("behind", key).number("accepted", 0));
        } finally {
            proxy.heal();
        }
    }

    @Test
    void aSlowServerIsWaitedFor() throws IOException, InterruptedException {
        aws.bucket("slow");
        Instant now = Instant.now();
        for (int i = 0; i < 3; i++) {
            aws.put("slow", TrailLogs.key(now, "n" + i), TrailLogs.stopped("trail-" + i, now));
        }
        proxy.play(FaultyProxy.Fault.SLOW, request -> request.contains(" /slow"));
        try (RunningService service = watching(SourceConfig.bucket("trail", "s3://slow/AWSLogs/", null));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            await(client, detector, 4); // one of all three, and one of each trail
            service.awaitMetric("tocsin_objects_total{source=\"trail\",status=\"accepted\"} 3");
        } finally {
            proxy.heal();
        }
    }

    @Test
    void aLongObjectThatBreaksOffIsReadOnce() throws IOException, InterruptedException {
        aws.bucket("long");
        Instant now = Instant.now();
        StringBuilder calls = new StringBuilder("{\"Records\":[");
        int records = 0;
        while (calls.length() < LONG_OBJECT_BYTES) {
            String call = TrailLogs.stop("main", now);
            if (records > 0) {
                call = call.replace("StopLogging", "DescribeTrails");
            }
            calls.append(records == 0 ? "" : ",").append(call.replace("stop-main", "call-" + records));
            records++;
        }
        String key = TrailLogs.key(now, "one").replace(".gz", "");
        aws.put("long", key, calls.append("]}").toString().getBytes(StandardCharsets.UTF_8));
        proxy.play(FaultyProxy.Fault.BROKEN, request -> request.startsWith("GET /long/"));
        try (RunningService service = watching(SourceConfig.bucket("trail", "s3://long/AWSLogs/", null));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            service.awaitHealth("the connection broke");
            proxy.heal();
            await(client, detector, 2);
            service.awaitMetric("tocsin_objects_total{source=\"trail\",status=\"accepted\"} 1");
            assertEquals(
                    Set.of("Stealth:IAMUser/CloudTrailLoggingDisabled 1", "DefenseEvasion:IAMUser/LogSourceTampered 1"),
                    found(client, detector));
            assertEquals(records, row("long", key).number("accepted", 0));
            assertEquals(0, row("long", key).number("duplicates", -1));
        } finally {
            proxy.heal();
        }
    }

    @Test
    void whatWasBeforeOnlyTeaches() throws IOException, InterruptedException {
        aws.bucket("from");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant before = now.minus(Duration.ofHours(3));
        aws.put("from", TrailLogs.key(before, "old"), TrailLogs.stopped("old", before));
        aws.put("from", TrailLogs.key(now, "new"), TrailLogs.stopped("new", now));
        String from = now.minus(Duration.ofHours(1)).toString();
        try (RunningService service = watching(SourceConfig.bucket("trail", "s3://from/AWSLogs/", from));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            service.awaitMetric("tocsin_objects_total{source=\"trail\",status=\"accepted\"} 2");
            await(client, detector, 2);
            assertEquals(2, found(client, detector).size(), "of the new one alone");
            assertEquals(1, row("from", TrailLogs.key(before, "old")).number("accepted", 0));
        }
    }

    @Test
    void nowIsTheFirstStart() throws IOException, InterruptedException {
        aws.bucket("now");
        Instant before = Instant.now().minus(Duration.ofMinutes(5));
        aws.put("now", TrailLogs.key(before, "old"), TrailLogs.stopped("old", before));
        try (RunningService service = watching(SourceConfig.bucket("trail", "s3://now/AWSLogs/", "now"));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            service.awaitMetric("tocsin_objects_total{source=\"trail\",status=\"accepted\"} 1");
            Instant after = Instant.now().plus(Duration.ofSeconds(2));
            aws.put("now", TrailLogs.key(after, "new"), TrailLogs.stopped("new", after));
            service.awaitMetric("tocsin_objects_total{source=\"trail\",status=\"accepted\"} 2");
            await(client, detector, 2);
            assertEquals(2, found(client, detector).size());
        }
    }
}
