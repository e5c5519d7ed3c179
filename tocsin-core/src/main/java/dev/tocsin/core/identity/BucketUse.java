package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Who uses a bucket, from where, and how much. */
public final class BucketUse {

    /** Names and networks kept; beyond that the one with the fewest and then oldest days goes. 7/8 of 128 slots: 1 KB. */
    static final int MOST_VALUES = 112;

    private final ValueTable table = new ValueTable(MOST_VALUES, print -> {});
    private BucketVolumes volumes = new BucketVolumes();

    /** Marks the caller's name and network as seen on {@code day}. */
    public void note(String userName, long network, long day) {
        table.mark(Feature.USER_NAME, userName.hashCode(), day);
        table.mark(Feature.NETWORK, network, day);
    }

    /** The epoch day of the newest use. */
    public long day() {
        return table.day();
    }

    ValueTable table() {
        return table;
    }

    /** How much is called. */
    public BucketVolumes volumes() {
        return volumes;
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        table.write(out);
        volumes.write(out);
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static BucketUse read(JsonParser in) throws IOException {
        BucketUse use = new BucketUse();
        in.nextToken();
        in.nextToken();
        use.table.filled(in);
        use.volumes = BucketVolumes.read(in);
        return use;
    }
}
