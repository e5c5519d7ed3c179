package dev.tocsin.input.list;

import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Caution;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
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
        String kind = row.kind.text();
        String category = row.category.text();
        Category of = category == null ? null : Category.of(category);
        String port = row.port.text();
        Set<Caution> cautions = cautions(row.caution.text());
        if (kind == null || !KINDS.contains(kind)) {
            out.ignore("kind " + kind);
        } else if (category == null ? out.request().category() == null : of == null) {
            out.reject(number, category == null ? "no category" : "an unknown category", line);
        } else if (port != null && Details.number(port, HIGHEST_PORT) < 0) {
            out.reject(number, "a port is 1 to 65535", line);
        } else if (cautions == null) {
            out.reject(number, "an unknown caution", line);
        } else {
            out.take(number, String.valueOf(row.indicator.text()), details(row, port, of, cautions));
        }
    }

    private static Details details(
            Columns row, @Nullable String port, @Nullable Category category, Set<Caution> cautions) {
        String reference = row.reference.text();
        return new Details(
                Math.max(0, Details.number(port, HIGHEST_PORT)),
                row.family.text(),
                category,
                reference == null ? row.ref.text() : reference,
                cautions,
                ListTimes.seconds(row.firstSeen.text()),
                ListTimes.seconds(row.lastSeen.text()),
                Details.number(row.confidence.text(), 100));
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

    /** The cells of a row; lists have a million rows, so that each column is looked for once. */
    private static final class Columns {

        private final List<String> names;
        private final Column[] all;
        final Column indicator;
        final Column kind;
        final Column port;
        final Column category;
        final Column caution;
        final Column family;
        final Column reference;
        final Column ref;
        final Column firstSeen;
        final Column lastSeen;
        final Column confidence;

        Columns(List<String> names) {
            this.names = names;
            this.all = new Column[names.size()];
            Arrays.setAll(all, place -> new Column());
            this.indicator = column("indicator");
            this.kind = column("kind");
            this.port = column("port");
            this.category = column("category");
            this.caution = column("caution");
            this.family = column("family");
            this.reference = column("reference");
            this.ref = column("ref");
            this.firstSeen = column("firstSeen");
            this.lastSeen = column("lastSeen");
            this.confidence = column("confidence");
        }

        private Column column(String name) {
            int place = names.indexOf(name);
            return place < 0 ? new Column() : all[place];
        }

        /** Splits a line; missing cells are empty, surplus ones are left out. */
        void split(String line) {
            int from = 0;
            for (Column column : all) {
                int tab = from > line.length() ? -1 : line.indexOf('\t', from);
                int end = tab < 0 ? line.length() : tab;
                column.cell = from >= end ? "" : line.substring(from, end);
                from = end + 1;
            }
        }
    }

    /** One column's cell of the row split last; that of a column which the table has not stays empty. */
    private static final class Column {

        private String cell = "";

        @Nullable
        String text() {
            return cell.isEmpty() ? null : Details.text(cell);
        }
    }
}
