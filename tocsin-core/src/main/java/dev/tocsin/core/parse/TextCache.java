package dev.tocsin.core.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts met lately, so that what a log repeats in each record is made once. One slot a digest, the latest stays. */
final class TextCache {

    private static final int SLOTS = 4096;
    private static final int LONGEST = 128;
    private static final int WORD = 8;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private final @Nullable Entry[] entries = new Entry[SLOTS];

    /** The text of ASCII {@code bytes[from, to)}. */
    String of(byte[] bytes, int from, int to) {
        if (to - from > LONGEST) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        int slot = slot(bytes, from, to);
        Entry kept = entries[slot];
        if (kept != null && Arrays.equals(kept.bytes, 0, kept.bytes.length, bytes, from, to)) {
            return kept.text;
        }
        Entry fresh = new Entry(Arrays.copyOfRange(bytes, from, to));
        entries[slot] = fresh;
        return fresh.text;
    }

    private static int slot(byte[] bytes, int from, int to) {
        long hash = (long) to - from;
        if (hash >= WORD) {
            for (int at = from; at + WORD < to; at += WORD) {
                hash = Long.rotateLeft((hash ^ JsonBytes.word(bytes, at)) * FACTOR, 29);
            }
            hash ^= JsonBytes.word(bytes, to - WORD);
        } else {
            for (int at = from; at < to; at++) {
                hash = (hash << 8) ^ bytes[at];
            }
        }
        hash *= FACTOR;
        return (int) (((hash ^ (hash >>> 29)) * FACTOR) >>> 52) & (SLOTS - 1);
    }

    /** One text and its bytes. */
    private static final class Entry {
        private final byte[] bytes;
        private final String text;

        Entry(byte[] bytes) {
            this.bytes = bytes;
            this.text = new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
