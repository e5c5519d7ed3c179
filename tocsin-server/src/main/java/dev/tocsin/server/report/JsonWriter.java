package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
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
            out.append(separator).append(wire(finding.document()).toJson());
            separator = lines ? "\n" : ",\n";
        }
        if (lines && !findings.isEmpty()) {
            out.append('\n');
        }
        Doc more = new Doc();
        if (!report.noise().isEmpty()) {
            more.withAll(report.noiseDoc());
        }
        if (lines && !more.isEmpty()) {
            line(more, out);
            more = new Doc();
        }
        if (report.coverageLine()) {
            more.withAll(report.coverageDoc());
        }
        if (lines && !more.isEmpty()) {
            line(more, out);
        } else if (!lines) {
            out.append(more.isEmpty() ? "]}\n" : "],\"tocsin\":" + more.toJson() + "}\n");
        }
    }

    /** GetFindings' form; a group's members stand beside the text that holds them too, as tools want to read them. */
    private static Doc wire(Doc export) {
        Doc finding = FindingDocument.getFindings(export);
        Object members = export.part("service").part("additionalInfo").get("members");
        if (members == null) {
            return finding;
        }
        Doc service = finding.part("service");
        Doc additional = new Doc().withAll(service.part("additionalInfo")).with("members", members);
        return finding.with("service", new Doc().withAll(service).with("additionalInfo", additional));
    }

    private static void line(Doc tocsin, Appendable out) throws IOException {
        out.append(new Doc().with("tocsin", tocsin).toJson()).append('\n');
    }
}
