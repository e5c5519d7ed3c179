package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin serve}, killed at random moments while logs are brought, ends with the findings and the ledger of a run that
 * nobody disturbed. {@code -Dtocsin.kills=100 -Dtocsin.seed=N} for more of it.
 */
final class KilledServiceTest {

    private static final int KILLS = Integer.getInteger("tocsin.kills", 10);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothing() throws IOException, InterruptedException {
        System.out.println("seed " + SEED);
        ServedLogs.Outcome undisturbed = run(0);
        assertFalse(undisturbed.findings().isEmpty());
        ServedLogs.Outcome killed = run(KILLS);
        assertEquals(undisturbed.ledger(), killed.ledger());
        assertEquals(undisturbed.usage(), killed.usage());
        assertEquals(undisturbed.findings(), killed.findings());
    }

    /** Brings the samples, an object at a time, oldest first, and kills the service so many times meanwhile. */
    private ServedLogs.Outcome run(int kills) throws IOException, InterruptedException {
        Path logs = folder.resolve("logs");
        Files.createDirectories(logs);
        ServedLogs served = new ServedLogs(
                folder.resolve("run" + kills),
                "[{name: drop, type: folder, path: '" + logs.toAbsolutePath() + "'}]",
                List.of());
        Random random = new Random(SEED);
        List<Path> samples = ServedLogs.samples();
        Process service = served.start();
        int brought = 0;
        for (int kill = 0; kill < kills; kill++) {
            int until = samples.size() * (kill + 1) / kills;
            for (; brought < until; brought++) {
                bring(samples.get(brought), logs);
            }
            service.waitFor(1_000 + random.nextInt(3_000), TimeUnit.MILLISECONDS);
            service.destroyForcibly().waitFor();
            service = served.start();
        }
        for (; brought < samples.size(); brought++) {
            bring(samples.get(brought), logs);
        }
        while (served.objects() < samples.size()) {
            service.waitFor(100, TimeUnit.MILLISECONDS);
        }
        service.destroy();
        service.waitFor();
        ServedLogs.Outcome outcome = served.outcome();
        delete(logs);
        return outcome;
    }

    private static void bring(Path sample, Path logs) throws IOException {
        Path place = logs.resolve(ServedLogs.SAMPLES.relativize(sample).toString());
        Files.createDirectories(place.getParent());
        Path hidden = Files.copy(sample, place.resolveSibling("." + place.getFileName()));
        Files.move(hidden, place);
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
