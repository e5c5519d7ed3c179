package dev.tocsin.server.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HtmlTest {

    private static final String HOSTILE = "\"'><script>alert(1)</script>&\u202e";

    @Test
    void escapesWhatBrowsersObey() {
        assertEquals("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;\\u202e", Html.escaped(HOSTILE));
    }

    @Test
    void showsNothingFromLogsAsMarkup() throws IOException {
        String page = page(List.of(finding(HOSTILE, 8)));
        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("&lt;script&gt;alert(1)"), "shown as text");
        assertTrue(page.contains("\\u202e") && !page.contains("\u202e"), "direction marks are shown");
    }

    @Test
    void fetchesNothing() throws IOException {
        String page = page(List.of(finding("a", 8)));
        assertTrue(page.contains("default-src 'none'"), "policy");
        assertFalse(page.contains("http://") || page.contains("https://") || page.contains("url("), page);
    }

    @Test
    void isNoAllClearWithoutFindings() throws IOException {
        assertTrue(page(List.of()).contains("before taking that for all clear"));
    }

    @Test
    void countsBySeverity() throws IOException {
        String page = page(List.of(finding("a", 9.1), finding("b", 8), finding("c", 8), finding("d", 2)));
        assertTrue(page.contains("tile critical\"><b>1</b>") && page.contains("tile high\"><b>2</b>"), page);
        assertTrue(page.contains("tile medium\"><b>0</b>") && page.contains("tile low\"><b>1</b>"), page);
    }

    private static String page(List<FindingState> findings) throws IOException {
        Ledger ledger = new Ledger();
        LedgerRow row = new LedgerRow("logs/" + HOSTILE);
        row.read("cloudtrail", "partial", 5, 1, 1, 1_000, HOSTILE);
        ledger.add(row);
        StringBuilder page = new StringBuilder();
        Coverage.Means means = Coverage.Means.of(new Seen(), Map.of(), Set.of(), null);
        FindingWriter.named("html")
                .write(
                        new Report(findings, Coverage.of(means, ledger, findings), ledger, false, Noise.of(findings)),
                        page);
        return page.toString();
    }

    private static FindingState finding(String text, double severity) {
        Doc record = new Doc()
                .with("source", text)
                .with("position", 1)
                .with("eventID", text)
                .with("time", "2026-03-01T12:05:00.000Z")
                .with("fields", new Doc().with(text, text));
        Doc document = new Doc()
                .with("title", text)
                .with("description", text)
                .with(
                        "tocsin",
                        new Doc()
                                .with("nextSteps", text)
                                .with(
                                        "evidence",
                                        new Doc()
                                                .with("records", List.of(record))
                                                .with("trigger", record)));
        return new FindingState(text, text, text, text, 1, 1_000, 5_000, severity, document);
    }
}
