package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Which of the last {@link #KEPT} spans of ten minutes something happened in; bit 0 is the newest. An object of a whole day may
 * come before what happened on its morning is judged, and credentials are half a day old at most: together less than is kept.
 */
final class Spans {

    /** Seconds of a span. */
    static final long SECONDS = 600;

    /** Spans kept: 42 hours. Ours: a day, half a day and the wait of two hours. */
    static final int KEPT = 256;

    private static final int WORDS = KEPT / Long.SIZE;

    private final long[] words = new long[WORDS];

    /** The span that {@code at}, epoch seconds, is in. */
    static long of(long at) {
        return Math.floorDiv(at, SECONDS);
    }

    /** Makes all {@code later} spans older. */
    void shift(long later) {
        int by = (int) Math.min(later, KEPT);
        int whole = by / Long.SIZE;
        int bits = by % Long.SIZE;
        for (int i = WORDS - 1; i >= 0; i--) {
            long high = i - whole >= 0 ? words[i - whole] : 0;
            long low = i - whole - 1 >= 0 ? words[i - whole - 1] : 0;
            words[i] = bits == 0 ? high : (high << bits) | (low >>> (Long.SIZE - bits));
        }
    }

    /** Sets the span {@code back} spans before the newest; whether it says anything new, as what is older than all kept does. */
    boolean set(long back) {
        if (back >= KEPT) {
            return true;
        }
        int word = (int) (back / Long.SIZE);
        long bit = 1L << (back % Long.SIZE);
        boolean news = (words[word] & bit) == 0;
        words[word] |= bit;
        return news;
    }

    /** Whether the span {@code back} before the newest is set. */
    boolean get(long back) {
        return back >= 0 && back < KEPT && ((words[(int) (back / Long.SIZE)] >>> (back % Long.SIZE)) & 1) == 1;
    }

    /** The newest one set, or {@link #KEPT} if there is none. */
    int newest() {
        for (int i = 0; i < WORDS; i++) {
            if (words[i] != 0) {
                return i * Long.SIZE + Long.numberOfTrailingZeros(words[i]);
            }
        }
        return KEPT;
    }

    void write(JsonGenerator out) throws IOException {
        for (long word : words) {
            out.writeNumber(word);
        }
    }

    static Spans read(JsonParser in) throws IOException {
        Spans spans = new Spans();
        for (int i = 0; i < WORDS; i++) {
            spans.words[i] = in.nextLongValue(0);
        }
        return spans;
    }
}
