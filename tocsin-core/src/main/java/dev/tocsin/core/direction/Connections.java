package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * What the records of a few connections say of their opening, added up in any order: first packets either way, and which
 * side sent a SYN. Only connections that a detector cares for are kept.
 */
final class Connections {

    /** Connections kept at once; the one silent for longest goes first. */
    static final int PLACES = 64;

    /** The host sent the opening packet. */
    static final int OPENED_LOCALLY = 1;

    /** The peer sent the opening packet, or the host answered it. */
    static final int OPENED_REMOTELY = 2;

    /** The host sent more than bare acknowledgements or resets. */
    static final int SENT_CONTENT = 4;

    private final long[] keys = new long[PLACES];
    private final long[] firstOut = new long[PLACES];
    private final long[] firstIn = new long[PLACES];
    private final long[] last = new long[PLACES];
    private final int[] marks = new int[PLACES];
    private int size;

    /** Adds one record of the connection {@code key}: its direction, first and last packet, and marks. */
    void add(long key, boolean outbound, long start, long end, int mark) {
        int place = find(key);
        if (place < 0) {
            place = size < PLACES ? size++ : silentLongest();
            keys[place] = key;
            firstOut[place] = Long.MAX_VALUE;
            firstIn[place] = Long.MAX_VALUE;
            last[place] = Long.MIN_VALUE;
            marks[place] = 0;
        }
        if (outbound) {
            firstOut[place] = Math.min(firstOut[place], start);
        } else {
            firstIn[place] = Math.min(firstIn[place], start);
        }
        last[place] = Math.max(last[place], end);
        marks[place] |= mark;
    }

    /** The place of {@code key}, or -1. */
    int find(long key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Earliest packet of the host, or {@link Long#MAX_VALUE}. */
    long firstOut(int place) {
        return firstOut[place];
    }

    /** Earliest packet of the peer, or {@link Long#MAX_VALUE}. */
    long firstIn(int place) {
        return firstIn[place];
    }

    /** Whether any record had {@code mark}. */
    boolean marked(int place, int mark) {
        return (marks[place] & mark) != 0;
    }

    private int silentLongest() {
        int oldest = 0;
        for (int i = 1; i < size; i++) {
            if (last[i] < last[oldest] || (last[i] == last[oldest] && keys[i] < keys[oldest])) {
                oldest = i;
            }
        }
        return oldest;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < size; i++) {
            out.writeNumber(keys[i]);
            out.writeNumber(firstOut[i]);
            out.writeNumber(firstIn[i]);
            out.writeNumber(last[i]);
            out.writeNumber(marks[i]);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(JsonParser in) throws IOException {
        for (size = 0; in.nextToken() != JsonToken.END_ARRAY; size++) {
            keys[size] = in.getLongValue();
            firstOut[size] = in.nextLongValue(0);
            firstIn[size] = in.nextLongValue(0);
            last[size] = in.nextLongValue(0);
            marks[size] = in.nextIntValue(0);
        }
    }
}
