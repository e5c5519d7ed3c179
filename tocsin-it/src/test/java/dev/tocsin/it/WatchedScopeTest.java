package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.DetectorFeature;
import software.amazon.awssdk.services.guardduty.model.DetectorFeatureConfiguration;
import software.amazon.awssdk.services.guardduty.model.FeatureStatus;

/** Which records of what is brought the service takes, and what the ledger says of the others. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class WatchedScopeTest {

    @TempDir
    Path folder;

    private Path logs;

    @BeforeEach
    void makeFolder() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
    }

    private RunningService watching(Set<String> accounts, Set<String> regions) throws IOException {
        return RunningService.watching(folder, logs, accounts, regions);
    }

    /** Brings an object; its ledger row once it is read. */
    private Doc row(String key, String records) throws IOException {
        Path file = logs.resolve(key.replace(".gz", ""));
        Files.createDirectories(file.getParent());
        Path hidden = file.resolveSibling("." + file.getFileName());
        Files.write(hidden, ("{\"Records\":[" + records + "]}").getBytes(StandardCharsets.UTF_8));
        Files.move(hidden, file);
        Doc row = null;
        while (row == null) { // the class's timeout ends it
            row = RunningService.ledgerRow(folder, file.toAbsolutePath().toString());
        }
        return row;
    }

    private static String detector(GuardDutyClient client) {
        return client.createDetector(request -> request.enable(true)).detectorId();
    }

    private static String message(Doc row) {
        return Objects.requireNonNull(row.text("message"), row.toJson());
    }

    @Test
    void whatDisagreesWithItsObjectIsRejected() throws IOException {
        Instant now = Instant.now();
        String good = TrailLogs.stop("main", now);
        try (RunningService service = watching(Set.of(), Set.of());
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            detector(client);
            Doc account = row(
                    TrailLogs.key(now, "account"),
                    good + "," + TrailLogs.stop("other", now).replace(TrailLogs.ACCOUNT, "444455556666"));
            assertEquals("partial", account.text("status"));
            assertEquals(1, account.number("accepted", 0));
            assertEquals(1, account.number("rejected", 0));
            assertTrue(
                    message(account).contains("account 444455556666 in an object of account 111122223333"),
                    account::toJson);
            Doc region = row(TrailLogs.key(now, "region"), good.replace("us-east-1", "eu-west-1"));
            assertEquals("refused", region.text("status"));
            assertEquals(1, region.number("rejected", 0));
            assertTrue(message(region).contains("Region eu-west-1 in an object of Region us-east-1"), region::toJson);
            assertTrue(service.get("/metrics").body().contains("result=\"rejected\"} 2"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void anAccountThatIsNotConfiguredIsRejectedAndARegionIgnored() throws IOException {
        Instant now = Instant.now();
        try (RunningService service = watching(Set.of(TrailLogs.ACCOUNT), Set.of(TrailLogs.REGION));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            detector(client);
            String stranger = TrailLogs.key(now, "a").replace(TrailLogs.ACCOUNT, "444455556666");
            Doc rejected = row(stranger, TrailLogs.stop("main", now).replace(TrailLogs.ACCOUNT, "444455556666"));
            assertEquals(1, rejected.number("rejected", 0));
            assertTrue(message(rejected).contains("account 444455556666 is not configured"), rejected::toJson);
            String elsewhere = TrailLogs.key(now, "b").replace(TrailLogs.REGION, "eu-west-1");
            Doc ignored = row(elsewhere, TrailLogs.stop("main", now).replace(TrailLogs.REGION, "eu-west-1"));
            assertEquals(1, ignored.number("ignored", 0));
            assertEquals(0, ignored.number("rejected", -1));
            assertTrue(message(ignored).contains("Region not configured"), ignored::toJson);
        }
    }

    @Test
    void suspendingStopsAndARegionWithoutDetectorIsIgnored() throws IOException {
        Instant now = Instant.now();
        try (RunningService service = watching(Set.of(), Set.of());
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            assertEquals(
                    1, row(TrailLogs.key(now, "a"), TrailLogs.stop("one", now)).number("accepted", 0));
            client.updateDetector(request -> request.detectorId(detector).enable(false));
            Doc suspended = row(TrailLogs.key(now, "b"), TrailLogs.stop("two", now));
            assertEquals(0, suspended.number("accepted", -1));
            assertTrue(message(suspended).contains("no enabled detector in its account and Region"));
            client.updateDetector(request -> request.detectorId(detector).enable(true));
            String elsewhere = TrailLogs.key(now, "c").replace(TrailLogs.REGION, "eu-west-1");
            Doc ignored = row(elsewhere, TrailLogs.stop("three", now).replace(TrailLogs.REGION, "eu-west-1"));
            assertEquals(1, ignored.number("ignored", 0));
        }
    }

    @Test
    void aFeatureThatIsOffIsNotAnalysed() throws IOException {
        Instant now = Instant.now();
        String data = TrailLogs.stop("main", now)
                .replace("cloudtrail.amazonaws.com", "s3.amazonaws.com")
                .replace("StopLogging", "GetObject")
                .replace("\"name\":\"main\"", "\"bucketName\":\"orders\",\"key\":\"one\"")
                .replace("\"eventType\"", "\"eventCategory\":\"Data\",\"managementEvent\":false,\"eventType\"");
        try (RunningService service = watching(Set.of(), Set.of());
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector = detector(client);
            dataEvents(client, detector, FeatureStatus.DISABLED);
            Doc off = row(TrailLogs.key(now, "a"), data);
            assertEquals(1, off.number("ignored", 0));
            assertTrue(message(off).contains("feature S3_DATA_EVENTS off"), off::toJson);
            dataEvents(client, detector, FeatureStatus.ENABLED);
            Doc on = row(TrailLogs.key(now, "b"), data.replace("stop-main", "get-2"));
            assertEquals(1, on.number("accepted", 0));
        }
    }

    private static void dataEvents(GuardDutyClient client, String detector, FeatureStatus status) {
        DetectorFeatureConfiguration feature = DetectorFeatureConfiguration.builder()
                .name(DetectorFeature.S3_DATA_EVENTS)
                .status(status)
                .build();
        client.updateDetector(request -> request.detectorId(detector).features(List.of(feature)));
    }
}
