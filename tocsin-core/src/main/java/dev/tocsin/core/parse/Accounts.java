package dev.tocsin.core.parse;

import org.jspecify.annotations.Nullable;

/** Account ids as logs write them. */
final class Accounts {

    private static final int DIGITS = 12;
    private static final int LONGEST_NUMBER = 24;

    private Accounts() {}

    /** {@code text} with the leading zeros that a number lost; empty is null; what is no number stays as it is. */
    static @Nullable String normal(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (!isDigits(text)) {
            return fromDecimal(text);
        }
        return text.length() >= DIGITS ? text : "0".repeat(DIGITS - text.length()) + text;
    }

    /** A number that a tool wrote with a fraction or exponent, such as {@code 1.11122223333E11}. */
    private static String fromDecimal(String text) {
        char first = text.charAt(0);
        if (first < '0' || first > '9' || text.length() > LONGEST_NUMBER) {
            return text;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && value < 1e12 && value == Math.rint(value)) {
                String digits = Long.toString((long) value);
                return "0".repeat(DIGITS - digits.length()) + digits;
            }
            return text;
        } catch (NumberFormatException e) {
            return text;
        }
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
