package dev.tocsin.core.engine;

import java.util.Arrays;

/** Ids with a content digest each, found by id in constant time; kept in the order they came. */
final class LongPairs {

    private long[] pairs = new long[16];
    private int[] table = new int[16];
    private int size;

    int size() {
        return size;
    }

    long key(int index) {
        return pairs[2 * index];
    }

    long value(int index) {
        return pairs[2 * index + 1];
    }

    /** Whether {@code key} is there, with this or only with another value. */
    SeenCalls.Verdict find(long key, long value) {
        SeenCalls.Verdict verdict = SeenCalls.Verdict.NEW;
        for (int slot = slot(key); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            int index = table[slot] - 1;
            if (key(index) == key) {
                if (value(index) == value) {
                    return SeenCalls.Verdict.DUPLICATE;
                }
                verdict = SeenCalls.Verdict.CONFLICT;
            }
        }
        return verdict;
    }

    /** Where {@code key} is, or -1. */
    int indexOf(long key) {
        for (int slot = slot(key); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            if (key(table[slot] - 1) == key) {
                return table[slot] - 1;
            }
        }
        return -1;
    }

    void set(int index, long value) {
        pairs[2 * index + 1] = value;
    }

    void add(long key, long value) {
        if (2 * size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * pairs.length);
        }
        if (2 * (size + 1) > table.length) {
            grow();
        }
        pairs[2 * size] = key;
        pairs[2 * size + 1] = value;
        size++;
        enter(size);
    }

    private void grow() {
        table = new int[2 * table.length];
        for (int i = 1; i <= size; i++) {
            enter(i);
        }
    }

    private void enter(int number) {
        int slot = slot(key(number - 1));
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = number;
    }

    private int slot(long key) {
        return (int) (key >>> 32) & (table.length - 1);
    }
}
