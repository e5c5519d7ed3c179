package dev.tocsin.input.container;

import org.jspecify.annotations.Nullable;

/** One record of a stream: what a producer wrote, of any form that an object may have. */
public final class StreamRecord {

    private final long position;
    private final @Nullable String place;
    private final byte[] bytes;

    /**
     * A record.
     *
     * @param position its place in its part of the stream, such as the offset in a partition
     * @param place what people call that place; null if it is {@code position}
     * @param bytes what was written; kept as it is
     */
    public StreamRecord(long position, @Nullable String place, byte[] bytes) {
        this.position = position;
        this.place = place;
        this.bytes = bytes;
    }

    /** Its place in its part of the stream: the position of each event in it. */
    public long position() {
        return position;
    }

    /** What people call that place, or null if it is {@link #position}. */
    @Nullable
    String place() {
        return place;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Its size in bytes. */
    public int size() {
        return bytes.length;
    }
}
