package dev.tocsin.core.intel;

import java.util.Arrays;

/** Networks numbered from 0 in the order they came, each once; a single address is a network of {@link #SINGLE} bits. */
final class AddressTable {

    /** Prefix length of one address. */
    static final int SINGLE = 128;

    /** Bits before an IPv4 address in its mapped form. */
    static final int V4_BITS = 96;

    private final Slots slots = new Slots();
    private long[] highs = new long[16];
    private long[] lows = new long[16];
    private byte[] prefixes = new byte[16];
    private int[] heads = new int[16];
    private int size;
    private MaybeSet maybe = new MaybeSet(0);

    /** The number of a network whose host bits are zero, new or not. */
    int intern(long high, long low, int prefix) {
        int found = find(high, low, prefix);
        return found >= 0 ? found : append(high, low, prefix);
    }

    private int append(long high, long low, int prefix) {
        if (size == highs.length) {
            resize(size + size / 2);
        }
        highs[size] = high;
        lows[size] = low;
        prefixes[size] = (byte) prefix;
        heads[size] = EntryTable.NONE;
        slots.add(Mix.network(high, low, prefix), size);
        return size++;
    }

    /** The number of a network, or -1. */
    int find(long high, long low, int prefix) {
        long hash = Mix.network(high, low, prefix);
        for (int at = slots.start(hash); slots.used(at); at = slots.after(at)) {
            int key = slots.key(at);
            if (slots.holds(at, hash) && highs[key] == high && lows[key] == low && prefix(key) == prefix) {
                return key;
            }
        }
        return -1;
    }

    /** Whether the single address may be there; right after {@link #freeze} only. */
    boolean maybe(long high, long low) {
        return maybe.maybe(Mix.network(high, low, SINGLE));
    }

    long high(int key) {
        return highs[key];
    }

    long low(int key) {
        return lows[key];
    }

    int prefix(int key) {
        return prefixes[key] & 0xFF;
    }

    int head(int key) {
        return heads[key];
    }

    void head(int key, int entry) {
        heads[key] = entry;
    }

    int size() {
        return size;
    }

    /** The address, with its mask unless it is single. */
    String text(int key) {
        return new Network(highs[key], lows[key], prefix(key)).toString();
    }

    /** Gives back unused memory and makes the quick test. */
    void freeze() {
        resize(size);
        maybe = new MaybeSet(size);
        for (int key = 0; key < size; key++) {
            if (prefix(key) == SINGLE) {
                maybe.add(Mix.network(highs[key], lows[key], SINGLE));
            }
        }
    }

    private void resize(int length) {
        highs = Arrays.copyOf(highs, length);
        lows = Arrays.copyOf(lows, length);
        prefixes = Arrays.copyOf(prefixes, length);
        heads = Arrays.copyOf(heads, length);
    }

    long bytes() {
        return slots.bytes() + 21L * highs.length + maybe.bytes();
    }
}
