package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.Condition;
import software.amazon.awssdk.services.guardduty.model.FilterAction;
import software.amazon.awssdk.services.guardduty.model.Finding;

/** What the service's own sources hang on is watched, and nobody hides that it was touched. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class GuardTest {

    private static final String TYPE = "DefenseEvasion:IAMUser/LogSourceTampered";

    @TempDir
    Path folder;

    @Test
    void aFilterThatMatchesAllDoesNotHideIt() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        String key = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
        SourceConfig source =
                SourceConfig.folder("drop", logs.toString()).guarding(List.of(key, "arn:aws:s3:::my-trail"));
        try (RunningService service = RunningService.watching(folder, TrailLogs.ACCOUNT, source);
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            Instant now = Instant.now();
            bring(
                    logs,
                    "first.json",
                    call(now, "kms", "ScheduleKeyDeletion", "\"keyId\":\"" + key + "\"") + ","
                            + TrailLogs.stop("main", now));
            while (found(client, detector, false).size() < 3) { // the class's timeout ends it
                Thread.onSpinWait();
            }
            client.createFilter(request -> request.detectorId(detector)
                    .name("all")
                    .action(FilterAction.ARCHIVE)
                    .findingCriteria(criteria -> criteria.criterion(Map.of(
                            "severity",
                            Condition.builder().greaterThanOrEqual(1L).build()))));
            assertEquals(List.of(TYPE, TYPE), found(client, detector, false), "those that were there stay");
            bring(logs, "second.json", call(now, "s3", "DeleteBucket", "\"bucketName\":\"my-trail\""));
            while (found(client, detector, false).size() < 3) { // the class's timeout ends it
                Thread.onSpinWait();
            }
            assertEquals(List.of(TYPE, TYPE, TYPE), found(client, detector, false), "and so does a new one");
            assertFalse(found(client, detector, true).isEmpty(), "others are archived");
        }
    }

    private static List<String> found(GuardDutyClient client, String detector, boolean archived) {
        List<String> ids = client.listFindings(request -> request.detectorId(detector)
                        .findingCriteria(criteria -> criteria.criterion(Map.of(
                                "service.archived",
                                Condition.builder()
                                        .equalsValue(Boolean.toString(archived))
                                        .build()))))
                .findingIds();
        return ids.isEmpty()
                ? List.of()
                : client.getFindings(request -> request.detectorId(detector).findingIds(ids)).findings().stream()
                        .map(Finding::type)
                        .toList();
    }

    private static String call(Instant at, String service, String action, String parameters) {
        return TrailLogs.stop("main", at)
                .replace("cloudtrail.amazonaws.com", service + ".amazonaws.com")
                .replace("StopLogging", action)
                .replace("\"name\":\"main\"", parameters)
                .replace("stop-main", action);
    }

    private static void bring(Path logs, String name, String records) throws IOException {
        Path hidden = logs.resolve("." + name);
        Files.write(hidden, ("{\"Records\":[" + records + "]}").getBytes(StandardCharsets.UTF_8));
        Files.move(hidden, logs.resolve(name));
    }
}
