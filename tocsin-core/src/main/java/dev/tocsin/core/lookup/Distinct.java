package dev.tocsin.core.lookup;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many different values there were, told from which bits of a map their digests set (linear counting: Whang et al. 1990). */
public final class Distinct {

    private final long[] words;

    /** None yet, with a map of {@code bits}, a power of two from 64: good for about three times as many values. */
    public Distinct(int bits) {
        words = new long[bits / Long.SIZE];
    }

    /** Adds the value with {@code digest}. */
    public void add(long digest) {
        int bit = (int) digest & (words.length * Long.SIZE - 1);
        words[bit >>> 6] |= 1L << bit;
    }

    /** Adds all values of {@code other}, which has a map of the same size. */
    public void addAll(Distinct other) {
        for (int i = 0; i < words.length; i++) {
            words[i] |= other.words[i];
        }
    }

    /** Whether the value with {@code digest} was added; some that were not seem so too. */
    public boolean mayHold(long digest) {
        int bit = (int) digest & (words.length * Long.SIZE - 1);
        return (words[bit >>> 6] & 1L << bit) != 0;
    }

    /** The number of different values, within some percent; a full map tells at least its size. */
    public long count() {
        int bits = words.length * Long.SIZE;
        int free = bits;
        for (long word : words) {
            free -= Long.bitCount(word);
        }
        return StrictMath.round(bits * StrictMath.log(bits / (double) Math.max(1, free)));
    }

    void write(JsonGenerator out) throws IOException {
        for (long word : words) {
            out.writeNumber(word);
        }
    }

    /** The parser stands before the first number. */
    static Distinct read(JsonParser in, int bits) throws IOException {
        Distinct distinct = new Distinct(bits);
        for (int i = 0; i < distinct.words.length; i++) {
            distinct.words[i] = in.nextLongValue(0);
        }
        return distinct;
    }

    /** The map as numbers, for {@link #of}. */
    public List<Long> toList() {
        List<Long> list = new ArrayList<>(words.length);
        for (long word : words) {
            list.add(word);
        }
        return list;
    }

    /** What {@link #toList} told, or none yet where {@code list} is no such list. */
    public static Distinct of(@Nullable Object list, int bits) {
        Distinct distinct = new Distinct(bits);
        if (list instanceof List<?> words && words.size() == distinct.words.length) {
            for (int i = 0; i < distinct.words.length; i++) {
                distinct.words[i] = words.get(i) instanceof Long word ? word : 0;
            }
        }
        return distinct;
    }
}
