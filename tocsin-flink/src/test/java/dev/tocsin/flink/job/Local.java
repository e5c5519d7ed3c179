package dev.tocsin.flink.job;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.Settings;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** What the local host says of logs, and what the job said, in one form. */
public final class Local {

    private Local() {}

    private static final Map<Settings, Expected> KNOWN = new ConcurrentHashMap<>();

    /**
     * What the local host says.
     *
     * @param findings revision and document of each, by id, as {@code tocsin analyze} has them
     * @param rows of the ledger, by source
     */
    public record Expected(Map<String, String> findings, Map<String, String> rows) {}

    /** What the local host says of logs; the logs stay as they are meanwhile. */
    public static Expected expected(Settings settings) throws Exception {
        Expected known = KNOWN.get(settings);
        if (known == null) {
            known = expected(analyse(settings));
            KNOWN.put(settings, known);
        }
        return known;
    }

    private static Expected expected(Analysis analysis) throws Exception {
        Map<String, String> findings = new TreeMap<>();
        for (FindingState state : analysis.findings(true)) {
            findings.put(state.id(), state.revision() + " " + state.document().toJson());
        }
        Map<String, String> rows = new TreeMap<>();
        analysis.ledger().rows().forEach(row -> rows.put(row.source(), sorted(row.toDoc())));
        return new Expected(findings, rows);
    }

    private static Analysis analyse(Settings settings) throws Exception {
        Knowledge.Loaded known = new Knowledge(settings).load();
        Analysis analysis = new Analysis(Analysis.Options.threads(2).knowing(known.services(), known.facts()));
        analysis.run(Sources.list(settings.paths(), Span.ALL).objects());
        return analysis;
    }

    /** The findings in {@code said}, those that are part of a roll-up left out. */
    public static Map<String, String> findings(List<Doc> said) {
        Map<String, Doc> latest = latest(said, "findings", "id");
        Map<String, String> findings = new TreeMap<>();
        latest.forEach((id, state) -> {
            Doc document = state.part("document");
            if (!FindingState.isOut(document.part("tocsin"))) {
                findings.put(id, state.number("revision", 0) + " " + document.toJson());
            }
        });
        return findings;
    }

    /** Of each finding the id, the type and what was counted: what does not hang on which copy of a record came first. */
    public static List<String> heads(Map<String, String> findings) throws IOException {
        List<String> heads = new ArrayList<>();
        for (Map.Entry<String, String> one : findings.entrySet()) {
            Doc document = Doc.parse(one.getValue().substring(one.getValue().indexOf(' ') + 1));
            Doc service = document.part("service");
            heads.add(one.getKey() + " " + document.text("type") + " " + document.get("severity") + " "
                    + service.get("count") + " " + service.text("eventFirstSeen") + " "
                    + service.text("eventLastSeen"));
        }
        return heads;
    }

    /** The ledger's rows in {@code said}, by source. */
    public static Map<String, String> rows(List<Doc> said) {
        Map<String, String> rows = new TreeMap<>();
        latest(said, "objects", "source").forEach((source, row) -> rows.put(source, sorted(row.without("revision"))));
        return rows;
    }

    private static Map<String, Doc> latest(List<Doc> said, String list, String id) {
        Map<String, Doc> latest = new HashMap<>();
        for (Doc line : said) {
            if (line.get(list) instanceof Doc doc) {
                latest.merge(
                        String.valueOf(doc.text(id)),
                        doc,
                        (one, other) -> one.number("revision", 0) > other.number("revision", 0) ? one : other);
            }
        }
        return latest;
    }

    private static String sorted(Doc doc) {
        return new TreeMap<>(doc.members()).toString();
    }

    /** All lines that the job wrote into {@code folder}. */
    public static List<Doc> said(Path folder) throws IOException {
        List<Doc> said = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    for (String line : Files.readAllLines(file)) {
                        said.add(Doc.parse(line));
                    }
                }
            }
        }
        return said;
    }
}
