package dev.tocsin.input.container;

import dev.tocsin.core.parse.ParseLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Copies a JSON value that is too large or too deeply nested, and leaves out what makes it so: long strings, of which
 * length and digest are left, and everything below {@link ParseLimits#MAX_DEPTH}, of which the empty shell is left.
 */
final class Elision {

    private static final int LONGEST_STRING = 8 * 1024;

    private final ByteWindow from;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int depth;
    private boolean cutDepth;
    private boolean cutStrings;

    private Elision(ByteWindow from) {
        this.from = from;
    }

    /** Copies the value at the window and passes it; null if it does not end or stays too large. */
    static @Nullable Elision of(ByteWindow from) throws IOException {
        Elision elision = new Elision(from);
        if (!elision.value()) {
            return null;
        }
        return elision;
    }

    /** The copy. */
    byte[] bytes() {
        return out.toByteArray();
    }

    /** Whether structure was left out, not long values alone. */
    boolean isFlattened() {
        return cutDepth;
    }

    /** What was left out of it. */
    String note() {
        if (cutDepth) {
            return "nested deeper than " + ParseLimits.MAX_DEPTH + ": parameters below that are left out";
        }
        return cutStrings ? "very large record: long values passed over unread" : "very large record";
    }

    private boolean value() throws IOException {
        while (true) {
            int b = from.peek();
            if (b < 0 || out.size() > ParseLimits.MAX_RECORD_BYTES) {
                return false;
            }
            if (b == '"') {
                if (!string()) {
                    return false;
                }
            } else {
                from.moveTo(from.at() + 1);
                structure(b);
            }
            if (depth == 0) {
                return true;
            }
        }
    }

    private void structure(int b) {
        if (b == '}' || b == ']') {
            depth--;
        }
        if (depth < ParseLimits.MAX_DEPTH) {
            out.write(b);
        }
        if (b == '{' || b == '[') {
            depth++;
            if (depth == ParseLimits.MAX_DEPTH) {
                cutDepth = true;
            }
        }
    }

    private boolean string() throws IOException {
        int start = out.size();
        long length = -1;
        long digest = 0;
        boolean escaped = false;
        boolean kept = depth < ParseLimits.MAX_DEPTH;
        ByteArrayOutputStream text = new ByteArrayOutputStream(64);
        int b = from.peek();
        do {
            from.moveTo(from.at() + 1);
            length++;
            if (text.size() <= LONGEST_STRING) {
                text.write(b);
            }
            digest = digest * 0x5851_F42D_4C95_7F2DL + b;
            if (length > 0 && b == '"' && !escaped) {
                return write(kept, text, length - 1, digest, start);
            }
            escaped = b == '\\' && !escaped;
            b = from.peek();
        } while (b >= 0);
        return false;
    }

    private boolean write(boolean kept, ByteArrayOutputStream text, long length, long digest, int start) {
        if (!kept) {
            return true;
        }
        if (length < LONGEST_STRING) {
            out.writeBytes(text.toByteArray());
            return true;
        }
        cutStrings = true;
        String left = "\"(" + length + " bytes not read, digest " + Long.toHexString(digest) + ")\"";
        out.writeBytes(left.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return out.size() > start;
    }
}
