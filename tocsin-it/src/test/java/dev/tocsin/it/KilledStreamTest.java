package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/**
 * {@code tocsin serve}, killed at random moments while records come by Kafka or Kinesis, ends with the findings and the ledger of a run
 * that nobody disturbed. {@code -Dtocsin.streamKills=50 -Dtocsin.seed=N} for more of it.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
final class KilledStreamTest {

    private static final int KILLS = Integer.getInteger("tocsin.streamKills", 4);
    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());
    private static final int LANES = 2;

    @TempDir
    Path folder;

    /** What brings the records. */
    private interface Bus {

        /** Sends {@code record} into one of two lanes. */
        void send(int lane, byte[] record) throws ExecutionException, InterruptedException;

        /** Whether who reads by {@code positions} has read all that was sent. */
        boolean isAll(Map<String, String> positions) throws ExecutionException, InterruptedException;
    }

    @Test
    void losesAndDoublesNothingOfKafka() throws IOException, InterruptedException, ExecutionException {
        try (KafkaBroker broker = KafkaBroker.started(folder.resolve("broker"))) {
            broker.topic("day", LANES);
            Bus bus = new Bus() {
                @Override
                public void send(int lane, byte[] record) throws ExecutionException, InterruptedException {
                    broker.send("day", lane, record);
                }

                @Override
                public boolean isAll(Map<String, String> positions) throws ExecutionException, InterruptedException {
                    return positions.equals(broker.ends("day", LANES));
                }
            };
            losesAndDoublesNothing(
                    bus,
                    "type: kafka, topic: day, brokers: '" + broker.address() + "', region: eu-central-1",
                    List.of());
        }
    }

    @Test
    void losesAndDoublesNothingOfKinesis() throws IOException, InterruptedException, ExecutionException {
        try (KinesisServer server = KinesisServer.started()) {
            server.stream("day", LANES);
            Map<String, String> last = new HashMap<>();
            Bus bus = new Bus() {
                @Override
                public void send(int lane, byte[] record) {
                    PutRecordResponse put = server.put("day", lane == 0 ? "0" : KinesisServer.MIDDLE, record);
                    last.put(put.shardId(), put.sequenceNumber());
                }

                @Override
                public boolean isAll(Map<String, String> positions) {
                    return last.entrySet().stream()
                            .allMatch(end ->
                                    positions.getOrDefault(end.getKey(), "").startsWith(end.getValue() + "@"));
                }
            };
            List<String> options = new ArrayList<>();
            KinesisServer.settings(server.endpoint()).forEach((name, value) -> options.add("-D" + name + "=" + value));
            losesAndDoublesNothing(
                    bus,
                    "type: kinesis, stream: 'arn:aws:kinesis:eu-central-1:210987654321:stream/day', region: eu-central-1",
                    options);
        }
    }

    private void losesAndDoublesNothing(Bus bus, String source, List<String> options)
            throws IOException, InterruptedException, ExecutionException {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> records = new ArrayList<>(StreamedSamples.all());
        for (int i = 0; i < records.size(); i += 10) {
            records.add(i, ("no log " + i).getBytes(StandardCharsets.UTF_8));
        }
        String sources = "[{name: bus, " + source + "}]";
        ServedLogs killed = new ServedLogs(folder.resolve("killed"), sources, options);
        Process running = killed.start();
        int sent = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int until = records.size() * (kill + 1) / KILLS;
            for (; sent < until; sent++) {
                bus.send(sent % LANES, records.get(sent));
            }
            running.waitFor(1_000 + random.nextInt(3_000), TimeUnit.MILLISECONDS);
            running.destroyForcibly().waitFor();
            running = killed.start();
        }
        ServedLogs.Outcome disturbed = end(killed, running, bus);
        ServedLogs calm = new ServedLogs(folder.resolve("calm"), sources, options);
        ServedLogs.Outcome undisturbed = end(calm, calm.start(), bus);
        assertFalse(undisturbed.findings().isEmpty());
        assertEquals(undisturbed.ledger(), disturbed.ledger());
        assertEquals(undisturbed.findings(), disturbed.findings());
    }

    /** Ends {@code service} once it has read all there is. */
    private static ServedLogs.Outcome end(ServedLogs service, Process running, Bus bus)
            throws IOException, InterruptedException, ExecutionException {
        while (!bus.isAll(service.positions("bus"))) { // the test's timeout ends it
            running.waitFor(100, TimeUnit.MILLISECONDS);
        }
        running.destroy();
        running.waitFor();
        return service.outcome();
    }
}
