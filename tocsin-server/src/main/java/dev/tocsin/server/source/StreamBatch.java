package dev.tocsin.server.source;

import dev.tocsin.core.event.LogObject;
import dev.tocsin.input.container.StreamRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of one lane of a stream, a partition or a shard, that are read as one object. The object is named after a stretch of
 * the lane that depends on the records alone, never on how they happened to be fetched: several batches may share a name, and
 * their counts make one ledger row.
 *
 * @param source the source's name
 * @param lane the partition or shard
 * @param name of the stretch, as the ledger shows it
 * @param records in their order
 * @param deliveredAt epoch seconds at which the last of them may have been delivered, told by the records alone
 * @param place of the batch among all of its lane
 * @param orderedAt epoch seconds, never falling along a lane: batches of several lanes are read in this order
 * @param next where to go on behind it, in the stream's own terms
 * @param form of records that do not say all
 * @param lost what could not be read any more, or null
 */
public record StreamBatch(
        String source,
        String lane,
        String name,
        List<StreamRecord> records,
        long deliveredAt,
        long place,
        long orderedAt,
        String next,
        Form form,
        @Nullable Lost lost)
        implements SourceObject.Opener {

    /**
     * What is known of all records of a stream.
     *
     * @param region of records that name none, or null
     * @param flowFormat the fields of flow log lines without a header, in their order, divided by blanks; or null
     */
    public record Form(@Nullable String region, @Nullable String flowFormat) {}

    /**
     * Records that were gone before they could be read.
     *
     * @param count how many, at least 1
     * @param reason for people
     */
    public record Lost(long count, String reason) {}

    /** The object to be read. */
    public SourceObject object() {
        return new SourceObject(name, bytes(), deliveredAt, source + " " + lane + " " + place, this);
    }

    /** Its size in bytes. */
    public long bytes() {
        return records.stream().mapToLong(StreamRecord::size).sum();
    }

    /** The object as events refer to it. */
    public LogObject logObject(int index) {
        return new LogObject(index, name, null, null, null, deliveredAt);
    }

    /** Whether there is anything to count. */
    public boolean isCounted() {
        return !records.isEmpty() || lost != null;
    }

    /** Tells it from others of its lane, in their order. */
    public String orderKey() {
        String digits = Long.toString(place);
        return lane + " " + "0".repeat(19 - digits.length()) + digits;
    }

    /** The same batch: its records need not be looked at. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StreamBatch batch
                && place == batch.place
                && lane.equals(batch.lane)
                && source.equals(batch.source);
    }

    @Override
    public int hashCode() {
        return 31 * lane.hashCode() + Long.hashCode(place);
    }

    @Override
    public InputStream open() throws IOException {
        throw new IOException(name + ": a stretch of a stream is read record by record");
    }
}
