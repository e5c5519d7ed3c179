package dev.tocsin.server.source;

import dev.tocsin.input.container.StreamRecord;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Fetches topics of Kafka. All their partitions are read here and nowhere else: they are assigned, never subscribed to, and the
 * brokers keep no offsets.
 */
final class KafkaFetcher implements StreamFetcher {

    /**
     * Offsets of a partition that make one ledger row. Few enough that a row tells where, many enough that 200,000 records a
     * second make two rows a second.
     */
    static final long STRETCH = 100_000;

    /** Time between two looks for new partitions, in milliseconds. */
    static final long DISCOVER_MILLIS = 10_000;

    /** Time between two looks at how far partitions reach, which all brokers must answer, in milliseconds. */
    private static final long ENDS_MILLIS = 2_000;

    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration CLOSE = Duration.ofSeconds(1);

    private final KafkaPlace place;
    private final InstantSource clock;
    private final StreamBatches batches;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private final Map<TopicPartition, Long> nextAt = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private Map<String, String> stored = Map.of();
    private boolean begun;
    private long discoverAt;
    private long endsAt;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    /** Fetches what lies at {@code place}. */
    KafkaFetcher(KafkaPlace place, InstantSource clock) {
        this.place = place;
        this.clock = clock;
        batches = new StreamBatches(place.source(), place.form());
    }

    @Override
    public void begin(Map<String, String> positions) {
        stored = positions;
        begun = false;
        next.clear();
        nextAt.clear();
        ends.clear();
        batches.take();
        disconnect();
    }

    @Override
    public List<StreamBatch> fetch() throws IOException {
        try {
            KafkaConsumer<byte[], byte[]> client = connected();
            long now = clock.millis();
            if (now >= discoverAt) {
                discover(client);
                discoverAt = now + DISCOVER_MILLIS;
            }
            if (now >= endsAt) {
                ends.putAll(client.endOffsets(next.keySet()));
                endsAt = now + ENDS_MILLIS;
            }
            poll(client);
            return batches.take();
        } catch (KafkaException | IllegalStateException e) {
            disconnect();
            throw KafkaErrors.explain(e, place);
        }
    }

    private KafkaConsumer<byte[], byte[]> connected() throws IOException {
        KafkaConsumer<byte[], byte[]> client = consumer;
        if (client == null) {
            client = place.connect();
            consumer = client;
            discoverAt = 0;
            endsAt = 0;
        }
        return client;
    }

    private void disconnect() {
        if (consumer != null) {
            try {
                consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSE));
            } catch (KafkaException e) {
                // it is gone all the same
            }
            consumer = null;
        }
    }

    /** Assigns all partitions that there are, new ones among them. */
    private void discover(KafkaConsumer<byte[], byte[]> client) throws IOException {
        Set<TopicPartition> found = new HashSet<>();
        for (String topic : place.topics()) {
            List<PartitionInfo> partitions = client.partitionsFor(topic);
            if (partitions == null || partitions.isEmpty()) {
                throw new SourceDown(KafkaErrors.noTopic(topic, place), null);
            }
            partitions.forEach(one -> found.add(new TopicPartition(topic, one.partition())));
        }
        if (!found.equals(client.assignment())) {
            Set<TopicPartition> fresh = new HashSet<>(found);
            fresh.removeAll(next.keySet());
            next.keySet().retainAll(found);
            ends.keySet().retainAll(found);
            next.putAll(starts(client, fresh));
            client.assign(found);
            next.forEach(client::seek);
            endsAt = 0;
        }
        begun = true;
    }

    /** Where {@code partitions} begin: as is kept, else as is configured; one that is made later, at its first record. */
    private Map<TopicPartition, Long> starts(KafkaConsumer<byte[], byte[]> client, Set<TopicPartition> partitions) {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> times = new HashMap<>();
        for (TopicPartition partition : partitions) {
            String kept = stored.get(lane(partition));
            if (kept != null) {
                starts.put(partition, Long.parseLong(kept));
            } else if (!begun && place.since() != Long.MIN_VALUE) {
                times.put(partition, place.since() * 1000);
            }
        }
        Set<TopicPartition> atStart = new HashSet<>(partitions);
        atStart.removeAll(starts.keySet());
        atStart.removeAll(times.keySet());
        starts.putAll(client.beginningOffsets(atStart));
        if (!times.isEmpty()) {
            Map<TopicPartition, Long> ending = client.endOffsets(times.keySet());
            Map<TopicPartition, OffsetAndTimestamp> since = client.offsetsForTimes(times);
            for (TopicPartition partition : times.keySet()) {
                OffsetAndTimestamp at = since.get(partition);
                starts.put(partition, at == null ? ending.getOrDefault(partition, 0L) : at.offset());
            }
        }
        return starts;
    }

    private void poll(KafkaConsumer<byte[], byte[]> client) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : client.poll(WAIT)) {
                take(record);
            }
            // Beyond marks of transactions, which are no records.
            client.assignment().forEach(one -> next.merge(one, client.position(one), Math::max));
        } catch (OffsetOutOfRangeException e) {
            outOfRange(client, e.offsetOutOfRangePartitions());
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        long offset = record.offset();
        byte[] value = record.value() == null ? new byte[0] : record.value();
        long now = clock.millis();
        long delivered =
                record.timestamp() < 0 ? now : Math.min(record.timestamp(), now); // a producer's clock may be wrong
        long first = offset - offset % STRETCH;
        batches.add(
                lane(partition),
                uri(partition) + first + "-" + (first + STRETCH - 1),
                new StreamRecord(offset, null, value),
                delivered / 1000,
                Long.toString(offset + 1));
        next.put(partition, offset + 1);
        nextAt.put(partition, delivered);
    }

    /** Offsets that are not there any more, or not yet, are a gap: it is counted, and reading goes on behind it. */
    private void outOfRange(KafkaConsumer<byte[], byte[]> client, Map<TopicPartition, Long> partitions) {
        Map<TopicPartition, Long> first = client.beginningOffsets(partitions.keySet());
        partitions.forEach((partition, wanted) -> {
            long start = first.getOrDefault(partition, 0L);
            StreamBatch.Lost lost = start > wanted
                    ? new StreamBatch.Lost(
                            start - wanted,
                            "offsets " + wanted + " to " + (start - 1)
                                    + " were deleted before they were read: retention"
                                    + " is too short for how far reading was behind")
                    : new StreamBatch.Lost(
                            1,
                            "offset " + wanted
                                    + " lies beyond the partition's end: it was made anew or cut, and is read"
                                    + " from its first record, " + start + "; how much is lost is unknown");
            String range = start > wanted ? wanted + "-" + (start - 1) + " lost" : wanted + " lost";
            batches.lose(lane(partition), uri(partition) + range, lost, Long.toString(start));
            next.put(partition, start);
            client.seek(partition, start);
        });
        endsAt = 0;
    }

    private static String lane(TopicPartition partition) {
        return partition.topic() + "/" + partition.partition();
    }

    private static String uri(TopicPartition partition) {
        return "kafka://" + lane(partition) + "/";
    }

    @Override
    public List<StreamLane> lanes() {
        List<StreamLane> lanes = new ArrayList<>();
        next.forEach((partition, offset) -> {
            long waiting = Math.max(0, ends.getOrDefault(partition, offset) - offset);
            Long at = nextAt.get(partition);
            long age = waiting == 0 ? 0 : at == null ? -1 : Math.max(0, clock.millis() - at);
            lanes.add(new StreamLane(lane(partition), waiting > 0, waiting, age));
        });
        return lanes;
    }

    @Override
    public void close() {
        disconnect();
    }
}
