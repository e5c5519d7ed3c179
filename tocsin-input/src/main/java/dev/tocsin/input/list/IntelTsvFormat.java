package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Caution;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tocsin's own intelligence table: tab-separated, a header (after a comment sign or not) that names its columns in any
 * order; {@code indicator}, {@code kind} and {@code category} at least.
 */
final class IntelTsvFormat implements ListFormat {

    private static final int HIGHEST_PORT = 0xFFFF;
    private static final Set<String> KINDS = Set.of("domain", "ip", "cidr", "access-key", "sha256");

    @Override
    public String name() {
        return "INTEL_TSV";
    }

    @Override
    public boolean fits(Head head) {
        return head.lines().stream().anyMatch(IntelTsvFormat::isHeader);
    }

    private static boolean isHeader(String line) {
        List<String> columns = columns(line);
        return line.indexOf('\t') > 0 && columns.contains("indicator") && columns.contains("kind");
    }

    private static List<String> columns(String line) {
        String bare = line.startsWith("#") ? line.substring(1) : line;
        return List.of(bare.strip().split("\t", -1)).stream().map(String::strip).toList();
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        Lines lines = new Lines(source, out);
        Columns columns = null;
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (columns == null && isHeader(line)) {
                columns = new Columns(columns(line));
            } else if (line.startsWith("#")) {
                out.comment(line);
            } else if (columns == null && !line.isBlank()) {
                out.reject(lines.number(), "no header before it", line);
            } else if (columns != null && !line.isBlank()) {
                columns.split(line);
                row(columns, line, lines.number(), out);
            }
        }
    }

    private static void row(Columns row, String line, long number, Collector out) {
        String kind = row.get("kind");
        String category = row.get("category");
        Category of = category == null ? null : Category.of(category);
        String port = row.get("port");
        Set<Caution> cautions = cautions(row.get("caution"));
        if (kind == null || !KINDS.contains(kind)) {
            out.ignore("kind " + kind);
        } else if (category == null ? out.request().category() == null : of == null) {
            out.reject(number, category == null ? "no category" : "an unknown category", line);
        } else if (port != null && Details.number(port, HIGHEST_PORT) < 0) {
            out.reject(number, "a port is 1 to 65535", line);
        } else if (cautions == null) {
            out.reject(number, "an unknown caution", line);
        } else {
            out.take(
                    number,
                    String.valueOf(row.get("indicator")),
                    details(row, of).cautions(cautions));
        }
    }

    private static Details details(Columns row, @Nullable Category category) {
        String reference = row.get("reference");
        return Details.NONE
                .port(Math.max(0, Details.number(row.get("port"), HIGHEST_PORT)))
                .category(category)
                .family(row.get("family"))
                .reference(reference == null ? row.get("ref") : reference)
                .seen(row.get("firstSeen"), row.get("lastSeen"))
                .confidence(row.get("confidence"));
    }

    /** The cautions of a cell, or null if one is not known. */
    private static @Nullable Set<Caution> cautions(@Nullable String cell) {
        if (cell == null || cell.equals("none")) {
            return Set.of();
        }
        EnumSet<Caution> cautions = EnumSet.noneOf(Caution.class);
        for (String word : cell.split("[, ]+", -1)) {
            Caution caution = Caution.of(word);
            if (caution == null) {
                return null;
            }
            cautions.add(caution);
        }
        return cautions;
    }

    /** The cells of a row by the names of the header. */
    private static final class Columns {

        private final Map<String, Integer> places = new HashMap<>();
        private final String[] cells;

        Columns(List<String> names) {
            for (String name : names) {
                places.putIfAbsent(name, places.size());
            }
            cells = new String[names.size()];
        }

        /** Splits a line; missing cells are empty, surplus ones are left out. */
        void split(String line) {
            int from = 0;
            for (int cell = 0; cell < cells.length; cell++) {
                int tab = from > line.length() ? -1 : line.indexOf('\t', from);
                int end = tab < 0 ? line.length() : tab;
                cells[cell] = from > line.length() ? "" : line.substring(from, end);
                from = end + 1;
            }
        }

        @Nullable
        String get(String name) {
            Integer place = places.get(name);
            return place == null ? null : Details.text(cells[place]);
        }
    }
}
