package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.config.SourceConfig;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Streams of a real Kinesis server, read by the service as it runs. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class KinesisSourceTest {

    private static KinesisServer server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = KinesisServer.started();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void setTheEnvironment() {
        KinesisServer.settings(server.endpoint()).forEach(System::setProperty);
    }

    @AfterEach
    void clearTheEnvironment() {
        KinesisServer.settings("").keySet().forEach(System::clearProperty);
    }

    private static SourceConfig source(String stream) {
        return SourceConfig.kinesis("stream", "arn:aws:kinesis:us-east-1:111122223333:stream/" + stream);
    }

    private static byte[] stop(String trail) {
        return TrailLogs.stop(trail, Instant.now()).getBytes(StandardCharsets.UTF_8);
    }

    /** As CloudWatch Logs writes it to a stream. */
    private static byte[] subscription(String record) throws IOException {
        return TrailLogs.gzip("{\"messageType\":\"DATA_MESSAGE\",\"owner\":\"111122223333\",\"logGroup\":\"trail\","
                + "\"logStream\":\"s\",\"subscriptionFilters\":[\"all\"],\"logEvents\":[{\"id\":\"1\",\"timestamp\":1,"
                + "\"message\":\"" + record.replace("\"", "\\\"") + "\"}]}");
    }

    private static void awaitFindings(GuardDutyClient client, String detector, int findings) {
        while (client.listFindings(request -> request.detectorId(detector))
                        .findingIds()
                        .size()
                < findings) { // the class's timeout ends it
            Thread.onSpinWait();
        }
    }

    private List<Doc> rows() throws IOException {
        List<Doc> rows = new ArrayList<>();
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            new ReadObjects(store).rows(row -> rows.add(new Doc().withAll(row)));
        }
        return rows;
    }

    private long sum(String count) throws IOException {
        return rows().stream().mapToLong(row -> row.number(count, 0)).sum();
    }

    @Test
    void recordsOfAllShardsAreReadThroughSplittingAndMerging() throws IOException, InterruptedException {
        server.stream("trail", 1);
        try (RunningService service = RunningService.watching(folder, TrailLogs.ACCOUNT, source("trail"));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_source_up{source=\"stream\"} 1");
            server.put("trail", "0", subscription(TrailLogs.stop("first", Instant.now())));
            awaitFindings(client, detector, 2);
            server.split("trail", server.open("trail").getFirst().shardId(), KinesisServer.MIDDLE);
            server.put("trail", "0", stop("low"));
            server.put("trail", KinesisServer.MIDDLE, stop("high"));
            awaitFindings(client, detector, 4);
            List<Shard> halves = server.open("trail");
            server.merge("trail", halves.getFirst().shardId(), halves.getLast().shardId());
            server.put("trail", "0", stop("merged"));
            server.put("trail", "0", stop("merged"));
            server.put("trail", "0", "no log".getBytes(StandardCharsets.UTF_8));
            awaitFindings(client, detector, 5);
            service.awaitMetric("tocsin_records_total{source=\"stream\",result=\"rejected\"} 1");
        }
        assertEquals(5, sum("accepted"));
        assertEquals(1, sum("rejected"));
        assertTrue(
                rows().stream()
                        .anyMatch(row -> String.valueOf(row.text("message")).matches("at \\d{50,}: .*")),
                () -> "the sequence number stands there");
        try (RunningService service = RunningService.again(folder, TrailLogs.ACCOUNT, source("trail"))) {
            service.awaitMetric("tocsin_source_up{source=\"stream\"} 1");
            server.put("trail", "0", stop("after"));
            service.awaitMetric("tocsin_records_total{source=\"stream\",result=\"accepted\"} 1");
        }
        assertEquals(6, sum("accepted"));
        try (Store store = Store.openBeside(folder.resolve("data"))) {
            Map<String, String> positions = store.streamPositions("stream");
            assertEquals(4, positions.size());
            assertEquals(3, positions.values().stream().filter("closed"::equals).count());
        }
    }

    @Test
    void aStreamThatIsNotThereIsSaidAndReadOnceItIs() throws IOException, InterruptedException {
        try (RunningService service = RunningService.watching(folder, TrailLogs.ACCOUNT, source("late"))) {
            service.awaitHealth("there is no such stream");
            server.stream("late", 2);
            service.awaitMetric("tocsin_source_up{source=\"stream\"} 1");
        }
    }
}
