package dev.tocsin.core.parse;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts made once: the few account, interface and instance ids of a log, found again by their bytes. */
final class ByteNames {

    /** Texts held at most; beyond that all are forgotten and made anew. */
    static final int MAX_NAMES = 16_384;

    private static final int SLOTS = 2 * MAX_NAMES;
    private static final int FIRST_SLOTS = 64;

    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;

    private byte[][] keys = new byte[FIRST_SLOTS][];
    private @Nullable String[] texts = new String[FIRST_SLOTS];
    private int size;

    /** The text of {@code bytes[from, to)}, always the same object while it is held. */
    String text(byte[] bytes, int from, int to) {
        int slot = slot(digest(bytes, from, to));
        for (String known = texts[slot]; known != null; known = texts[slot]) {
            byte[] key = keys[slot];
            if (key.length == to - from && Arrays.equals(key, 0, key.length, bytes, from, to)) {
                return known;
            }
            slot = (slot + 1) & (texts.length - 1);
        }
        return add(Arrays.copyOfRange(bytes, from, to));
    }

    private String add(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        if (2 * (size + 1) > texts.length) {
            grow();
        }
        place(key, text);
        size++;
        return text;
    }

    private void grow() {
        byte[][] oldKeys = keys;
        @Nullable String[] oldTexts = texts;
        boolean full = texts.length >= SLOTS;
        int slots = full ? FIRST_SLOTS : 2 * texts.length;
        keys = new byte[slots][];
        texts = new String[slots];
        if (full) {
            size = 0;
            return;
        }
        for (int i = 0; i < oldTexts.length; i++) {
            String text = oldTexts[i];
            if (text != null) {
                place(oldKeys[i], text);
            }
        }
    }

    private void place(byte[] key, String text) {
        int slot = slot(digest(key, 0, key.length));
        while (texts[slot] != null) {
            slot = (slot + 1) & (texts.length - 1);
        }
        keys[slot] = key;
        texts[slot] = text;
    }

    /** A cheap digest of an id: its first, middle and last eight bytes. Ids are AWS's own, made without malice. */
    private static long digest(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < Long.BYTES) {
            return ContentHash.of(bytes, from, to);
        }
        long ends = JsonBytes.word(bytes, from) * FACTOR + JsonBytes.word(bytes, to - Long.BYTES);
        long middle = JsonBytes.word(bytes, from + (length - Long.BYTES) / 2);
        return (Long.rotateLeft(ends, 27) ^ middle ^ length) * FACTOR;
    }

    private int slot(long hash) {
        return (int) (hash >>> 40 ^ hash >>> 20) & (texts.length - 1);
    }
}
