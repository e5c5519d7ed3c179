package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Times;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A table for a terminal: what to look at first stands first. */
final class TableWriter implements FindingWriter {

    private static final String ROW = "%-6s %-8s %-20s %5s  %-12s %-14s %s%n";

    @Override
    public void write(Report report, Appendable out) throws IOException {
        findings(report.findings(), out);
        if (!report.noise().isEmpty()) {
            out.append(Noise.text(report.noise()));
        }
        CoverageText.write(report.coverage(), out);
    }

    private static void findings(List<FindingState> findings, Appendable out) throws IOException {
        if (findings.isEmpty()) {
            out.append("No findings.\n");
            return;
        }
        out.append(String.format(
                Locale.ROOT, ROW, "LOOK", "SEVERITY", "LAST SEEN (UTC)", "COUNT", "ACCOUNT", "REGION", "FINDING"));
        for (FindingState finding : findings) {
            out.append(line(finding));
            out.append("       ")
                    .append(Plain.text(String.valueOf(finding.document().text("title"))))
                    .append('\n');
        }
        out.append(String.format(Locale.ROOT, "%n%d findings. All of a finding: --format jsonl.%n", findings.size()));
    }

    private static String line(FindingState finding) {
        var service = finding.document().at("service");
        return String.format(
                Locale.ROOT,
                ROW,
                Summary.priority(finding),
                Summary.label(finding.severity()),
                Times.iso(finding.lastSeen()).substring(0, 19).replace('T', ' '),
                service == null ? 0 : service.number("count", 0),
                Plain.text(finding.account()),
                Plain.text(finding.region()),
                Plain.text(finding.type()));
    }
}
