package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin serve}, killed at random moments while logs are brought, ends with the findings and the ledger of a run that
 * nobody disturbed. {@code -Dtocsin.kills=100 -Dtocsin.seed=N} for more of it.
 */
final class KilledServiceTest {

    private static final Path SAMPLES = Path.of("../samples");
    private static final int KILLS = Integer.getInteger("tocsin.kills", 10);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    @TempDir
    Path folder;

    private record Outcome(Map<String, String> findings, Map<String, String> ledger) {}

    @Test
    void losesAndDoublesNothing() throws IOException, InterruptedException {
        System.out.println("seed " + SEED);
        Outcome undisturbed = run(0);
        assertFalse(undisturbed.findings().isEmpty());
        Outcome killed = run(KILLS);
        assertEquals(undisturbed.ledger(), killed.ledger());
        assertEquals(undisturbed.findings(), killed.findings());
    }

    /** Brings the samples, an object at a time, oldest first, and kills the service so many times meanwhile. */
    private Outcome run(int kills) throws IOException, InterruptedException {
        Path logs = folder.resolve("logs");
        Path data = folder.resolve("data" + kills);
        Files.createDirectories(logs);
        Files.writeString(
                folder.resolve("serve.yaml"),
                "sources: [{name: drop, type: folder, path: '" + logs.toAbsolutePath()
                        + "'}]\ndetectors: {enableAllSeen: true}\nnoFeeds: true\n");
        Random random = new Random(SEED);
        List<Path> samples = samples();
        Process service = start(data);
        int brought = 0;
        for (int kill = 0; kill < kills; kill++) {
            int until = samples.size() * (kill + 1) / kills;
            for (; brought < until; brought++) {
                bring(samples.get(brought), logs);
            }
            service.waitFor(1_000 + random.nextInt(3_000), TimeUnit.MILLISECONDS);
            service.destroyForcibly().waitFor();
            service = start(data);
        }
        for (; brought < samples.size(); brought++) {
            bring(samples.get(brought), logs);
        }
        while (objects(data) < samples.size()) {
            service.waitFor(100, TimeUnit.MILLISECONDS);
        }
        service.destroy();
        service.waitFor();
        Outcome outcome = outcome(data);
        delete(logs);
        return outcome;
    }

    private Process start(Path data) throws IOException {
        return ServiceProcess.start(folder.resolve("serve.yaml"), data, folder.resolve("serve.log"));
    }

    private static List<Path> samples() throws IOException {
        try (var samples = Files.walk(SAMPLES)) {
            return samples.filter(Files::isRegularFile)
                    .sorted(Comparator.<Path>comparingLong(
                                    sample -> ObjectKey.parse(sample.toString()).deliveredAt())
                            .thenComparing(Path::toString))
                    .toList();
        }
    }

    private static void bring(Path sample, Path logs) throws IOException {
        Path place = logs.resolve(SAMPLES.relativize(sample).toString());
        Files.createDirectories(place.getParent());
        Path hidden = Files.copy(sample, place.resolveSibling("." + place.getFileName()));
        Files.move(hidden, place);
    }

    /** Objects in the store that the running service keeps. */
    private static int objects(Path data) {
        try (Store store = Store.openBeside(data)) {
            int[] count = new int[1];
            store.ledger(row -> count[0]++);
            return count[0];
        } catch (StoreException e) {
            return 0; // it is only being made
        }
    }

    private static Outcome outcome(Path data) throws IOException {
        Map<String, String> findings = new TreeMap<>();
        Map<String, String> ledger = new TreeMap<>();
        try (Store store = Store.open(data)) {
            store.findings(true)
                    .forEach(finding -> findings.put(
                            finding.id(),
                            finding.revision() + " " + finding.document().toJson()));
            store.ledger(row -> ledger.put(
                    String.valueOf(row.text("source")), new Doc().withAll(row).toJson()));
        }
        return new Outcome(findings, ledger);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
