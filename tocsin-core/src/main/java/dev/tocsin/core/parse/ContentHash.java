package dev.tocsin.core.parse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of records: a fast one that tells true duplicates, and a long one for records without an id. */
final class ContentHash {

    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int ID_BYTES = 16;

    private ContentHash() {}

    /** A 64-bit digest of bytes. */
    static long of(byte[] bytes, int from, int to) {
        long one = FACTOR ^ (to - from);
        if (to - from < 8) {
            long few = 0;
            for (int i = from; i < to; i++) {
                few = few << 8 | (bytes[i] & 0xff);
            }
            return mix((one ^ few) * FACTOR);
        }
        long two = ~FACTOR;
        for (int at = from; at + 16 < to; at += 16) {
            one = Long.rotateLeft((one ^ JsonBytes.word(bytes, at)) * FACTOR, 29);
            two = Long.rotateLeft((two ^ JsonBytes.word(bytes, at + 8)) * FACTOR, 31);
        }
        one = Long.rotateLeft((one ^ JsonBytes.word(bytes, Math.max(from, to - 16))) * FACTOR, 29);
        two = Long.rotateLeft((two ^ JsonBytes.word(bytes, to - 8)) * FACTOR, 31);
        return mix(one + Long.rotateLeft(two, 17) * FACTOR);
    }

    /** The digest of a JSON text that does not depend on white space between tokens. */
    static long ofJson(byte[] bytes, int from, int to) {
        byte[] compact = JsonBytes.compact(bytes, from, to);
        return of(compact, 0, compact.length);
    }

    /** What stands for the eventID of a record without one. */
    static String idOf(byte[] bytes, int from, int to) {
        byte[] compact = JsonBytes.compact(bytes, from, to);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(compact);
            return "hash:" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * FACTOR;
        return mixed ^ (mixed >>> 29);
    }
}
