package dev.tocsin.core.parse;

/**
 * Finds where a JSON value ends, in as many pieces as it comes. It counts brackets and knows strings; it does not check
 * the rest of the grammar, which is the reader's business.
 */
public final class ValueScanner {

    /** The value goes on behind the bytes given. */
    public static final int MORE = -1;

    /** What stands here is no JSON: text outside of strings that is no literal. */
    public static final int BROKEN = -2;

    private static final boolean[] LITERAL = literalBytes();

    private int depth;
    private int deepest;
    private int resume;
    private boolean inString;
    private boolean inLiteral;

    /** Begins with a new value. */
    public void start() {
        depth = 0;
        deepest = 0;
        inString = false;
        inLiteral = false;
    }

    /** Deepest nesting met so far. */
    public int deepest() {
        return deepest;
    }

    /** After {@link #MORE}: the first byte not yet passed; the next scan begins there. */
    public int resume() {
        return resume;
    }

    /** Whether a literal at the very end of the input is a whole value. */
    public boolean endsAsLiteral() {
        return inLiteral && depth == 0;
    }

    /** The place behind the value, {@link #MORE} or {@link #BROKEN}. */
    public int scan(byte[] bytes, int from, int limit) {
        int at = from;
        while (at < limit) {
            if (inString) {
                at = string(bytes, at, limit);
                if (inString) {
                    break;
                }
                if (depth == 0) {
                    return at;
                }
                continue;
            }
            byte b = bytes[at];
            if (inLiteral && depth == 0 && !isLiteral(b)) {
                return at;
            }
            at++;
            if (!outside(b)) {
                return BROKEN;
            }
            if (depth == 0 && (b == '}' || b == ']')) {
                return at;
            }
        }
        resume = at;
        return MORE;
    }

    private int string(byte[] bytes, int from, int limit) {
        int at = JsonBytes.stringStop(bytes, from, limit);
        while (at < limit && bytes[at] == '\\') {
            if (at + 1 >= limit) {
                return at;
            }
            at = JsonBytes.stringStop(bytes, at + 2, limit);
        }
        if (at >= limit) {
            return at;
        }
        inString = false;
        return at + 1;
    }

    private boolean outside(byte b) {
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> deepest = Math.max(deepest, ++depth);
            case '}', ']' -> depth--;
            case ',', ':' -> inLiteral = false;
            case ' ', '\n', '\r', '\t' -> {}
            default -> {
                inLiteral = true;
                return isLiteral(b);
            }
        }
        return depth >= 0;
    }

    private static boolean isLiteral(byte b) {
        return b >= 0 && LITERAL[b];
    }

    private static boolean[] literalBytes() {
        boolean[] table = new boolean[128];
        for (char c : "0123456789+-.eEtrufalsnN".toCharArray()) {
            table[c] = true;
        }
        return table;
    }
}
