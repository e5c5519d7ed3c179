package dev.tocsin.server.report;

import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.util.List;

/** JSON in GetFindings' wire form, one finding a line or all in one {@code {"findings": […]}}. */
final class JsonWriter implements FindingWriter {

    private final boolean lines;

    JsonWriter(boolean lines) {
        this.lines = lines;
    }

    @Override
    public void write(Report report, Appendable out) throws IOException {
        List<FindingState> findings = report.findings();
        if (!lines) {
            out.append("{\"findings\":[");
        }
        String separator = "";
        for (FindingState finding : findings) {
            out.append(separator)
                    .append(FindingDocument.getFindings(finding.document()).toJson());
            separator = lines ? "\n" : ",\n";
        }
        if (lines && !findings.isEmpty()) {
            out.append('\n');
        }
        String coverage = report.coverageLine() ? report.coverageDoc().toJson() : "";
        if (!lines) {
            out.append(coverage.isEmpty() ? "]}\n" : "],\"tocsin\":" + coverage + "}\n");
        } else if (!coverage.isEmpty()) {
            out.append("{\"tocsin\":").append(coverage).append("}\n");
        }
    }
}
