package dev.tocsin.it;

import com.sun.net.httpserver.HttpServer;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.Feed;
import dev.tocsin.server.feed.FeedUpdate;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.watch.FeedRefresh;
import dev.tocsin.server.watch.Knowing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.Condition;
import software.amazon.awssdk.services.guardduty.model.ThreatIntelSetFormat;

/** Lists that come while the service runs act on the records that come after them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LiveListsTest {

    /** The address that {@link TrailLogs} calls from. */
    private static final String CALLER = "203.0.113.10";

    @TempDir
    Path folder;

    private Path logs;
    private int brought;

    @BeforeEach
    void makeFolder() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
    }

    /** Brings a call from {@link #CALLER}. */
    private void call() throws IOException {
        brought++;
        String records = TrailLogs.stop("main", Instant.now())
                .replace("StopLogging", "StartLogging")
                .replace("stop-main", "call-" + brought);
        Path hidden = logs.resolve("." + brought + ".json");
        Files.write(hidden, ("{\"Records\":[" + records + "]}").getBytes(StandardCharsets.UTF_8));
        Files.move(hidden, logs.resolve(brought + ".json"));
    }

    private static int found(GuardDutyClient client, String detector, String type) {
        return client.listFindings(request -> request.detectorId(detector)
                        .findingCriteria(criteria -> criteria.criterion(Map.of(
                                "type", Condition.builder().equalsValue(type).build()))))
                .findingIds()
                .size();
    }

    /** Brings calls, one at a time, until one makes a finding of {@code type}. */
    private void callUntilFound(RunningService service, GuardDutyClient client, String detector, String type)
            throws IOException, InterruptedException {
        while (found(client, detector, type) == 0) { // the class's timeout ends it
            call();
            service.awaitMetric("tocsin_objects_total{source=\"drop\",status=\"accepted\"} " + brought);
        }
    }

    @Test
    void aListOfTheApiActsOnWhatComesLater() throws IOException, InterruptedException {
        String type = "UnauthorizedAccess:IAMUser/MaliciousIPCaller.Custom";
        Path list = Files.writeString(folder.resolve("threats.txt"), CALLER + "\n");
        Knowing knowing = knowing(new DataFolder(folder.resolve("feeds")));
        try (RunningService service = RunningService.knowing(folder, logs, knowing, null);
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_ready 1");
            call();
            service.awaitMetric("tocsin_objects_total{source=\"drop\",status=\"accepted\"} 1");
            client.createThreatIntelSet(request -> request.detectorId(detector)
                    .name("threats")
                    .format(ThreatIntelSetFormat.TXT)
                    .location(list.toUri().toString())
                    .activate(true));
            callUntilFound(service, client, detector, type);
        }
    }

    @Test
    void aFeedActsAfterItsRefresh() throws IOException, InterruptedException {
        String type = "UnauthorizedAccess:IAMUser/TorIPCaller";
        String[] content = {"192.0.2.1\n"};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = content[0].getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        DataFolder kept = new DataFolder(folder.resolve("feeds"));
        Feed feed = Feed.parse("partner=http://127.0.0.1:" + server.getAddress().getPort() + "/list.txt#TXT,tor-exit");
        FeedRefresh.Plan plan = new FeedRefresh.Plan(kept, List.of(feed), Duration.ofMillis(200));
        try (RunningService service = RunningService.knowing(folder, logs, knowing(kept), plan);
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_feed_entries{feed=\"partner\"} 1");
            call();
            service.awaitMetric("tocsin_objects_total{source=\"drop\",status=\"accepted\"} 1");
            content[0] = "192.0.2.1\n" + CALLER + "\n";
            callUntilFound(service, client, detector, type);
            service.awaitMetric("tocsin_feed_entries{feed=\"partner\"} 2");
            service.awaitMetric("tocsin_feed_age_seconds{feed=\"partner\"} ");
        } finally {
            server.stop(0);
        }
    }

    private static Knowing knowing(DataFolder kept) {
        return lists -> {
            Intelligence.Builder into = new Intelligence.Builder();
            try {
                for (Knowing.Extra list : lists) {
                    try (InputStream bytes = Files.newInputStream(list.file())) {
                        ListReader.read(list.request(), bytes, into);
                    }
                }
                for (KeptFeed feed : kept.feeds()) {
                    try (InputStream bytes =
                            Files.newInputStream(kept.list(feed.feed().name()))) {
                        ListReader.read(FeedUpdate.request(feed), bytes, into);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Intelligence now = into.build();
            return new EngineServices(address -> new Doc(), () -> now);
        };
    }
}
