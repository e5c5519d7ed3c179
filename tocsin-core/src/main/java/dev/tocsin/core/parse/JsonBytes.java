package dev.tocsin.core.parse;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Passes over JSON in a byte array without reading it, eight bytes at a time. */
public final class JsonBytes {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    static final long HIGHS = 0x8080_8080_8080_8080L;
    private static final long QUOTES = ONES * '"';
    private static final long BLANKS = ONES * ' ';
    private static final long LINE_FEEDS = ONES * '\n';
    private static final long BACKSLASHES = ONES * '\\';

    private JsonBytes() {}

    /** The eight bytes at {@code at}, the first lowest. */
    static long word(byte[] bytes, int at) {
        return (long) WORDS.get(bytes, at);
    }

    /**
     * The number of the first of eight bytes whose highest bit {@code hit} has, at least one of which it has. By a product:
     * the bit's distance from the lowest byte shifts the factor's bytes, which are their own numbers, to the top.
     */
    static int firstByte(long hit) {
        return (int) ((((hit & -hit) >>> 7) * 0x0001_0203_0405_0607L) >>> 56);
    }

    /** The place of the first quote or backslash from {@code from} on, or {@code limit}. */
    public static int stringStop(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + 8 <= limit; at += 8) {
            long word = word(bytes, at);
            long quotes = word ^ QUOTES;
            long slashes = word ^ BACKSLASHES;
            long hit = (((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes)) & HIGHS;
            if (hit != 0) {
                return at + firstByte(hit);
            }
        }
        while (at < limit && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Whether all bytes are ASCII. */
    static boolean isAscii(byte[] bytes, int from, int to) {
        long all = 0;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            all |= word(bytes, at);
        }
        for (; at < to; at++) {
            all |= bytes[at];
        }
        return (all & HIGHS) == 0;
    }

    /**
     * The place of the first byte from {@code from} on that is a quote, a backslash, a control character or not ASCII, or
     * {@code limit}.
     */
    static int plainStop(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + 8 <= limit; at += 8) {
            long word = word(bytes, at);
            long quotes = word ^ QUOTES;
            long slashes = word ^ BACKSLASHES;
            long hit = (((quotes - ONES) & ~quotes) | ((slashes - ONES) & ~slashes) | ((word - BLANKS) & ~word) | word)
                    & HIGHS;
            if (hit != 0) {
                return at + firstByte(hit);
            }
        }
        while (at < limit && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The place of the first line feed from {@code from} on, or {@code limit}. */
    public static int lineEnd(byte[] bytes, int from, int limit) {
        int at = from;
        for (; at + 8 <= limit; at += 8) {
            long feeds = word(bytes, at) ^ LINE_FEEDS;
            long hit = (feeds - ONES) & ~feeds & HIGHS;
            if (hit != 0) {
                return at + firstByte(hit);
            }
        }
        while (at < limit && bytes[at] != '\n') {
            at++;
        }
        return at;
    }

    /** Whether {@code b} is JSON white space. */
    public static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** The place of the first byte from {@code from} on that is not white space, or {@code limit}. */
    public static int skipBlanks(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /** Whether {@code text}, which is ASCII, stands at {@code at}. */
    public static boolean startsWith(byte[] bytes, int at, int limit, String text) {
        if (limit - at < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether {@code text} stands at {@code at}. */
    static boolean startsWith(byte[] bytes, int at, int limit, byte[] text) {
        return limit - at >= text.length && same(text, bytes, at, at + text.length);
    }

    /** Whether the bytes between two places are those of {@code text}. */
    static boolean same(byte[] text, byte[] bytes, int from, int to) {
        int length = text.length;
        if (to - from != length) {
            return false;
        }
        int last = length - 8;
        if (last < 0) {
            for (int i = 0; i < length; i++) {
                if (text[i] != bytes[from + i]) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < last; i += 8) {
            if (word(text, i) != word(bytes, from + i)) {
                return false;
            }
        }
        return word(text, last) == word(bytes, from + last);
    }

    /** A copy of the JSON text without the white space between its tokens. */
    static byte[] compact(byte[] bytes, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (inString && b == '\\' && i + 1 < to) {
                out[length++] = b;
                b = bytes[++i];
            } else if (b == '"') {
                inString = !inString;
            } else if (!inString && isBlank(b)) {
                continue;
            }
            out[length++] = b;
        }
        return length == out.length ? out : Arrays.copyOf(out, length);
    }
}
