package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * The address that all records of an interface have in common. Counts the most frequent addresses in a fixed number of
 * places (Misra and Gries): what stands in every record cannot be driven out by what changes.
 */
final class OwnAddresses {

    /** Addresses counted at once. */
    static final int PLACES = 6;

    /** Records before an address may be called the interface's own. Ours: the corpus needs two peers to differ. */
    static final int LEAST_RECORDS = 3;

    private static final long MOST = 1_000_000;

    private final long[] high = new long[PLACES];
    private final long[] low = new long[PLACES];
    private final long[] counts = new long[PLACES];

    /** Counts one record's address. */
    void see(long addressHigh, long addressLow) {
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

    /** Whether the address stands in clearly more records than any other. */
    boolean owns(long addressHigh, long addressLow) {
        long mine = 0;
        long others = 0;
        for (int i = 0; i < PLACES; i++) {
            if (low[i] == addressLow && high[i] == addressHigh) {
                mine = counts[i];
            } else {
                others = Math.max(others, counts[i]);
            }
        }
        return mine >= LEAST_RECORDS && 2 * mine > 3 * others;
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

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(JsonParser in) throws IOException {
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            high[i] = in.getLongValue();
            low[i] = in.nextLongValue(0);
            counts[i] = in.nextLongValue(0);
        }
    }
}
