package dev.tocsin.server.report;

import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The report's coverage and ledger. */
final class HtmlTables {

    /** Objects listed; those in trouble first. */
    private static final int OBJECTS_SHOWN = 500;

    private HtmlTables() {}

    static void noise(Html page, List<Noise.Cause> causes) {
        if (causes.isEmpty()) {
            return;
        }
        page.markup("<h2 id=\"noise\">What makes most findings</h2>\n<div class=\"card\">")
                .markup("<table class=\"stack\"><thead><tr><th>Cause</th><th class=\"number\">Findings</th>"
                        + "<th class=\"number\">Events</th><th>Filter that would archive it</th></tr></thead><tbody>");
        for (Noise.Cause cause : causes) {
            page.markup("<tr>")
                    .element("td", String.join(", ", cause.criteria().values()))
                    .element("td class=\"number\" data-name=\"findings\"", String.valueOf(cause.findings()))
                    .element("td class=\"number\" data-name=\"events\"", String.valueOf(cause.events()))
                    .element("td class=\"small\"", cause.filter().toJson())
                    .markup("</tr>");
        }
        page.markup("</tbody></table></div>\n");
    }

    static void coverage(Html page, List<Coverage.Row> rows) {
        long spoke = rows.stream()
                .filter(row -> row.status() == Coverage.Status.SPOKE)
                .count();
        page.markup("<h2 id=\"coverage\">What could be judged</h2>\n<div class=\"card\">")
                .element(
                        "p",
                        spoke + " of " + rows.size() + " finding types could judge all they look at. Where a type was"
                                + " silent, no finding of it means nothing.")
                .markup("<table class=\"stack\"><thead><tr><th>Type</th><th>Judged</th><th>Why not all</th>"
                        + "<th>What to do</th></tr></thead><tbody>");
        rows.stream()
                .sorted(Comparator.comparing(Coverage.Row::status).reversed())
                .forEach(row -> {
                    String status = row.status().wireName();
                    page.markup("<tr>")
                            .element("td", row.type().name())
                            .markup("<td>")
                            .element("span class=\"badge " + status + "\"", status)
                            .markup("</td>")
                            .element("td", row.reason())
                            .element("td", row.todo())
                            .markup("</tr>");
                });
        page.markup("</tbody></table></div>\n");
    }

    static void ledger(Html page, Ledger ledger) {
        page.markup("<h2 id=\"ledger\">What was read</h2>\n<div class=\"card\">");
        List<LedgerRow> rows = ledger.rows().stream()
                .sorted(Comparator.comparing((LedgerRow row) -> !row.isTroubled()))
                .limit(OBJECTS_SHOWN)
                .toList();
        page.element("p", summary(ledger));
        List<LedgerRow> troubled = rows.stream().filter(LedgerRow::isTroubled).toList();
        if (!troubled.isEmpty() && rows.size() > 20) {
            page.element("h3", "Partial or refused");
            objects(page, troubled);
        }
        page.markup("<details class=\"more\"" + (rows.size() <= 20 ? " open" : "") + "><summary>")
                .text(rows.size() + " objects")
                .markup("</summary>");
        objects(page, rows);
        page.markup("</details></div>\n");
    }

    private static void objects(Html page, List<LedgerRow> rows) {
        page.markup("<table class=\"stack\"><thead><tr><th>Object</th><th>Status</th>"
                + "<th class=\"number\">Records</th><th class=\"number\">Not used</th><th>Note</th></tr></thead>"
                + "<tbody>");
        rows.forEach(row -> object(page, row));
        page.markup("</tbody></table>");
    }

    private static String summary(Ledger ledger) {
        List<LedgerRow> rows = ledger.rows();
        return String.format(
                Locale.ROOT,
                "%,d objects, %,.1f MB unpacked: %,d records for detection, %,d duplicate, ignored or rejected; %,d"
                        + " objects partial or refused.%s",
                rows.size(),
                rows.stream().mapToLong(LedgerRow::bytes).sum() / 1e6,
                rows.stream().mapToLong(LedgerRow::accepted).sum(),
                rows.stream().mapToLong(LedgerRow::notUsed).sum(),
                ledger.troubled(),
                rows.size() > OBJECTS_SHOWN
                        ? " The first " + OBJECTS_SHOWN + " are listed, those in trouble first; --ledger FILE has all."
                        : "");
    }

    private static void object(Html page, LedgerRow row) {
        String message = row.message();
        String color = row.isTroubled() ? "silent" : row.status().equals("accepted") ? "spoke" : "partly";
        page.markup("<tr>")
                .element("td", row.source())
                .markup("<td>")
                .element("span class=\"badge " + color + "\"", row.status())
                .text(row.kind())
                .markup("</td>")
                .element("td class=\"number\" data-name=\"records\"", String.format(Locale.ROOT, "%,d", row.accepted()))
                .element("td class=\"number\" data-name=\"not used\"", String.format(Locale.ROOT, "%,d", row.notUsed()))
                .element("td", message == null ? "" : message)
                .markup("</tr>");
    }
}
