package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.ledger.LedgerRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** One self-contained page: no script, nothing fetched; opens from a mail or a ticket as it is. */
final class HtmlWriter implements FindingWriter {

    /** Findings shown in full; beyond it the page says how many are left out. */
    static final int FINDINGS_SHOWN = 1_000;

    private static final String STYLE = style();

    private static String style() {
        try (InputStream in = HtmlWriter.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("report.css cannot be read", e);
        }
    }

    @Override
    public void write(Report report, Appendable out) throws IOException {
        Html page = new Html();
        page.markup("""
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <meta name="referrer" content="no-referrer">
                <title>Tocsin report</title><style>
                """).markup(STYLE).markup("</style></head><body><main>\n");
        head(page, report);
        tiles(page, report);
        HtmlCharts.write(page, report.findings());
        findings(page, report.findings());
        HtmlTables.noise(page, report.noise());
        HtmlTables.coverage(page, report.coverage());
        HtmlTables.ledger(page, report.ledger());
        out.append(page.markup("</main></body></html>\n").toString());
    }

    private static void head(Html page, Report report) {
        List<FindingState> findings = report.findings();
        page.markup("<header><h1>Tocsin report</h1><p class=\"soft\">");
        page.text(String.format(
                Locale.ROOT,
                "%,d findings in %,d records of %,d objects",
                findings.size(),
                report.ledger().rows().stream().mapToLong(LedgerRow::accepted).sum(),
                report.ledger().rows().size()));
        if (!findings.isEmpty()) {
            page.text(", from " + minute(first(findings)) + " to " + minute(last(findings)) + " UTC");
        }
        page.markup(".</p><nav><a href=\"#findings\">Findings</a><a href=\"#coverage\">What could be judged</a>"
                + "<a href=\"#ledger\">What was read</a></nav></header>\n");
    }

    private static void tiles(Html page, Report report) {
        page.markup("<div class=\"tiles\">");
        for (String level : HtmlCharts.LEVELS) {
            tile(page, level, HtmlCharts.count(report.findings(), level), level);
        }
        long silent = report.coverage().stream()
                .filter(row -> row.status() != Coverage.Status.SPOKE)
                .count();
        tile(page, "", silent, "types not fully judged");
        tile(page, "", report.ledger().troubled(), "objects in trouble");
        page.markup("</div>\n");
    }

    private static void tile(Html page, String level, long number, String name) {
        page.markup("<div class=\"card tile " + level + "\">")
                .element("b", String.format(Locale.ROOT, "%,d", number))
                .element("span", name)
                .markup("</div>");
    }

    private static void findings(Html page, List<FindingState> findings) {
        page.markup("<h2 id=\"findings\">Findings</h2>\n");
        if (findings.isEmpty()) {
            page.markup("<p class=\"card\">None in the records read. See <a href=\"#coverage\">what could be judged</a>"
                    + " before taking that for all clear.</p>\n");
        }
        for (int i = 0; i < Math.min(findings.size(), FINDINGS_SHOWN); i++) {
            HtmlFinding.write(page, findings.get(i), i);
        }
        if (findings.size() > FINDINGS_SHOWN) {
            page.element(
                    "p class=\"soft\"",
                    (findings.size() - FINDINGS_SHOWN) + " more of lower priority are left out here; --format jsonl"
                            + " has them all.");
        }
    }

    /** Earliest activity of {@code findings}. */
    static long first(List<FindingState> findings) {
        return findings.stream().mapToLong(FindingState::firstSeen).min().orElse(0);
    }

    /** Latest activity of {@code findings}. */
    static long last(List<FindingState> findings) {
        return findings.stream().mapToLong(FindingState::lastSeen).max().orElse(0);
    }

    /** {@code epochSeconds} for people, to the minute. */
    static String minute(long epochSeconds) {
        return Times.iso(epochSeconds).substring(0, 16).replace('T', ' ');
    }
}
