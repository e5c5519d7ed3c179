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
    public void write(List<FindingState> findings, Appendable out) throws IOException {
        if (!lines) {
            out.append("{\"findings\":[");
        }
        String separator = "";
        for (FindingState finding : findings) {
            out.append(separator)
                    .append(FindingDocument.getFindings(finding.document()).toJson());
            separator = lines ? "\n" : ",\n";
        }
        if (!lines) {
            out.append("]}");
        }
        if (!lines || !findings.isEmpty()) {
            out.append('\n');
        }
    }
}
