package dev.tocsin.server.source;

import dev.tocsin.core.finding.Times;
import dev.tocsin.input.container.StreamRecord;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Fetches a stream of Kinesis: all its shards, in turn. A shard that was made by splitting or merging begins once those it was
 * made of are read to their end.
 */
final class KinesisFetcher implements StreamFetcher {

    /** Time between two requests for one shard's records while it has more, in milliseconds: AWS allows five a second. */
    static final long BUSY_MILLIS = 200;

    /** The same once it has no more: findings are due within seconds, and others may read the stream too. */
    static final long QUIET_MILLIS = 1_000;

    /** Time for which a shard is left alone whose throughput is used up, in milliseconds. */
    private static final long THROTTLED_MILLIS = 2_000;

    /** Time between two looks for new shards, in milliseconds. */
    static final long DISCOVER_MILLIS = 10_000;

    /** What a stream keeps records for at least. */
    private static final long SHORTEST_RETENTION_SECONDS = 24 * 60 * 60;

    /** Time between two notes that a shard without records held no more, in seconds. */
    private static final long NOTE_SECONDS = 60 * 60;

    private static final int MOST_RECORDS = 10_000;

    /** Digits at the end of a sequence number that make an event's position: as many as fit. */
    private static final int POSITION_DIGITS = 18;

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final KinesisPlace place;
    private final KinesisClient client;
    private final InstantSource clock;
    private final StreamBatches batches;
    private final Map<String, Reading> open = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private Map<String, String> stored = Map.of();
    private boolean begun;
    private long discoverAt;

    /** One shard that is being read. */
    private static final class Reading {
        private @Nullable ShardPosition at;
        private final boolean whole;
        private @Nullable String iterator;
        private long dueAt;
        private boolean behind = true;
        private long millisBehind = -1;

        /** Goes on at {@code at}; without it from its first record if {@code whole}. */
        Reading(@Nullable ShardPosition at, boolean whole) {
            this.at = at;
            this.whole = whole;
        }
    }

    KinesisFetcher(KinesisPlace place, KinesisClient client, InstantSource clock) {
        this.place = place;
        this.client = client;
        this.clock = clock;
        batches = new StreamBatches(place.source(), place.form());
    }

    @Override
    public void begin(Map<String, String> positions) {
        stored = positions;
        begun = false;
        discoverAt = 0;
        open.clear();
        closed.clear();
        positions.forEach((shard, next) -> {
            if (next.equals(CLOSED)) {
                closed.add(shard);
            }
        });
        batches.take();
    }

    @Override
    public List<StreamBatch> fetch() throws IOException, InterruptedException {
        try {
            if (clock.millis() >= discoverAt) {
                discover();
                discoverAt = clock.millis() + DISCOVER_MILLIS;
            }
            for (Map.Entry<String, Reading> one : List.copyOf(open.entrySet())) {
                if (clock.millis() >= one.getValue().dueAt) {
                    read(one.getKey(), one.getValue());
                }
            }
            List<StreamBatch> fetched = batches.take();
            if (fetched.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(BUSY_MILLIS);
            }
            return fetched;
        } catch (SdkException e) {
            throw KinesisErrors.explain(e, place);
        }
    }

    /** Begins with all shards that are there and whose parents are done. */
    private void discover() {
        List<Shard> shards = shards();
        Set<String> there = new HashSet<>();
        shards.forEach(shard -> there.add(shard.shardId()));
        for (Shard shard : shards) {
            String id = shard.shardId();
            boolean waits = Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                    .anyMatch(parent -> parent != null && there.contains(parent) && !closed.contains(parent));
            if (!waits && !closed.contains(id) && !open.containsKey(id)) {
                boolean child = begun || shard.parentShardId() != null;
                ShardPosition at = ShardPosition.parse(stored.get(id));
                open.put(id, new Reading(at, child || place.since() == Long.MIN_VALUE));
                missed(id, at);
            }
        }
        open.keySet().retainAll(there);
        begun = true;
    }

    /** Kinesis says nothing of records that were deleted unread: that some may be is told by how long ago it was. */
    private void missed(String shard, @Nullable ShardPosition at) {
        long now = clock.instant().getEpochSecond();
        if (at == null || now - at.seenAt() <= SHORTEST_RETENTION_SECONDS) {
            return;
        }
        long kept = retentionSeconds();
        if (now - at.seenAt() > kept) {
            String seen = Times.iso(at.seenAt());
            String reason = "records that arrived after " + seen
                    + " may have been deleted unread: the stream keeps them for " + kept / 3600 + " hours only";
            String next = new ShardPosition(at.after(), now).text();
            batches.lose(
                    shard, place.called() + "/" + shard + "/" + seen + " lost", new StreamBatch.Lost(1, reason), next);
        }
    }

    private long retentionSeconds() {
        try {
            return client.describeStreamSummary(request ->
                                    request.streamName(place.stream()).streamARN(place.arn()))
                            .streamDescriptionSummary()
                            .retentionPeriodHours()
                    * 3600L;
        } catch (SdkException e) {
            return SHORTEST_RETENTION_SECONDS; // it need not be allowed
        }
    }

    private List<Shard> shards() {
        List<Shard> shards = new ArrayList<>();
        String next = null;
        do {
            String token = next;
            ListShardsResponse answer = client.listShards(request -> {
                if (token == null) {
                    request.streamName(place.stream()).streamARN(place.arn());
                } else {
                    request.nextToken(token);
                }
            });
            shards.addAll(answer.shards());
            next = answer.nextToken();
        } while (next != null);
        return shards;
    }

    private void read(String shard, Reading reading) {
        try {
            String iterator = reading.iterator == null ? iterator(shard, reading) : reading.iterator;
            GetRecordsResponse answer = client.getRecords(request ->
                    request.shardIterator(iterator).streamARN(place.arn()).limit(MOST_RECORDS));
            answer.records().forEach(record -> take(shard, reading, record));
            reading.iterator = answer.nextShardIterator();
            long millis = answer.millisBehindLatest() == null ? 0 : answer.millisBehindLatest();
            noteQuiet(shard, reading, millis == 0 && answer.records().isEmpty());
            reading.behind = millis > 0 || !answer.records().isEmpty();
            reading.millisBehind = millis;
            reading.dueAt = clock.millis() + (reading.behind ? BUSY_MILLIS : QUIET_MILLIS);
            if (reading.iterator == null) {
                batches.note(shard, CLOSED);
                open.remove(shard);
                closed.add(shard);
                discoverAt = 0;
            }
        } catch (ExpiredIteratorException e) {
            reading.iterator = null; // asked for anew, behind what was read
        } catch (ProvisionedThroughputExceededException e) {
            reading.dueAt = clock.millis() + THROTTLED_MILLIS;
        }
    }

    private void noteQuiet(String shard, Reading reading, boolean quiet) {
        long now = clock.instant().getEpochSecond();
        ShardPosition at = reading.at;
        if (quiet && at != null && now - at.seenAt() > NOTE_SECONDS) {
            reading.at = new ShardPosition(at.after(), now);
            batches.note(shard, reading.at.text());
        }
    }

    private String iterator(String shard, Reading reading) {
        GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder()
                .streamName(place.stream())
                .streamARN(place.arn())
                .shardId(shard);
        if (reading.at != null) {
            request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                    .startingSequenceNumber(reading.at.after());
        } else if (reading.whole) {
            request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
        } else {
            request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(Instant.ofEpochSecond(place.since()));
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    private void take(String shard, Reading reading, Record record) {
        String sequence = record.sequenceNumber();
        Instant arrived =
                record.approximateArrivalTimestamp() == null ? clock.instant() : record.approximateArrivalTimestamp();
        long position = Long.parseLong(sequence.substring(Math.max(0, sequence.length() - POSITION_DIGITS)));
        reading.at = new ShardPosition(sequence, arrived.getEpochSecond());
        batches.add(
                shard,
                place.called() + "/" + shard + "/" + HOUR.format(arrived),
                new StreamRecord(position, sequence, record.data().asByteArrayUnsafe()),
                arrived.getEpochSecond(),
                reading.at.text());
    }

    @Override
    public List<StreamLane> lanes() {
        List<StreamLane> lanes = new ArrayList<>();
        open.forEach((shard, reading) -> lanes.add(new StreamLane(shard, reading.behind, -1, reading.millisBehind)));
        return lanes;
    }

    @Override
    public void close() {
        client.close();
    }
}
