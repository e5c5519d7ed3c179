package dev.tocsin.server.api.contract;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What bounds a value.
 *
 * @param min least value of a number, characters of a text, entries of a list or map
 * @param max the most of the same
 * @param pattern what a text looks like as a whole, or null
 * @param values the texts allowed; empty: any
 */
public record Limits(long min, long max, @Nullable Pattern pattern, List<String> values) {

    /** No limits. */
    public static final Limits NONE = new Limits(Long.MIN_VALUE, Long.MAX_VALUE, null, List.of());

    /** Whether {@code number}, a value or a size, is within the bounds. */
    public boolean holds(long number) {
        return number >= min && number <= max;
    }

    /** What is allowed, for a message: {@code between 1 and 50}, {@code one of NOOP, ARCHIVE}. */
    String inWords(String unit) {
        if (!values.isEmpty()) {
            return "one of " + String.join(", ", values);
        }
        if (min == Long.MIN_VALUE) {
            return "at most " + max + unit;
        }
        return max == Long.MAX_VALUE ? "at least " + min + unit : "between " + min + " and " + max + unit;
    }
}
