package dev.tocsin.core.parse;

import dev.tocsin.core.event.Identity;

/**
 * Identities met lately, found by their bytes without looking for their end first: identities that begin alike mostly are
 * of one length.
 */
final class KnownIdentities {

    private static final int IDENTITIES = 8 * 1024;
    private static final int LENGTHS = 1024;
    private static final int HEAD = 64;

    private final ByteCache<Identity> cache = new ByteCache<>(IDENTITIES);
    private final int[] lengths = new int[LENGTHS];
    private Identity found = Identity.NONE;

    /** The place behind the identity that begins at {@code from} if it is known, then {@link #found}; else -1. */
    int find(byte[] bytes, int from, int limit) {
        if (limit - from < HEAD) {
            return -1;
        }
        int to = from + lengths[head(bytes, from)];
        if (to == from || to > limit) {
            return -1;
        }
        Identity identity = cache.get(bytes, from, to, ContentHash.of(bytes, from, to));
        if (identity == null) {
            return -1;
        }
        found = identity;
        return to;
    }

    /** What {@link #find} found. */
    Identity found() {
        return found;
    }

    /** Remembers the identity between two places. */
    void add(byte[] bytes, int from, int to, Identity identity) {
        if (to - from >= HEAD) {
            cache.put(bytes, from, to, ContentHash.of(bytes, from, to), identity);
            lengths[head(bytes, from)] = to - from;
        }
    }

    private static int head(byte[] bytes, int from) {
        return (int) ContentHash.of(bytes, from, from + HEAD) & (LENGTHS - 1);
    }
}
