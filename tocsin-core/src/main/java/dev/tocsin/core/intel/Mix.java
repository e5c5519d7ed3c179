package dev.tocsin.core.intel;

/** The hash functions of the tables: quick, the same in every run, always verified against the key itself. */
final class Mix {

    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;
    private static final long FINAL = 0xFF51_AFD7_ED55_8CCDL;

    private Mix() {}

    /** A text's running hash with one more character before it: texts are hashed from their end. */
    static long before(long hash, char c) {
        return hash * STEP + c;
    }

    /** The hash of {@code text} from {@code from} to its end. */
    static long text(String text, int from) {
        long hash = 0;
        for (int i = text.length() - 1; i >= from; i--) {
            hash = before(hash, text.charAt(i));
        }
        return finish(hash);
    }

    /** The hash of a network. */
    static long network(long high, long low, int prefix) {
        return finish((high * STEP ^ low) * STEP + prefix);
    }

    /** Spreads a running hash over all bits. */
    static long finish(long hash) {
        long mixed = (hash ^ (hash >>> 32)) * FINAL;
        return mixed ^ (mixed >>> 29);
    }
}
