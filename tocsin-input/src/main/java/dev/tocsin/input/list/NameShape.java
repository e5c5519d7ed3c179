package dev.tocsin.input.list;

import org.jspecify.annotations.Nullable;

/** What a name on a list looks like. */
final class NameShape {

    /** Characters of the longest name (RFC 1035). */
    private static final int LONGEST_NAME = 253;

    /** Characters of the longest label (RFC 1035). */
    private static final int LONGEST_LABEL = 63;

    private NameShape() {}

    /** The name that a wildcard or a leading dot stands before: both mean it and all below, as every entry does. */
    static String base(String value) {
        if (value.startsWith("*.")) {
            return value.substring(2);
        }
        return value.startsWith(".") ? value.substring(1) : value;
    }

    /** Why {@code name} is no name, or null. */
    static @Nullable String fault(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return name.isEmpty() ? "an empty name" : "a name has at most 253 characters";
        }
        int label = 0;
        for (int i = 0; i <= name.length(); i++) {
            char c = i == name.length() ? '.' : name.charAt(i);
            if (c != '.') {
                label++;
                if (!allowed(c)) {
                    return "neither address nor name";
                }
            } else if (label == 0 || label > LONGEST_LABEL) {
                return "a label has 1 to 63 characters";
            } else {
                label = 0;
            }
        }
        return null;
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }
}
