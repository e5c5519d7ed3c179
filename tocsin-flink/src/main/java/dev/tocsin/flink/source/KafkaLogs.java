package dev.tocsin.flink.source;

import dev.tocsin.input.container.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Topics of Kafka as log objects: a slice of a partition is one, so that it has a turn as every object has. Which records are in a slice hangs on
 * their offsets and times alone; a slice is read again after a failure, record by record the same.
 *
 * <p>A path is {@code kafka://HOST:PORT[,HOST:PORT]/TOPIC[?FILE]}; the file has properties of Kafka's client, such as those of SASL and TLS. No
 * group is joined and no offset kept with the brokers: checkpoints hold them.
 */
final class KafkaLogs implements AutoCloseable {

    private static final String SCHEME = "kafka://";

    /** Records of a slice were delivered within one such slot, in seconds: as with a service's sources. */
    private static final long SLOT_SECONDS = 300;

    /** Offsets of a slice at most: it is held whole while it is read. */
    private static final long MOST_OFFSETS = Chunk.SIZE;

    private static final Duration WAIT = Duration.ofMillis(500);

    /** Times in a row that nothing comes of what must be there. */
    private static final int MOST_EMPTY = 60;

    private final Map<String, KafkaConsumer<byte[], byte[]>> consumers = new HashMap<>();

    /** Whether {@code path} is a topic. */
    static boolean is(String path) {
        return path.startsWith(SCHEME);
    }

    /**
     * The slices of the topic at {@code path}, up to where its partitions end now.
     *
     * @throws IOException if Kafka does not tell; the message says why
     */
    List<LogFile> list(String path) throws IOException {
        URI uri = URI.create(path);
        String topic = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        if (topic.isEmpty() || topic.contains("/")) {
            throw new IOException(path + ": expected kafka://HOST:PORT[,HOST:PORT]/TOPIC[?FILE]");
        }
        try {
            KafkaConsumer<byte[], byte[]> client = client(path);
            List<PartitionInfo> partitions = client.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                throw new IOException(path + ": there is no such topic, or it must not be seen; Tocsin makes none");
            }
            List<LogFile> slices = new ArrayList<>();
            for (PartitionInfo one : partitions) {
                slice(client, path, new TopicPartition(topic, one.partition()), slices);
            }
            return slices;
        } catch (KafkaException | IllegalStateException e) {
            throw new IOException(path + ": " + reason(e), e);
        }
    }

    private static void slice(
            KafkaConsumer<byte[], byte[]> client, String path, TopicPartition partition, List<LogFile> into) {
        long from = client.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        long end = client.endOffsets(List.of(partition)).getOrDefault(partition, from);
        long slot = slotFrom(client, partition, 0);
        while (from < end) {
            long next = Math.min(end, offsetFrom(client, partition, (slot + 1) * SLOT_SECONDS * 1000, end));
            for (; from < next; from = Math.min(next, from + MOST_OFFSETS)) {
                into.add(new LogFile(
                        SCHEME + partition.topic() + "/" + partition.partition() + "/" + from + "-"
                                + (Math.min(next, from + MOST_OFFSETS) - 1),
                        path,
                        partition.partition() + " " + from + " " + Math.min(next, from + MOST_OFFSETS),
                        0,
                        slot * SLOT_SECONDS + SLOT_SECONDS - 1));
            }
            slot = Math.max(slot + 1, slotFrom(client, partition, (slot + 1) * SLOT_SECONDS * 1000));
        }
    }

    /** The slot of the first record of {@code millis} or later. */
    private static long slotFrom(KafkaConsumer<byte[], byte[]> client, TopicPartition partition, long millis) {
        OffsetAndTimestamp at =
                client.offsetsForTimes(Map.of(partition, millis)).get(partition);
        return Math.floorDiv(at == null ? millis : at.timestamp(), SLOT_SECONDS * 1000);
    }

    private static long offsetFrom(
            KafkaConsumer<byte[], byte[]> client, TopicPartition partition, long millis, long end) {
        OffsetAndTimestamp at =
                client.offsetsForTimes(Map.of(partition, millis)).get(partition);
        return at == null ? end : at.offset();
    }

    /**
     * The records of {@code slice}.
     *
     * @throws IOException if they are not there any more, or Kafka does not answer
     */
    List<StreamRecord> records(LogFile slice) throws IOException {
        return records(slice, Long.MAX_VALUE);
    }

    /** Sorts slices of one time: by topic, partition and offset. */
    static String orderKey(LogFile slice) {
        String[] parts = String.valueOf(slice.member()).split(" ", -1);
        return String.format(
                Locale.ROOT, "%s %010d %019d", slice.uri(), Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    /** The first records of {@code slice}, at most {@code most} of them. */
    List<StreamRecord> records(LogFile slice, long most) throws IOException {
        String[] parts = String.valueOf(slice.member()).split(" ", -1);
        String topic = URI.create(slice.uri()).getPath().substring(1);
        TopicPartition partition = new TopicPartition(topic, Integer.parseInt(parts[0]));
        long from = Long.parseLong(parts[1]);
        long until = Long.parseLong(parts[2]);
        try {
            KafkaConsumer<byte[], byte[]> client = client(slice.uri());
            client.assign(List.of(partition));
            client.seek(partition, from);
            return poll(client, partition, until, most);
        } catch (KafkaException | IllegalStateException e) {
            close(); // what a client was at is not known
            throw new IOException(reason(e), e);
        }
    }

    /** Marks of transactions and what was compacted away are no records: a position behind them is as good. */
    private static List<StreamRecord> poll(
            KafkaConsumer<byte[], byte[]> client, TopicPartition partition, long until, long most) throws IOException {
        List<StreamRecord> records = new ArrayList<>();
        int empty = 0;
        while (client.position(partition) < until && records.size() < most) {
            var polled = client.poll(WAIT).records(partition);
            empty = polled.isEmpty() ? empty + 1 : 0;
            if (empty > MOST_EMPTY) {
                throw new IOException("Kafka gives nothing from offset " + client.position(partition) + " on");
            }
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                if (record.offset() < until) {
                    records.add(new StreamRecord(
                            record.offset(), null, record.value() == null ? new byte[0] : record.value()));
                }
            }
        }
        return records;
    }

    private KafkaConsumer<byte[], byte[]> client(String path) throws IOException {
        KafkaConsumer<byte[], byte[]> known = consumers.get(path);
        if (known == null) {
            known = connect(URI.create(path));
            consumers.put(path, known);
        }
        return known;
    }

    private static KafkaConsumer<byte[], byte[]> connect(URI at) throws IOException {
        Properties settings = new Properties();
        String file = at.getQuery();
        if (file != null) {
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                settings.load(in);
            }
        }
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, at.getAuthority());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static String reason(@Nullable Throwable e) {
        Throwable cause = e;
        while (cause != null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return "Kafka does not give it: " + cause;
    }

    @Override
    public void close() {
        for (KafkaConsumer<byte[], byte[]> client : consumers.values()) {
            try {
                client.close(CloseOptions.timeout(WAIT));
            } catch (KafkaException e) {
                // it is gone all the same
            }
        }
        consumers.clear();
    }
}
