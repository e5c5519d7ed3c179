package dev.tocsin.core.parse;

/** Blanks between the fields of a line: space, tab, carriage return and every other control character. */
final class Blanks {

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long FIRST_VISIBLE = '!' * ONES;

    private Blanks() {}

    /** Whether {@code b} is a blank. */
    static boolean is(byte b) {
        return b >= 0 && b <= ' ';
    }

    /** The place of the next blank from {@code at} on, or {@code to}; eight bytes at a time. */
    static int next(byte[] bytes, int at, int to) {
        int place = at;
        while (place + Long.BYTES <= to) {
            long word = JsonBytes.word(bytes, place);
            long blanks = (word - FIRST_VISIBLE) & ~word & HIGH_BITS;
            if (blanks != 0) {
                return place + JsonBytes.firstByte(blanks);
            }
            place += Long.BYTES;
        }
        while (place < to && !is(bytes[place])) {
            place++;
        }
        return place;
    }

    /** The place of the next visible byte from {@code at} on, or {@code to}. */
    static int skip(byte[] bytes, int at, int to) {
        int place = at;
        while (place < to && is(bytes[place])) {
            place++;
        }
        return place;
    }

    /** The end of {@code bytes[from, to)} without blanks at its end. */
    static int trimmed(byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && is(bytes[end - 1])) {
            end--;
        }
        return end;
    }
}
