package dev.tocsin.input.container;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * What the Kinesis Producer Library packs into one record: a magic number, a protocol buffer whose field 3 repeats, each
 * with the user's record in its field 3, and the MD5 of the buffer.
 */
final class AggregatedRecord {

    private static final byte[] MAGIC = {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2};
    private static final int DIGEST_BYTES = 16;
    private static final int RECORDS = 3;
    private static final int DATA = 3;
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED_32 = 5;

    private final byte[] bytes;
    private int at;
    private final int end;

    private AggregatedRecord(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** Whether {@code bytes} are such a record, and whole. */
    static boolean is(byte[] bytes) {
        if (bytes.length < MAGIC.length + DIGEST_BYTES
                || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return false;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            int to = bytes.length - DIGEST_BYTES;
            digest.update(bytes, MAGIC.length, to - MAGIC.length);
            return Arrays.equals(digest.digest(), Arrays.copyOfRange(bytes, to, bytes.length));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    /**
     * Gives the places from and to of each user's record to {@code data}.
     *
     * @throws IllegalArgumentException if the buffer is none
     */
    static void each(byte[] bytes, BiConsumer<Integer, Integer> data) {
        new AggregatedRecord(bytes, MAGIC.length, bytes.length - DIGEST_BYTES)
                .fields(RECORDS, (from, to) -> new AggregatedRecord(bytes, from, to).fields(DATA, data));
    }

    private void fields(int wanted, BiConsumer<Integer, Integer> found) {
        while (at < end) {
            long tag = varint();
            switch ((int) tag & 7) {
                case VARINT -> varint();
                case FIXED_64 -> skip(8);
                case FIXED_32 -> skip(4);
                case LENGTH -> {
                    long length = varint();
                    int from = at;
                    skip(length);
                    if (tag >>> 3 == wanted) {
                        found.accept(from, at);
                    }
                }
                default -> throw new IllegalArgumentException("no protocol buffer");
            }
        }
    }

    private void skip(long count) {
        if (count < 0 || count > end - at) {
            throw new IllegalArgumentException("a field is longer than the record");
        }
        at += (int) count;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && at < end; shift += 7) {
            byte b = bytes[at];
            at++;
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }
}
