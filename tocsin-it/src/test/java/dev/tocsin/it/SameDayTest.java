package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.ObjectKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * The same day of logs in by a folder, by Kafka and by Kinesis gives the same findings: with records out of order between
 * partitions and sent twice, a broker that restarts, and shards that are split and merged meanwhile.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class SameDayTest {

    private static final int PARTITIONS = 3;
    private static final int OUT_OF_ORDER = 12;
    private static final int TWICE = 7;
    private static final String MIDDLE = BigInteger.TWO.pow(127).toString();
    private static final String QUARTER = BigInteger.TWO.pow(126).toString();
    /** Where a record lies. */
    private static final Pattern PLACE = Pattern.compile("\"source\":\"[^\"]*\"|\"position\":\\d+");

    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    @Test
    void byFolderKafkaAndKinesis() throws IOException, InterruptedException, ExecutionException {
        System.out.println("seed " + SEED);
        List<byte[]> records = StreamedSamples.all();
        int half = records.size() / 2;
        Map<String, ServedLogs> services = new HashMap<>();
        List<Process> running = new ArrayList<>();
        try (KafkaBroker broker = KafkaBroker.started(folder.resolve("broker"));
                KinesisServer server = KinesisServer.started()) {
            broker.topic("day", PARTITIONS);
            server.stream("day", 2);
            toKafka(broker, records.subList(0, half));
            toKinesis(server, records.subList(0, half));
            services.put("folder", folder());
            services.put("kafka", kafka(broker));
            services.put("kinesis", kinesis(server));
            for (ServedLogs service : services.values()) {
                running.add(service.start());
            }
            await(() -> services.get("kafka").positions("bus").equals(broker.ends("day", PARTITIONS)));
            broker.stop();
            server.split("day", server.open("day").getFirst().shardId(), QUARTER);
            toKinesis(server, records.subList(half, half + half / 2));
            broker.start();
            toKafka(broker, records.subList(half, records.size()));
            List<Shard> open = server.open("day");
            server.merge("day", open.get(1).shardId(), open.get(2).shardId()); // what was split just now
            toKinesis(server, records.subList(half + half / 2, records.size()));
            long end = lastDelivery();
            for (ServedLogs service : services.values()) { // once all is idle, time goes on beyond the last record
                await(() -> service.time() > end + 3600);
            }
            for (Process service : running) {
                service.destroy();
                service.waitFor();
            }
        } finally {
            running.forEach(Process::destroyForcibly);
        }
        compare(services);
    }

    private static void compare(Map<String, ServedLogs> services) throws IOException {
        ServedLogs.Outcome byFolder = services.get("folder").outcome();
        ServedLogs.Outcome byKafka = services.get("kafka").outcome();
        ServedLogs.Outcome byKinesis = services.get("kinesis").outcome();
        assertFalse(byFolder.findings().isEmpty());
        assertEquals(findings(byFolder), findings(byKafka), "by Kafka");
        assertEquals(findings(byFolder), findings(byKinesis), "by Kinesis");
        long distinct = sum(byFolder, "accepted");
        assertEquals(distinct, sum(byKafka, "accepted") - sum(byKafka, "duplicates"));
        assertTrue(sum(byKafka, "duplicates") > 0);
        assertEquals(distinct, sum(byKinesis, "accepted") - sum(byKinesis, "duplicates"));
        assertEquals(0, sum(byKafka, "rejected") + sum(byKinesis, "rejected"));
        assertEquals(0, sum(byKafka, "late") + sum(byKinesis, "late") + sum(byFolder, "late"));
    }

    /** Findings by id, but for where their records lie and how often they were written. */
    private static Map<String, String> findings(ServedLogs.Outcome outcome) {
        Map<String, String> findings = new TreeMap<>();
        outcome.findings()
                .forEach((id, finding) -> findings.put(
                        id,
                        PLACE.matcher(finding.substring(finding.indexOf(' '))).replaceAll("")));
        return findings;
    }

    private static long sum(ServedLogs.Outcome outcome, String count) throws IOException {
        long sum = 0;
        for (String row : outcome.ledger().values()) {
            sum += Doc.parse(row).number(count, 0);
        }
        return sum;
    }

    private ServedLogs folder() throws IOException {
        Path samples = ServedLogs.SAMPLES.toAbsolutePath().normalize();
        return new ServedLogs(
                folder.resolve("folder"), "[{name: drop, type: folder, path: '" + samples + "'}]", List.of());
    }

    private ServedLogs kafka(KafkaBroker broker) throws IOException {
        return new ServedLogs(
                folder.resolve("kafka"),
                "[{name: bus, type: kafka, topic: day, brokers: '" + broker.address() + "', region: eu-central-1}]",
                List.of());
    }

    private ServedLogs kinesis(KinesisServer server) throws IOException {
        return new ServedLogs(
                folder.resolve("kinesis"),
                "[{name: stream, type: kinesis, stream: day, region: eu-central-1}]",
                KinesisServer.settings(server.endpoint()).entrySet().stream()
                        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                        .toList());
    }

    /** Sends {@code records}, near ones in any order to any partition, and some a second time to another. */
    private void toKafka(KafkaBroker broker, List<byte[]> records) throws InterruptedException, ExecutionException {
        List<Future<?>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = broker.producer()) {
            for (int from = 0; from < records.size(); from += OUT_OF_ORDER) {
                List<byte[]> near =
                        new ArrayList<>(records.subList(from, Math.min(records.size(), from + OUT_OF_ORDER)));
                Collections.shuffle(near, random);
                for (byte[] record : near) {
                    int partition = random.nextInt(PARTITIONS);
                    sent.add(producer.send(new ProducerRecord<>("day", partition, null, record)));
                    if (random.nextInt(TWICE) == 0) {
                        int other = (partition + 1) % PARTITIONS;
                        sent.add(producer.send(new ProducerRecord<>("day", other, null, record)));
                    }
                }
            }
            for (Future<?> one : sent) {
                one.get();
            }
        }
    }

    private void toKinesis(KinesisServer server, List<byte[]> records) {
        for (byte[] record : records) {
            server.put("day", random.nextBoolean() ? "0" : MIDDLE, record);
        }
    }

    private static long lastDelivery() throws IOException {
        return ServedLogs.samples().stream()
                .mapToLong(sample -> ObjectKey.parse(sample.toString()).deliveredAt())
                .max()
                .orElseThrow();
    }

    /** What is waited for; the test's timeout ends it. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws IOException, InterruptedException, ExecutionException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException, ExecutionException {
        while (!condition.holds()) {
            new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
        }
    }
}
