package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Times;
import java.io.IOException;
import java.util.List;

/** CSV (RFC 4180) for spreadsheets; a cell that a spreadsheet would run as a formula is made text. */
final class CsvWriter implements FindingWriter {

    private static final List<String> COLUMNS = List.of(
            "severity", "priority", "type", "account", "region", "resource", "title", "count", "first", "last", "id");

    @Override
    public void write(Report report, Appendable out) throws IOException {
        row(COLUMNS, out);
        for (FindingState finding : report.findings()) {
            row(cells(finding), out);
        }
    }

    private static List<String> cells(FindingState finding) {
        Doc document = finding.document();
        Doc service = document.at("service");
        return List.of(
                String.valueOf(finding.severity()),
                Summary.priority(finding),
                finding.type(),
                finding.account(),
                finding.region(),
                Summary.resource(finding),
                String.valueOf(document.text("title")),
                String.valueOf(service == null ? 0 : service.number("count", 0)),
                Times.iso(finding.firstSeen()),
                Times.iso(finding.lastSeen()),
                finding.id());
    }

    private static void row(List<String> cells, Appendable out) throws IOException {
        String separator = "";
        for (String cell : cells) {
            out.append(separator).append(quoted(cell));
            separator = ",";
        }
        out.append("\r\n");
    }

    /** In quotes where needed; a leading {@code = + - @} tab or return gets an apostrophe (OWASP: CSV injection). */
    static String quoted(String cell) {
        String safe = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean quote = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
