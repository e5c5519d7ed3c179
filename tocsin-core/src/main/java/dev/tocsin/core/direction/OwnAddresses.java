package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The address that all records of an interface have in common. Counts the most frequent addresses in a fixed number of
 * places (Misra and Gries): what stands in every record cannot be driven out by what changes. Where one peer stands in most
 * records too, the counts do not tell them apart; then the one that stands in every single record does.
 */
final class OwnAddresses {

    /** Addresses counted at once. */
    static final int PLACES = 6;

    /** Records before an address may be called the interface's own. Ours: the corpus needs two peers to differ. */
    static final int LEAST_RECORDS = 3;

    /** Records that must have an address in common where counts do not tell. Ours: an interface may have several addresses. */
    static final int LEAST_COMMON = 12;

    private static final long MOST = 1_000_000;

    private final long[] high = new long[PLACES];
    private final long[] low = new long[PLACES];
    private final long[] counts = new long[PLACES];

    /** Addresses of the first record that stand in all others: upper and lower halves. */
    private final long[] common = new long[4];

    /** How many of {@link #common} still do. */
    private int candidates;

    private long records;

    /** Counts one record's addresses. */
    void see(long oneHigh, long oneLow, long otherHigh, long otherLow) {
        see(oneHigh, oneLow);
        see(otherHigh, otherLow);
        if (records == 0) {
            common[0] = oneHigh;
            common[1] = oneLow;
            common[2] = otherHigh;
            common[3] = otherLow;
            candidates = 2;
        }
        records = Math.min(MOST, records + 1);
        for (int i = candidates - 1; i >= 0; i--) {
            boolean there = isCommon(i, oneHigh, oneLow) || isCommon(i, otherHigh, otherLow);
            if (!there) {
                candidates--;
                common[2 * i] = common[2 * candidates];
                common[2 * i + 1] = common[2 * candidates + 1];
            }
        }
    }

    private boolean isCommon(int place, long addressHigh, long addressLow) {
        return common[2 * place] == addressHigh && common[2 * place + 1] == addressLow;
    }

    /** Counts one record's address. */
    private void see(long addressHigh, long addressLow) {
        int free = -1;
        for (int i = 0; i < PLACES; i++) {
            if (counts[i] == 0) {
                free = free < 0 ? i : free;
            } else if (low[i] == addressLow && high[i] == addressHigh) {
                counts[i] = Math.min(MOST, counts[i] + 1);
                return;
            }
        }
        if (free >= 0) {
            high[free] = addressHigh;
            low[free] = addressLow;
            counts[free] = 1;
            return;
        }
        for (int i = 0; i < PLACES; i++) {
            counts[i]--;
        }
    }

    /** Whether the address stands in clearly more records than any other, or as the only one in every record. */
    boolean owns(long addressHigh, long addressLow) {
        int most = 0;
        for (int i = 1; i < PLACES; i++) {
            most = counts[i] > counts[most] ? i : most;
        }
        long others = 0;
        for (int i = 0; i < PLACES; i++) {
            others = i == most ? others : Math.max(others, counts[i]);
        }
        if (counts[most] >= LEAST_RECORDS && 2 * counts[most] > 3 * others) {
            return low[most] == addressLow && high[most] == addressHigh;
        }
        return candidates == 1 && records >= LEAST_COMMON && isCommon(0, addressHigh, addressLow);
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < PLACES; i++) {
            if (counts[i] > 0) {
                out.writeNumber(high[i]);
                out.writeNumber(low[i]);
                out.writeNumber(counts[i]);
            }
        }
        out.writeEndArray();
    }

    void writeCommon(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(records);
        for (int i = 0; i < 2 * candidates; i++) {
            out.writeNumber(common[i]);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #writeCommon} wrote; the parser stands at the array's start. */
    void readCommon(JsonParser in) throws IOException {
        records = in.nextLongValue(0);
        int halves = 0;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            common[halves++] = in.getLongValue();
        }
        candidates = halves / 2;
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(JsonParser in) throws IOException {
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            high[i] = in.getLongValue();
            low[i] = in.nextLongValue(0);
            counts[i] = in.nextLongValue(0);
        }
    }
}
