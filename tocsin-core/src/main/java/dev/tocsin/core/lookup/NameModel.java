package dev.tocsin.core.lookup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * How much a label looks generated rather than chosen: logistic regression over its runs of two to four characters and its
 * length. Trained by tocsin-bench/dga/train.py; docs/dga.md says on what, and how the resource is written.
 */
public final class NameModel {

    /** Units of one logit. */
    public static final int UNIT = 64;

    private static final String RESOURCE = "name-model.bin";
    private static final String HEAD = "tocsin-name-model 1 buckets=8192 unit=1/64 bias=";
    private static final int BUCKETS = 8192;

    /** Characters of a label that count. */
    private static final int LONGEST = 40;

    private static final int FNV_START = 0x811C9DC5;
    private static final int FNV_STEP = 0x01000193;

    private static final byte[] WEIGHTS;
    private static final int BIAS;

    static {
        byte[] file = load();
        int end = file.length - BUCKETS;
        String head = new String(file, 0, Math.max(0, end), StandardCharsets.US_ASCII);
        if (!head.startsWith(HEAD)) {
            throw new IllegalStateException(RESOURCE + " is of another version than this program: " + head);
        }
        BIAS = Integer.parseInt(head.substring(HEAD.length()).strip());
        WEIGHTS = new byte[BUCKETS];
        System.arraycopy(file, end, WEIGHTS, 0, BUCKETS);
    }

    private NameModel() {}

    private static byte[] load() {
        try (InputStream in = NameModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The logit, in {@link #UNIT}ths, that {@code label} was generated, if as many are generated as not. Labels of other
     * scripts (Punycode) are neither.
     */
    public static int score(String label) {
        if (label.startsWith("xn--")) {
            return 0;
        }
        int length = Math.min(label.length(), LONGEST);
        int score = BIAS + WEIGHTS[place(lengthHash(length))];
        for (int size = 2; size <= 4; size++) {
            for (int from = -1; from + size <= length + 1; from++) {
                int hash = FNV_START;
                for (int i = from; i < from + size; i++) {
                    hash = (hash ^ character(label, i, length)) * FNV_STEP;
                }
                score += WEIGHTS[place(hash)];
            }
        }
        return score;
    }

    private static int character(String label, int i, int length) {
        return i < 0 ? '^' : i >= length ? '$' : label.charAt(i) < 128 ? label.charAt(i) : '?';
    }

    private static int lengthHash(int length) {
        int hash = (FNV_START ^ '#') * FNV_STEP;
        if (length >= 10) {
            hash = (hash ^ ('0' + length / 10)) * FNV_STEP;
        }
        return (hash ^ ('0' + length % 10)) * FNV_STEP;
    }

    private static int place(int hash) {
        return (hash ^ (hash >>> 15)) & (BUCKETS - 1);
    }
}
