package dev.tocsin.core.parse;

/**
 * Passes over compact JSON values and checks their grammar on the way. Anything unusual (white space between tokens, deep
 * nesting, odd numbers) is left to the library: the answer is {@link #UNUSUAL} then.
 */
final class JsonSkipper {

    /** The value is for the library to judge, or goes on behind the limit. */
    static final int UNUSUAL = -1;

    private static final int DEEPEST = 60;
    private static final int LONGEST_NUMBER = 18;

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private JsonSkipper() {}

    /** The place behind the value at {@code from}, or {@link #UNUSUAL}. */
    static int value(byte[] bytes, int from, int limit) {
        int at = from;
        long objects = 0;
        int depth = 0;
        while (at >= 0 && at < limit) {
            byte b = bytes[at];
            if (b == '{' || b == '[') {
                depth++;
                objects = objects << 1 | (b == '{' ? 1 : 0);
                at++;
                if (depth > DEEPEST || at >= limit) {
                    return UNUSUAL;
                }
                if (bytes[at] != (b == '{' ? '}' : ']')) {
                    at = b == '{' ? key(bytes, at, limit) : at;
                    continue;
                }
            } else {
                at = b == '"' ? string(bytes, at + 1, limit) : literal(bytes, at, limit);
            }
            while (at >= 0 && depth > 0) {
                if (at >= limit) {
                    return UNUSUAL;
                }
                byte end = bytes[at++];
                boolean inObject = (objects & 1) != 0;
                if (end == ',') {
                    at = inObject ? key(bytes, at, limit) : at;
                    break;
                }
                if (end != (inObject ? '}' : ']')) {
                    return UNUSUAL;
                }
                objects >>>= 1;
                depth--;
            }
            if (depth == 0) {
                return at;
            }
        }
        return UNUSUAL;
    }

    private static int key(byte[] bytes, int from, int limit) {
        if (from >= limit || bytes[from] != '"') {
            return UNUSUAL;
        }
        int end = string(bytes, from + 1, limit);
        boolean usual = end - from <= ParseLimits.MAX_MEMBER_NAME && end >= 0 && end < limit && bytes[end] == ':';
        return usual ? end + 1 : UNUSUAL;
    }

    /** The place behind the string whose content begins at {@code from}. */
    static int string(byte[] bytes, int from, int limit) {
        int at = JsonBytes.stringStop(bytes, from, limit);
        while (at < limit && bytes[at] == '\\') {
            int next = escape(bytes, at + 1, limit);
            if (next < 0) {
                return UNUSUAL;
            }
            at = JsonBytes.stringStop(bytes, next, limit);
        }
        return at >= limit ? UNUSUAL : at + 1;
    }

    private static int escape(byte[] bytes, int at, int limit) {
        if (at >= limit) {
            return UNUSUAL;
        }
        return switch (bytes[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
            case 'u' -> hex(bytes, at + 1, limit);
            default -> UNUSUAL;
        };
    }

    private static int hex(byte[] bytes, int from, int limit) {
        if (from + 4 > limit) {
            return UNUSUAL;
        }
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return UNUSUAL;
            }
        }
        return from + 4;
    }

    /** The place behind true, false, null or a plain whole number. */
    static int literal(byte[] bytes, int from, int limit) {
        return switch (bytes[from]) {
            case 't' -> word(bytes, from, limit, TRUE);
            case 'f' -> word(bytes, from, limit, FALSE);
            case 'n' -> word(bytes, from, limit, NULL);
            default -> number(bytes, from, limit);
        };
    }

    private static int word(byte[] bytes, int from, int limit, byte[] word) {
        int end = from + word.length;
        return JsonBytes.startsWith(bytes, from, limit, word) && ends(bytes, end, limit) ? end : UNUSUAL;
    }

    private static int number(byte[] bytes, int from, int limit) {
        int first = bytes[from] == '-' ? from + 1 : from;
        int at = first;
        while (at < limit && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        int digits = at - first;
        boolean plain = digits > 0 && digits <= LONGEST_NUMBER && (digits == 1 || bytes[first] != '0');
        return plain && ends(bytes, at, limit) ? at : UNUSUAL;
    }

    private static boolean ends(byte[] bytes, int at, int limit) {
        return at < limit && (bytes[at] == ',' || bytes[at] == '}' || bytes[at] == ']');
    }
}
