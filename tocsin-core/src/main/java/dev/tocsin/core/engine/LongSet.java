package dev.tocsin.core.engine;

import java.util.Arrays;

/** A set of well mixed 64-bit digests, by open addressing. */
final class LongSet {

    private long[] table = new long[16];
    private boolean zero;
    private int size;

    int size() {
        return size;
    }

    boolean contains(long digest) {
        if (digest == 0) {
            return zero;
        }
        int slot = slot(digest);
        while (table[slot] != 0) {
            if (table[slot] == digest) {
                return true;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return false;
    }

    /** Adds {@code digest}, which is not there yet. */
    void add(long digest) {
        size++;
        if (digest == 0) {
            zero = true;
            return;
        }
        if (2 * size > table.length) {
            grow();
        }
        place(digest);
    }

    private void grow() {
        long[] old = table;
        table = new long[2 * old.length];
        for (long digest : old) {
            if (digest != 0) {
                place(digest);
            }
        }
    }

    private void place(long digest) {
        int slot = slot(digest);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = digest;
    }

    private int slot(long digest) {
        return (int) (digest >>> 20) & (table.length - 1);
    }

    /** The digests in rising order: the same set is written the same way. */
    long[] sorted() {
        long[] digests = Arrays.stream(table).filter(digest -> digest != 0).toArray();
        if (zero) {
            digests = Arrays.copyOf(digests, digests.length + 1);
        }
        Arrays.sort(digests);
        return digests;
    }
}
