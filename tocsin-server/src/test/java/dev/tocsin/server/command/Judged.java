package dev.tocsin.server.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a run of the command gave.
 *
 * @param findings in GetFindings' wire form
 * @param ledger in the form of {@code --ledger}
 */
record Judged(List<Doc> findings, Doc ledger) {

    /** Reads findings as JSON lines, and a ledger. */
    static Judged of(String jsonLines, String ledger) {
        return new Judged(jsonLines.lines().map(Judged::doc).toList(), doc(ledger));
    }

    /** Reads one JSON object. */
    static Doc doc(String json) {
        try (JsonParser in = new JsonFactory().createParser(json)) {
            in.nextToken();
            return Doc.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects in the list {@code name} of {@code doc}. */
    static List<Doc> docs(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
    }

    /** GuardDuty's types among the findings; those of our own are left out. */
    Set<String> types() {
        Set<String> types = new TreeSet<>();
        findings.forEach(finding -> types.add(type(finding)));
        types.removeIf(Judged::isOurs);
        return types;
    }

    static String type(Doc finding) {
        return String.valueOf(finding.text("type"));
    }

    /** Whether GuardDuty has no such type, so that no label speaks of it. */
    static boolean isOurs(String type) {
        FindingType known = Detectors.types().get(type);
        return known != null && known.feature() == FindingType.Feature.TOCSIN;
    }

    long total(String count) {
        return ledger.part("totals").number(count, -1);
    }

    List<Doc> objects() {
        return docs(ledger, "objects");
    }

    @Override
    public String toString() {
        return types() + " " + ledger.toJson();
    }
}
