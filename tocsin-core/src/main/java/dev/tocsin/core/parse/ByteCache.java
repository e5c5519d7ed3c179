package dev.tocsin.core.parse;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was made of byte sequences, so that what repeats in a log is made once. Bounded: each entry has two
 * places, and a new one drives out the older of them.
 */
final class ByteCache<T> {

    private static final int LONGEST_KEY = 4 * 1024;

    private final @Nullable Entry<T>[] entries;
    private final long[] hashes;
    private final int mask;

    /** What was made of some bytes. */
    private static final class Entry<T> {
        final byte[] key;
        final T value;

        Entry(byte[] key, T value) {
            this.key = key;
            this.value = value;
        }
    }

    /** A cache with {@code size} places, a power of two. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    ByteCache(int size) {
        entries = new Entry[size];
        hashes = new long[size];
        mask = size - 1;
    }

    /** What was remembered for the bytes, whose hash is given; or null. */
    @Nullable
    T get(byte[] bytes, int from, int to, long hash) {
        int place = (int) hash & mask;
        T value = hashes[place] == hash ? at(place, bytes, from, to) : null;
        return value == null && hashes[place ^ 1] == hash ? at(place ^ 1, bytes, from, to) : value;
    }

    private @Nullable T at(int place, byte[] bytes, int from, int to) {
        Entry<T> entry = entries[place];
        return entry != null && JsonBytes.same(entry.key, bytes, from, to) ? entry.value : null;
    }

    /** Remembers {@code value} for the bytes. */
    void put(byte[] bytes, int from, int to, long hash, T value) {
        if (to - from <= LONGEST_KEY) {
            int place = (int) hash & mask;
            entries[place ^ 1] = entries[place];
            hashes[place ^ 1] = hashes[place];
            hashes[place] = hash;
            entries[place] = new Entry<>(Arrays.copyOfRange(bytes, from, to), value);
        }
    }
}
