package dev.tocsin.input.container;

import java.io.IOException;
import java.util.Arrays;

/**
 * A window that slides over a stream of bytes: what lies between {@link #keep} and the limit is held, what lies before it
 * is let go at the next fill. Places are absolute offsets in the stream; {@link #index} turns one into a place in
 * {@link #bytes}, good until the next fill.
 */
final class ByteWindow {

    private static final byte[] NO_BYTES = new byte[0];
    private static final int LARGEST_KEPT = 4 * 1024 * 1024;

    /** Where bytes come from. */
    interface Source {
        /** Puts up to {@code length} bytes (at least one) at {@code from}; -1 at the end. */
        int read(byte[] into, int from, int length) throws IOException;
    }

    private final int usualSize;
    private Source source = (into, from, length) -> -1;
    private byte[] bytes;
    private byte[] own;
    private int limit;
    private int at;
    private long base;
    private long kept = -1;
    private boolean ended;

    ByteWindow(int size) {
        usualSize = size;
        own = size == 0 ? NO_BYTES : new byte[size];
        bytes = own;
    }

    /** A window over bytes at hand. */
    static ByteWindow over(byte[] bytes, int from, int to) {
        ByteWindow window = new ByteWindow(0);
        window.bytes = bytes;
        window.at = from;
        window.limit = to;
        window.base = -from;
        window.ended = true;
        return window;
    }

    /** Begins anew over another stream, with the same memory unless it has grown very large. */
    void restart(Source next) {
        if (own.length > LARGEST_KEPT) {
            own = new byte[usualSize];
        }
        bytes = own;
        source = next;
        limit = 0;
        at = 0;
        base = 0;
        kept = -1;
        ended = false;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Place in {@link #bytes} of the next byte. */
    int at() {
        return at;
    }

    /** Place in {@link #bytes} behind the last byte held. */
    int limit() {
        return limit;
    }

    /** Moves to a place in {@link #bytes}. */
    void moveTo(int index) {
        at = index;
    }

    /** Offset in the stream of the next byte. */
    long offset() {
        return base + at;
    }

    /** Goes to {@code offset}, which must be held. */
    void seek(long offset) {
        at = (int) (offset - base);
    }

    /** How many bytes were taken from the stream so far. */
    long taken() {
        return base + limit;
    }

    int index(long offset) {
        return (int) (offset - base);
    }

    long offsetOf(int index) {
        return base + index;
    }

    /** Holds everything from {@code offset} on. */
    void keep(long offset) {
        kept = offset;
    }

    /** Holds nothing before the next byte any longer. */
    void release() {
        kept = -1;
    }

    /** The next byte without passing it, or -1 at the end. */
    int peek() throws IOException {
        return at < limit || fill() ? bytes[at] & 0xff : -1;
    }

    /** Whether {@code count} bytes are at hand. */
    boolean have(int count) throws IOException {
        while (limit - at < count) {
            if (!fill()) {
                return false;
            }
        }
        return true;
    }

    /** Passes over white space; the byte behind it, or -1 at the end. */
    int skipBlanks() throws IOException {
        while (true) {
            while (at < limit) {
                byte b = bytes[at];
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                    return b & 0xff;
                }
                at++;
            }
            if (!fill()) {
                return -1;
            }
        }
    }

    /** Gets more bytes; false at the end of the stream. */
    boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        makeRoom();
        int count = source.read(bytes, limit, bytes.length - limit);
        if (count < 0) {
            ended = true;
            return false;
        }
        limit += count;
        return true;
    }

    private void makeRoom() {
        int from = kept < 0 ? at : Math.min(at, (int) (kept - base));
        if (from > 0) {
            System.arraycopy(bytes, from, bytes, 0, limit - from);
            base += from;
            at -= from;
            limit -= from;
        }
        if (limit == bytes.length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
            own = bytes;
        }
    }
}
