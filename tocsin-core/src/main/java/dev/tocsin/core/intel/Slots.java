package dev.tocsin.core.intel;

/** An open-addressing table from 32 bits of a hash to the number of a key; its owner compares the keys. */
final class Slots {

    /** Of ten slots at most so many are used: short walks against memory. */
    private static final int MOST_USED_OF_TEN = 7;

    /** Each the hash above, the key's number plus one below; 0 is free. */
    private long[] slots = new long[16];

    private int size;

    int start(long hash) {
        return (int) hash & (slots.length - 1);
    }

    int after(int position) {
        return (position + 1) & (slots.length - 1);
    }

    boolean used(int position) {
        return slots[position] != 0;
    }

    /** Whether the slot was taken under this hash: nearly always the key then is the same. */
    boolean holds(int position, long hash) {
        return (int) (slots[position] >>> 32) == (int) hash;
    }

    int key(int position) {
        return (int) slots[position] - 1;
    }

    /** Enters key number {@code key}, which is not there yet. */
    void add(long hash, int key) {
        if (10L * (size + 1) > (long) MOST_USED_OF_TEN * slots.length) {
            grow();
        }
        enter(hash << 32 | (key + 1));
        size++;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long slot : old) {
            if (slot != 0) {
                enter(slot);
            }
        }
    }

    private void enter(long slot) {
        int position = start(slot >>> 32);
        while (slots[position] != 0) {
            position = after(position);
        }
        slots[position] = slot;
    }

    long bytes() {
        return 8L * slots.length;
    }
}
