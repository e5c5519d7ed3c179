package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tocsin serve}, killed at random moments while records come by Kafka, ends with the findings and the ledger of a run
 * that nobody disturbed. {@code -Dtocsin.streamKills=50 -Dtocsin.seed=N} for more of it.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class KilledStreamTest {

    private static final int KILLS = Integer.getInteger("tocsin.streamKills", 4);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());
    private static final int PARTITIONS = 2;

    @TempDir
    Path folder;

    @Test
    void losesAndDoublesNothing() throws IOException, InterruptedException, ExecutionException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> records = new ArrayList<>(StreamedSamples.all());
        for (int i = 0; i < records.size(); i += 10) {
            records.add(i, ("no log " + i).getBytes(StandardCharsets.UTF_8));
        }
        try (KafkaBroker broker = KafkaBroker.started(folder.resolve("broker"))) {
            broker.topic("day", PARTITIONS);
            ServedLogs killed = service("killed", broker);
            Process running = killed.start();
            int sent = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                int until = records.size() * (kill + 1) / KILLS;
                for (; sent < until; sent++) {
                    broker.send("day", sent % PARTITIONS, records.get(sent));
                }
                running.waitFor(1_000 + random.nextInt(3_000), TimeUnit.MILLISECONDS);
                running.destroyForcibly().waitFor();
                running = killed.start();
            }
            Map<String, String> ends = broker.ends("day", PARTITIONS);
            ServedLogs.Outcome disturbed = end(killed, running, ends);
            ServedLogs calm = service("calm", broker);
            ServedLogs.Outcome undisturbed = end(calm, calm.start(), ends);
            assertFalse(undisturbed.findings().isEmpty());
            assertEquals(undisturbed.ledger(), disturbed.ledger());
            assertEquals(undisturbed.findings(), disturbed.findings());
        }
    }

    private ServedLogs service(String name, KafkaBroker broker) throws IOException {
        return new ServedLogs(
                folder.resolve(name),
                "[{name: bus, type: kafka, topic: day, brokers: '" + broker.address() + "', region: eu-central-1}]",
                List.of());
    }

    /** Ends {@code service} once it has read all there is. */
    private static ServedLogs.Outcome end(ServedLogs service, Process running, Map<String, String> ends)
            throws IOException, InterruptedException {
        while (!service.positions("bus").equals(ends)) { // the test's timeout ends it
            running.waitFor(100, TimeUnit.MILLISECONDS);
        }
        running.destroy();
        running.waitFor();
        return service.outcome();
    }
}
