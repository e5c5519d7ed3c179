package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.FindingReplicas;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.guardduty.GuardDutyClient;
import software.amazon.awssdk.services.guardduty.model.Finding;

/** The service with a folder that logs are brought to, and the Java SDK as its client. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class LiveServiceTest {

    private static final Path SAMPLES = Path.of("../samples");

    @TempDir
    Path folder;

    @Test
    void whatIsBroughtBecomesTheFindingsOfAnalyze() throws IOException, InterruptedException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        try (RunningService service = RunningService.watching(folder, logs);
                GuardDutyClient client = service.client(Region.EU_CENTRAL_1)) {
            bring(logs);
            await(service, 98);
            String detector =
                    client.createDetector(request -> request.enable(true)).detectorId();

            Set<String> expected = analyzed("eu-central-1");
            Set<String> found = new HashSet<>();
            while (found.size() < expected.size()) { // the class's timeout ends it
                found = found(client, detector);
            }
            assertEquals(expected, found);
            assertFalse(expected.isEmpty());
            assertTrue(explained(service, found.iterator().next()).contains("fires"));
            assertEquals(403, service.get("/tocsin/v1/ledger").statusCode());
            assertEquals(200, service.get("/tocsin/v1/health/ready").statusCode());
        }
    }

    /** Objects appear whole: a name that begins with a dot is none yet. */
    private static void bring(Path logs) throws IOException {
        try (var samples = Files.walk(SAMPLES)) {
            for (Path sample : samples.filter(Files::isRegularFile).toList()) {
                Path place = logs.resolve(SAMPLES.relativize(sample).toString());
                Files.createDirectories(place.getParent());
                Path hidden = Files.copy(sample, place.resolveSibling("." + place.getFileName()));
                Files.move(hidden, place);
            }
        }
    }

    /** Waits until {@code objects} are read; without a detector their records are ignored, and come again for one. */
    private static void await(RunningService service, int objects) throws IOException, InterruptedException {
        String line = "tocsin_objects_total{source=\"drop\",status=\"skipped\"} " + objects;
        service.awaitMetric(line);
    }

    private static Set<String> found(GuardDutyClient client, String detector) {
        List<String> ids =
                client.listFindings(request -> request.detectorId(detector)).findingIds();
        return ids.isEmpty()
                ? Set.of()
                : client.getFindings(request -> request.detectorId(detector).findingIds(ids)).findings().stream()
                        .map(LiveServiceTest::told)
                        .collect(Collectors.toSet());
    }

    /** What the command says of a finding that the service has. */
    private String explained(RunningService service, String finding) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tocsin.server.command.TocsinCommand",
                "explain",
                finding.substring(0, 32),
                "--server",
                service.endpoint());
        return Command.run(folder, command, service.environment("eu-central-1"));
    }

    private static String told(Finding finding) {
        return finding.id() + " " + finding.type() + " " + finding.service().count();
    }

    private static Set<String> analyzed(String region) throws IOException, InterruptedException {
        Analysis analysis = new Analysis(Analysis.Options.threads(2));
        analysis.run(Sources.list(List.of(SAMPLES.toString()), Span.ALL).objects());
        return analysis.findings(true).stream()
                .flatMap(finding -> FindingReplicas.expand(finding, Set.of(region)).stream())
                .map(finding -> finding.id() + " " + finding.type() + " "
                        + finding.document().part("service").number("count", 0))
                .collect(Collectors.toSet());
    }
}
