package dev.tocsin.input.list;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row under a header; names are compared without case, blanks and signs. */
final class CsvRow {

    private final Map<String, Integer> places;
    private final List<String> cells;
    private final long line;

    CsvRow(Map<String, Integer> places, List<String> cells, long line) {
        this.places = places;
        this.cells = cells;
        this.line = line;
    }

    /** The places of the columns a header names. */
    static Map<String, Integer> places(List<String> header) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            places.putIfAbsent(key(header.get(i)), i);
        }
        return places;
    }

    /** {@code first_seen_utc} and {@code First seen UTC} are one. */
    static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** The cell under the first of {@code names} that the header has, or null if it is absent or empty. */
    @Nullable
    String get(String... names) {
        for (String name : names) {
            Integer place = places.get(key(name));
            if (place != null) {
                return place < cells.size() ? Details.text(cells.get(place)) : null;
            }
        }
        return null;
    }

    /** The line it begins on. */
    long line() {
        return line;
    }
}
