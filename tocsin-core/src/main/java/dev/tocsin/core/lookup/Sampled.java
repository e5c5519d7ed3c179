package dev.tocsin.core.lookup;

/** Something of which a window keeps the ones with the smallest digests. */
abstract class Sampled {

    /** Tells it from others; not negative. */
    final long digest;

    Sampled(long digest) {
        this.digest = digest;
    }

    /** The digest of {@code text} from {@code from} on. */
    static long digest(String text, int from) {
        long hash = 0;
        for (int i = from; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x9E37_79B9_7F4A_7C15L;
            hash ^= hash >>> 29;
        }
        return mix(hash) >>> 1;
    }

    /** Spreads {@code value} over all bits. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xFF51_AFD7_ED55_8CCDL;
        return mixed ^ (mixed >>> 29);
    }
}
