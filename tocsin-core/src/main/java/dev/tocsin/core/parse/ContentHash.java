package dev.tocsin.core.parse;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of records: a fast one that tells true duplicates, and a long one for records without an id. */
public final class ContentHash {

    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    private static final int ID_BYTES = 16;

    private static final long NOT_ASCII = Long.MIN_VALUE;

    private ContentHash() {}

    /** A 63-bit digest of bytes; the highest bit says whether one of them is no ASCII, see {@link #isAscii}. */
    public static long of(byte[] bytes, int from, int to) {
        int length = to - from;
        long one = FACTOR ^ length;
        if (length < 8) {
            long few = 0;
            long signs = 0;
            for (int i = from; i < to; i++) {
                few = few << 8 | (bytes[i] & 0xff);
                signs |= bytes[i];
            }
            return digest((one ^ few) * FACTOR, signs);
        }
        long two = ~FACTOR;
        long all = 0;
        for (int at = from; at + 16 < to; at += 16) {
            long first = JsonBytes.word(bytes, at);
            long second = JsonBytes.word(bytes, at + 8);
            one = Long.rotateLeft((one ^ first) * FACTOR, 29);
            two = Long.rotateLeft((two ^ second) * FACTOR, 31);
            all |= first | second;
        }
        long first = JsonBytes.word(bytes, Math.max(from, to - 16));
        long second = JsonBytes.word(bytes, to - 8);
        one = Long.rotateLeft((one ^ first) * FACTOR, 29);
        two = Long.rotateLeft((two ^ second) * FACTOR, 31);
        return digest(one + Long.rotateLeft(two, 17) * FACTOR, (all | first | second) & JsonBytes.HIGHS);
    }

    /** Whether all bytes are ASCII of which {@code digest} is the digest. */
    static boolean isAscii(long digest) {
        return digest >= 0;
    }

    private static long digest(long value, long signs) {
        long mixed = mix(value) & ~NOT_ASCII;
        return signs == 0 ? mixed : mixed | NOT_ASCII;
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
