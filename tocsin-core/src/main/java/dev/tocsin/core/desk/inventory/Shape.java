package dev.tocsin.core.desk.inventory;

import dev.tocsin.core.finding.Doc;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one thing in the two spellings AWS has for it: {@code InstanceId} and plain lists in describe answers, {@code
 * instanceId} and {@code {"items": […]}} or {@code {"item": …}} in CloudTrail.
 */
final class Shape {

    private Shape() {}

    /** The member called {@code name}, or the same beginning with a small letter. */
    static @Nullable Object any(Doc doc, String name) {
        Object value = doc.get(name);
        return value != null ? value : doc.get(Character.toLowerCase(name.charAt(0)) + name.substring(1));
    }

    /** A scalar as text, or null. */
    static @Nullable String text(Doc doc, String name) {
        Object value = any(doc, name);
        return value == null || value instanceof Doc || value instanceof List ? null : String.valueOf(value);
    }

    /** An object, or an empty one. */
    static Doc part(Doc doc, String name) {
        return any(doc, name) instanceof Doc part ? part : new Doc();
    }

    /** The objects of the first of {@code names} that is there. */
    static List<Doc> list(Doc doc, String... names) {
        return values(doc, names).stream()
                .filter(Doc.class::isInstance)
                .map(Doc.class::cast)
                .toList();
    }

    /** The texts of the first of {@code names} that is there. */
    static List<String> texts(Doc doc, String... names) {
        return values(doc, names).stream()
                .filter(value -> !(value instanceof Doc))
                .map(String::valueOf)
                .toList();
    }

    private static List<?> values(Doc doc, String... names) {
        for (String name : names) {
            Object value = any(doc, name);
            if (value instanceof Doc set) {
                value = set.get("items") != null ? set.get("items") : set.get("item");
                if (value instanceof Doc single) {
                    return List.of(single);
                }
            }
            if (value instanceof List<?> list) {
                return list;
            }
        }
        return List.of();
    }

    /** A time in epoch seconds, of ISO text or epoch milliseconds, or {@code absent}. */
    static long time(Doc doc, String name, long absent) {
        Object value = any(doc, name);
        if (value instanceof Long millis) {
            return Math.floorDiv(millis, 1000);
        }
        return value instanceof String text ? time(text, absent) : absent;
    }

    /** {@code text} in epoch seconds; offsets with and without a colon. */
    static long time(String text, long absent) {
        String iso = text.replace(' ', 'T').replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2");
        try {
            return iso.endsWith("Z")
                    ? Instant.parse(iso).getEpochSecond()
                    : OffsetDateTime.parse(iso).toEpochSecond();
        } catch (DateTimeParseException e) {
            return absent;
        }
    }
}
