package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;

/** Topics of a real Kafka, read by the service as it runs. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class KafkaSourceTest {

    @TempDir
    static Path kafka;

    private static KafkaBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        broker = KafkaBroker.started(kafka);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private RunningService reading(String topic) throws IOException {
        SourceConfig source = SourceConfig.kafka("bus", List.of(topic), broker.address());
        return RunningService.watching(folder, TrailLogs.ACCOUNT, source);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] stop(String trail) {
        return utf8(TrailLogs.stop(trail, Instant.now()));
    }

    private static String detector(GuardDutyClient client) {
        return client.createDetector(request -> request.enable(true)).detectorId();
    }

    private static void awaitFindings(GuardDutyClient client, String detector, int findings) {
        while (client.listFindings(request -> request.detectorId(detector))
                        .findingIds()
                        .size()
                < findings) { // the class's timeout ends it
            Thread.onSpinWait();
        }
    }

    private Doc row(String source) throws IOException {
        Doc row = RunningService.ledgerRow(folder, source);
        assertNotNull(row, source);
        return row;
    }

    @Test
    void aRecordIsAFindingAndComesOnceHoweverOftenItWasSent()
            throws IOException, InterruptedException, ExecutionException {
        broker.topic("trail", 2);
        try (RunningService service = reading("trail");
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 1");
            byte[] record = stop("main");
            broker.send("trail", 0, record);
            awaitFindings(client, detector, 2);
            broker.send("trail", 1, record); // by a producer that had no answer
            broker.send("trail", 0, utf8("no log"));
            service.awaitMetric("tocsin_records_total{source=\"bus\",result=\"accepted\"} 2");
            service.awaitMetric("tocsin_records_total{source=\"bus\",result=\"rejected\"} 1");
            broker.partitions("trail", 3);
            broker.send("trail", 2, stop("other"));
            awaitFindings(client, detector, 3);
            service.awaitMetric("tocsin_stream_records_behind{source=\"bus\",partition=\"trail/2\"} 0");
        }
        Doc first = row("kafka://trail/0/0-99999");
        assertEquals("partial", first.text("status"));
        assertTrue(String.valueOf(first.text("message")).startsWith("at 1: "), first::toJson);
        assertEquals(1, first.number("accepted", 0));
        assertEquals(1, row("kafka://trail/1/0-99999").number("duplicates", 0));
    }

    @Test
    void aTopicThatIsNotThereIsSaidAndReadOnceItIs() throws IOException, InterruptedException, ExecutionException {
        try (RunningService service = reading("late");
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            service.awaitHealth("there is no topic late");
            broker.topic("late", 1);
            broker.send("late", 0, stop("main"));
            awaitFindings(client, detector, 2);
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 1");
        }
    }

    @Test
    void aBrokerThatGoesAwayIsSaidAndReadOnOnceItIsBack() throws IOException, InterruptedException, ExecutionException {
        broker.topic("shaky", 1);
        try (RunningService service = reading("shaky");
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            broker.send("shaky", 0, stop("main"));
            awaitFindings(client, detector, 2);
            broker.stop();
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 0");
            assertTrue(service.get("/tocsin/v1/health/ready").body().contains("a broker does not answer"));
            broker.start();
            broker.send("shaky", 0, stop("other"));
            awaitFindings(client, detector, 3);
            service.awaitMetric("tocsin_source_up{source=\"bus\"} 1");
        }
        assertEquals(2, row("kafka://shaky/0/0-99999").number("accepted", 0));
    }

    @Test
    void whatRetentionDeletedUnreadIsAnAlarmAndCounted() throws IOException, InterruptedException, ExecutionException {
        broker.topic("short", 1);
        broker.send("short", 0, stop("main"));
        try (RunningService service = reading("short")) {
            service.awaitMetric("tocsin_objects_total{source=\"bus\"");
        }
        for (int i = 0; i < 5; i++) {
            broker.send("short", 0, stop("unread-" + i));
        }
        broker.deleteBefore("short", 0, 4);
        SourceConfig source = SourceConfig.kafka("bus", List.of("short"), broker.address());
        try (RunningService service = RunningService.again(folder, TrailLogs.ACCOUNT, source)) {
            service.awaitMetric("tocsin_alarms{source=\"bus\",kind=\"lost\"} 1");
            service.awaitMetric("tocsin_records_total{source=\"bus\",result=\"rejected\"} 3");
        }
        Doc lost = row("kafka://short/0/1-3 lost");
        assertEquals("refused", lost.text("status"));
        assertEquals(3, lost.number("rejected", 0));
    }

    @Test
    void aWrongPropertyIsSaidAtTheStart() {
        SourceConfig source = SourceConfig.kafka("bus", List.of("trail"), broker.address());
        IOException refused = assertThrows(
                IOException.class,
                () -> RunningService.watching(folder, TrailLogs.ACCOUNT, source.setting(Map.of("group.id", "tocsin"))));
        assertTrue(String.valueOf(refused.getMessage()).contains("property group.id is set by Tocsin itself"));
    }
}
