package dev.tocsin.core.intel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Texts numbered from 0 in the order they came, each once; held as bytes, found by hash. */
final class TextTable {

    private final Slots slots = new Slots();
    private byte[] pool = new byte[256];
    private int[] starts = new int[16];
    private int[] heads = new int[16];
    private int size;
    private MaybeSet maybe = new MaybeSet(0);

    /** The number of {@code text}, new or not; Latin-1 only. */
    int intern(String text) {
        long hash = Mix.text(text, 0);
        int found = find(text, 0, hash);
        return found >= 0 ? found : append(text, hash);
    }

    private int append(String text, long hash) {
        int start = starts[size];
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (start + bytes.length > pool.length) {
            pool = Arrays.copyOf(pool, Math.addExact(start + bytes.length, pool.length / 2));
        }
        System.arraycopy(bytes, 0, pool, start, bytes.length);
        if (size + 2 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length + starts.length / 2);
            heads = Arrays.copyOf(heads, starts.length);
        }
        starts[size + 1] = start + bytes.length;
        heads[size] = EntryTable.NONE;
        slots.add(hash, size);
        return size++;
    }

    /** The number of the text that {@code text} holds from {@code from} on, or -1. */
    int find(String text, int from, long hash) {
        for (int at = slots.start(hash); slots.used(at); at = slots.after(at)) {
            if (slots.holds(at, hash) && equal(slots.key(at), text, from)) {
                return slots.key(at);
            }
        }
        return -1;
    }

    private boolean equal(int key, String text, int from) {
        int start = starts[key];
        int length = starts[key + 1] - start;
        if (length != text.length() - from) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if ((pool[start + i] & 0xFF) != text.charAt(from + i)) {
                return false;
            }
        }
        return true;
    }

    String text(int key) {
        return new String(pool, starts[key], starts[key + 1] - starts[key], StandardCharsets.ISO_8859_1);
    }

    /** The first entry of a text's chain. */
    int head(int key) {
        return heads[key];
    }

    void head(int key, int entry) {
        heads[key] = entry;
    }

    /** Whether a text with this hash may be there; right after {@link #freeze} only. */
    boolean maybe(long hash) {
        return maybe.maybe(hash);
    }

    int size() {
        return size;
    }

    /** Gives back unused memory and makes the quick test. */
    void freeze() {
        pool = Arrays.copyOf(pool, starts[size]);
        starts = Arrays.copyOf(starts, size + 1);
        heads = Arrays.copyOf(heads, size);
        maybe = new MaybeSet(size);
        for (int key = 0; key < size; key++) {
            maybe.add(hash(key));
        }
    }

    private long hash(int key) {
        long hash = 0;
        for (int i = starts[key + 1] - 1; i >= starts[key]; i--) {
            hash = Mix.before(hash, (char) (pool[i] & 0xFF));
        }
        return Mix.finish(hash);
    }

    long bytes() {
        return slots.bytes() + pool.length + 4L * (starts.length + heads.length) + maybe.bytes();
    }
}
