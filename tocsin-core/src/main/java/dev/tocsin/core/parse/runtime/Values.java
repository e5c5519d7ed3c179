package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Members of tools' objects, which write the same value now as a number, now as text. */
final class Values {

    private Values() {}

    /** The text of a value, or null if it is absent or a structure. */
    static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? null : text;
        }
        return value instanceof Long || value instanceof Boolean ? value.toString() : null;
    }

    /** The whole number of a value, decimal or hexadecimal, or {@code absent}. */
    static long number(@Nullable Object value, long absent) {
        if (value instanceof Long number) {
            return number;
        }
        if (!(value instanceof String text) || text.isEmpty()) {
            return absent;
        }
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    /** A process id, 0 if it is none. */
    static int pid(@Nullable Object value) {
        long number = number(value, 0);
        return number < 0 || number > Integer.MAX_VALUE ? 0 : (int) number;
    }

    /** A user, -1 if unknown; the kernel writes an unset one as the largest number of 32 bits. */
    static long user(@Nullable Object value) {
        long number = number(value, -1);
        return number < 0 || number >= 0xFFFF_FFFFL ? -1 : number;
    }

    /** A port, 0 if it is none. */
    static int port(@Nullable Object value) {
        long number = number(value, 0);
        return number < 0 || number > 65_535 ? 0 : (int) number;
    }

    /** An address, or null if it is none or nowhere. */
    static @Nullable Address address(@Nullable Object value) {
        String text = text(value);
        return text == null || text.equals("0.0.0.0") || text.equals("::") ? null : Address.parse(text);
    }

    /** Epoch milliseconds of an ISO time, 0 if it is none. */
    static long millis(@Nullable String iso) {
        if (iso == null) {
            return 0;
        }
        try {
            return Instant.parse(iso).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return 0;
        }
    }

    /** The objects of a list, none if it is no list. */
    static List<Doc> docs(@Nullable Object list) {
        List<Doc> docs = new ArrayList<>();
        if (list instanceof List<?> items) {
            for (Object item : items) {
                if (item instanceof Doc doc) {
                    docs.add(doc);
                }
            }
        }
        return docs;
    }

    /** The words of a list divided by blanks, or null if it is no list. */
    static @Nullable String words(@Nullable Object list) {
        return list instanceof List<?> words
                ? words.stream().filter(Objects::nonNull).map(Object::toString).collect(Collectors.joining(" "))
                : null;
    }

    /** The last part of a path. */
    static @Nullable String lastPart(@Nullable String path) {
        return path == null ? null : path.substring(path.lastIndexOf('/') + 1);
    }
}
