package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.config.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.Condition;

/**
 * A flood of records, of which one in ten makes a finding of an identity of its own, and a true finding among them.
 * {@code -Dtocsin.flood=N} records; the true one may take {@code -Dtocsin.flood.seconds=N} from the moment it is brought.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class FloodedServiceTest {

    private static final int RECORDS = Integer.getInteger("tocsin.flood", 20_000);
    private static final int IN_OBJECT = 5_000;
    private static final Duration IN_TIME = Duration.ofSeconds(Integer.getInteger("tocsin.flood.seconds", 5));

    /** Findings of one type in an account and hour, beyond which the rest become one (design: Bounded). */
    private static final int ROLL_UP = 200;

    @TempDir
    Path folder;

    @Test
    void theTrueFindingIsThereInTime() throws IOException, InterruptedException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path waiting = Files.createDirectory(folder.resolve("waiting"));
        Instant now = Instant.now();
        int objects = RECORDS / IN_OBJECT;
        for (int i = 0; i < objects; i++) {
            Files.write(waiting.resolve(name(now, "flood" + i)), flood(now, i));
        }
        Path trueOne = waiting.resolve(name(now, "true"));
        Files.write(trueOne, TrailLogs.stopped("main", now));
        try (RunningService service = RunningService.watching(
                        folder, TrailLogs.ACCOUNT, SourceConfig.folder("drop", logs.toString()));
                GuardDutyClient client = service.client(Region.US_EAST_1)) {
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();
            service.awaitMetric("tocsin_ready 1");
            for (int i = 0; i < objects; i++) {
                bring(waiting.resolve(name(now, "flood" + i)), logs);
                if (i == objects / 2) {
                    bring(trueOne, logs);
                }
            }
            long brought = System.nanoTime();
            while (found(client, detector, "DefenseEvasion:IAMUser/LogSourceTampered") == 0) { // the timeout ends it
                Thread.onSpinWait();
            }
            Duration took = Duration.ofNanos(System.nanoTime() - brought);
            System.out.println("a true finding in a flood of " + RECORDS + " records took " + took);
            service.awaitMetric("tocsin_objects_total{source=\"drop\",status=\"accepted\"} " + (objects + 1));
            assertTrue(took.compareTo(IN_TIME) < 0, took.toString());
            assertEquals(Math.min(RECORDS / 10, ROLL_UP + 1), found(client, detector, "PenTest:IAMUser/KaliLinux"));
        }
    }

    private static String name(Instant at, String end) {
        String key = TrailLogs.key(at, end);
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static byte[] flood(Instant at, int object) throws IOException {
        String call = TrailLogs.stop("main", at).replace("StopLogging", "ListBuckets");
        StringBuilder records = new StringBuilder("{\"Records\":[");
        for (int i = 0; i < IN_OBJECT; i++) {
            String number = object + "-" + i;
            String one = call.replace("stop-main", "flood-" + number);
            if (i % 10 == 0) {
                one = one.replace("aws-cli", "aws-cli/2.9.19 Python/3.11.9 Linux/6.6.9-amd64 source/x86_64.kali.2024")
                        .replace("alice", "user-" + number);
                one = one.replace("AIDAEXAMPLE", "AIDA" + number);
            }
            records.append(i == 0 ? "" : ",").append(one);
        }
        return TrailLogs.gzip(records.append("]}").toString());
    }

    private static void bring(Path file, Path logs) throws IOException {
        Files.move(file, logs.resolve(file.getFileName()));
    }

    private static int found(GuardDutyClient client, String detector, String type) {
        int count = 0;
        String token = "";
        do {
            String from = token;
            var page = client.listFindings(request -> request.detectorId(detector)
                    .nextToken(from)
                    .findingCriteria(criteria -> criteria.criterion(
                            Map.of("type", Condition.builder().equalsValue(type).build()))));
            count += page.findingIds().size();
            token = page.nextToken() == null ? "" : page.nextToken();
        } while (!token.isEmpty());
        return count;
    }
}
