package dev.tocsin.input.inflate;

/** The header of a gzip member (RFC 1952). */
final class GzipHeader {

    private static final int FIXED = 10;
    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private GzipHeader() {}

    /** Whether a member begins at {@code at}. */
    static boolean begins(byte[] packed, int at, int length) {
        return length - at >= 3 && packed[at] == 0x1f && packed[at + 1] == (byte) 0x8b && packed[at + 2] == 8;
    }

    /** Where the deflate data of the member at {@code at} begin, or -1 if the header is cut off. */
    static int end(byte[] packed, int at, int length) {
        if (length - at < FIXED) {
            return -1;
        }
        int flags = packed[at + 3];
        int end = at + FIXED;
        if ((flags & HAS_EXTRA) != 0) {
            end = length - end < 2 ? -1 : end + 2 + (packed[end] & 0xff) + ((packed[end + 1] & 0xff) << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            end = textEnd(packed, end, length);
        }
        if ((flags & HAS_COMMENT) != 0) {
            end = textEnd(packed, end, length);
        }
        if ((flags & HAS_CRC) != 0 && end >= 0) {
            end += 2;
        }
        return end > length ? -1 : end;
    }

    /** Bytes other than zeros from {@code at} on: padding does not count. */
    static int trailing(byte[] packed, int at, int length) {
        int count = 0;
        for (int i = at; i < length; i++) {
            count += packed[i] == 0 ? 0 : 1;
        }
        return count;
    }

    /** The little-endian number of four bytes at {@code at}. */
    static int number(byte[] packed, int at) {
        return (packed[at] & 0xff)
                | (packed[at + 1] & 0xff) << 8
                | (packed[at + 2] & 0xff) << 16
                | (packed[at + 3] & 0xff) << 24;
    }

    private static int textEnd(byte[] packed, int at, int length) {
        if (at < 0) {
            return -1;
        }
        for (int i = at; i < length; i++) {
            if (packed[i] == 0) {
                return i + 1;
            }
        }
        return -1;
    }
}
