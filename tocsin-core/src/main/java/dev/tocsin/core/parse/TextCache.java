package dev.tocsin.core.parse;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts met lately, so that what a log repeats in each record is made once. One slot a digest, the latest stays. */
final class TextCache {

    private static final int SLOTS = 4096;
    private static final int LONGEST = 128;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final @Nullable String[] texts = new String[SLOTS];

    /** The text of ASCII {@code bytes[from, to)}. */
    String of(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        }
        int slot = slot(bytes, from, to);
        String kept = texts[slot];
        if (kept != null && same(kept, bytes, from, length)) {
            return kept;
        }
        String fresh = new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        texts[slot] = fresh;
        return fresh;
    }

    private static int slot(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            hash = Long.rotateLeft((hash ^ JsonBytes.word(bytes, at)) * FACTOR, 29);
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * FACTOR;
        }
        hash ^= hash >>> 32;
        return (int) ((hash * FACTOR) >>> 52) & (SLOTS - 1);
    }

    private static boolean same(String text, byte[] bytes, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }
}
