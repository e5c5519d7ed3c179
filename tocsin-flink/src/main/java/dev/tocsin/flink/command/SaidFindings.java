package dev.tocsin.flink.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.flink.sink.Ingest;
import dev.tocsin.flink.wire.Said;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The findings in a folder that the job wrote to, each as it is now, those that are part of a roll-up left out.
 *
 * @param states as the service's ingest takes them, the gravest first
 */
record SaidFindings(List<Doc> states) {

    /** Those in {@code folder}; none if it is not there. */
    static SaidFindings in(Path folder) throws IOException {
        Map<String, Doc> latest = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(
                                one -> one.getFileName().toString().startsWith("said-"))
                        .toList()) {
                    for (String line : Files.readAllLines(file)) {
                        if (Doc.parse(line).get("findings") instanceof Doc finding) {
                            latest.merge(String.valueOf(finding.text("id")), finding, SaidFindings::later);
                        }
                    }
                }
            }
        }
        List<Doc> findings = new ArrayList<>(latest.values());
        findings.removeIf(one -> FindingState.isOut(one.part("document").part("tocsin")));
        findings.sort(Comparator.comparingDouble((Doc one) -> -severity(one))
                .thenComparing(one -> String.valueOf(one.text("id"))));
        return new SaidFindings(findings);
    }

    private static Doc later(Doc one, Doc other) {
        return one.number("revision", 0) > other.number("revision", 0) ? one : other;
    }

    private static double severity(Doc finding) {
        return finding.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }

    /** How many the service keeps: it has them from the job, so that handing them in again changes nothing and only tells. */
    int keptBy(Ingest service) throws IOException, InterruptedException {
        long lost = 0;
        for (int from = 0; from < states.size(); from += Ingest.MOST / 10) {
            List<Said> some = states.subList(from, Math.min(from + Ingest.MOST / 10, states.size())).stream()
                    .map(one -> new Said(Said.Form.FINDING, String.valueOf(one.text("account")), one))
                    .toList();
            lost += service.send(Map.of(Said.Form.FINDING, some));
        }
        return states.size() - Math.toIntExact(lost);
    }

    /** A line for each. */
    void print(PrintWriter out) {
        for (Doc finding : states) {
            out.printf(
                    Locale.ROOT,
                    "%4.1f  %s  %s  %s  %s%n",
                    severity(finding),
                    finding.text("type"),
                    finding.text("account"),
                    finding.text("region"),
                    plain(String.valueOf(finding.part("document").text("title"))));
        }
        out.flush();
    }

    /** Names in logs are hostile: no control or invisible character reaches a terminal. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}]", "\uFFFD");
    }
}
