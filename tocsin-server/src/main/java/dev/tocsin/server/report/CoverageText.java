package dev.tocsin.server.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The short form of coverage that stands under a table of findings: types with the same gap on one line. */
final class CoverageText {

    private static final int TYPES_NAMED = 3;

    private CoverageText() {}

    /** Writes what could be judged and what not. */
    static void write(List<Coverage.Row> rows, Appendable out) throws IOException {
        long spoke = rows.stream()
                .filter(row -> row.status() == Coverage.Status.SPOKE)
                .count();
        out.append(
                String.format(Locale.ROOT, "%nCoverage: %d of %d finding types could judge all", spoke, rows.size()));
        out.append(spoke == rows.size() ? ".\n" : "; the others:\n");
        Map<String, List<Coverage.Row>> groups = new LinkedHashMap<>();
        rows.stream()
                .filter(row -> row.status() != Coverage.Status.SPOKE)
                .forEach(row -> groups.computeIfAbsent(
                                row.status().wireName() + "\n" + row.reason(), ignored -> new ArrayList<>())
                        .add(row));
        for (List<Coverage.Row> group : groups.values()) {
            out.append(line(group));
        }
        String near = rows.stream()
                .filter(row -> row.nearMisses() > 0)
                .map(row -> row.type().name() + " " + row.nearMisses())
                .collect(Collectors.joining(", "));
        if (!near.isEmpty()) {
            out.append("Near misses, calls with four fifths of the evidence that a finding takes: " + near + ".\n");
        }
    }

    private static String line(List<Coverage.Row> group) {
        Coverage.Row one = group.getFirst();
        String names = String.join(
                ", ",
                group.stream().limit(TYPES_NAMED).map(row -> row.type().name()).toList());
        String more = group.size() > TYPES_NAMED ? " and " + (group.size() - TYPES_NAMED) + " more" : "";
        return String.format(
                Locale.ROOT,
                "  %-6s %s: %s%n         types: %s%s%n",
                one.status().wireName(),
                one.reason(),
                one.todo(),
                names,
                more);
    }
}
