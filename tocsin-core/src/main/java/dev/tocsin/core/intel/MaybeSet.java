package dev.tocsin.core.intel;

/**
 * A Bloom filter whose bits for one key lie in one word: it answers <em>no</em> for nearly every value that is not there,
 * from memory that stays in the processor's cache.
 */
final class MaybeSet {

    /** Bits a key: one value of about a hundred that are not there is looked up in vain. */
    private static final int BITS_A_KEY = 16;

    private final long[] words;

    MaybeSet(int keys) {
        int needed = (int) Math.max(1, (long) keys * BITS_A_KEY / Long.SIZE);
        this.words = new long[Integer.highestOneBit(2 * needed - 1)];
    }

    void add(long hash) {
        words[word(hash)] |= bits(hash);
    }

    boolean maybe(long hash) {
        long bits = bits(hash);
        return (words[word(hash)] & bits) == bits;
    }

    private int word(long hash) {
        return (int) (hash >>> 32) & (words.length - 1);
    }

    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
    }

    long bytes() {
        return 8L * words.length;
    }
}
