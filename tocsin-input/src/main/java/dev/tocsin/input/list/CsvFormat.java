package dev.tocsin.input.list;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comma-separated feed: finds the header, in a comment or not, and hands rows to the feed's layout. */
final class CsvFormat implements ListFormat {

    private final CsvLayout layout;

    CsvFormat(CsvLayout layout) {
        this.layout = layout;
    }

    @Override
    public String name() {
        return layout.name();
    }

    @Override
    public boolean fits(Head head) {
        return head.lines().stream().anyMatch(line -> header(line) != null);
    }

    @Override
    public void read(ListSource source, Collector out) throws IOException {
        layout.begin(out);
        CsvRows rows = new CsvRows(source.reader());
        Map<String, Integer> header = null;
        for (List<String> row = rows.next(); row != null; row = rows.next()) {
            String first = row.isEmpty() ? "" : row.getFirst();
            if (rows.tooLong()) {
                out.reject(rows.line(), "a row of more than " + CsvRows.LONGEST + " characters", first);
            } else if (first.startsWith("#")) {
                out.comment(first);
                header = header == null ? header(first) : header;
            } else if (header == null && !row.isEmpty()) {
                header = places(row);
                if (header == null) {
                    out.reject(rows.line(), "no header before it", first);
                }
            } else if (header != null && !row.isEmpty()) {
                layout.row(new CsvRow(header, row, rows.line()), out);
            }
        }
    }

    private @Nullable Map<String, Integer> header(String line) {
        String bare = line.startsWith("#") ? line.substring(1) : line;
        try {
            List<String> row = new CsvRows(new StringReader(bare)).next();
            return row == null ? null : places(row);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private @Nullable Map<String, Integer> places(List<String> row) {
        Map<String, Integer> places = CsvRow.places(row);
        return row.size() > 1 && layout.fits(places.keySet()) ? places : null;
    }
}
