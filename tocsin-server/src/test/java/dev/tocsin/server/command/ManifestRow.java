package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A row of shared/inputs/manifest.tsv: what an odd input must give. */
record ManifestRow(String file, String source, String outcome, List<String> counts, String findings, String setup) {

    static final Path INPUTS = Path.of("../../shared/inputs");
    private static final List<String> COUNTS = List.of("accepted", "duplicates", "ignored", "rejected");
    private static final String AS_THREAT_LIST = "as threat list; ";

    /** All rows; none where the shared folder is absent. */
    static List<ManifestRow> all() throws IOException {
        if (!Files.exists(INPUTS)) {
            return List.of();
        }
        return Files.readAllLines(INPUTS.resolve("manifest.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> new ManifestRow(
                        cells[0], cells[1], cells[5], List.of(cells).subList(6, 10), cells[10], cells[11]))
                .toList();
    }

    boolean isGenerated() {
        return file.startsWith("generated:");
    }

    boolean isList() {
        return source.equals("list");
    }

    /** Options that set up what the row asks for. */
    List<String> options() {
        List<String> options = new ArrayList<>();
        for (String part : setup.split("; ", -1)) {
            if (part.startsWith("threat ") && part.endsWith(" active")) {
                String list = part.substring(part.indexOf("list/"), part.length() - " active".length());
                options.addAll(List.of("--threat-list", "base=" + INPUTS.resolve(list)));
            }
        }
        return options;
    }

    /** Of a list: the logs over which it must hide or find something, or null. */
    @org.jspecify.annotations.Nullable
    String logs() {
        return setup.endsWith(".log.gz")
                ? INPUTS.resolve(setup.substring(setup.lastIndexOf(' ') + 1)).toString()
                : null;
    }

    /** Of a list: the option under which it is used over {@link #logs}. */
    String use() {
        return setup.startsWith(AS_THREAT_LIST) ? "--threat-list" : "--trusted-list";
    }

    /** The format that the list is declared in, with its colon; or nothing. */
    String format() {
        String declared = "declared format ";
        return setup.startsWith(declared) ? ":" + setup.substring(declared.length()) : "";
    }

    /** Compares what came out, by the rule of inputs/README.md. */
    void check(Judged judged) {
        assertAll(
                judged::toString,
                () -> counts(judged),
                () -> outcome(judged.objects()),
                () -> neverSilent(judged),
                () -> findings(judged.types()));
    }

    private void counts(Judged judged) {
        boolean refused = outcome.equals("either") && judged.total("accepted") == 0;
        for (int i = 0; i < COUNTS.size() && !refused; i++) {
            if (!counts.get(i).equals("?")) {
                assertEquals(Long.parseLong(counts.get(i)), judged.total(COUNTS.get(i)), COUNTS.get(i));
            }
        }
    }

    private void outcome(List<Doc> objects) {
        if (objects.size() != 1 || file.endsWith("/")) {
            return;
        }
        Set<String> allowed = switch (outcome) {
            case "accept" -> Set.of("accepted");
            case "partial" -> Set.of("partial");
            case "skip" -> Set.of("skipped");
            case "refuse" -> Set.of("refused");
            default -> Set.of("accepted", "refused");
        };
        assertTrue(allowed.contains(objects.getFirst().text("status")), "status, wanted " + allowed);
    }

    private static void neverSilent(Judged judged) {
        for (Doc object : judged.objects()) {
            boolean clean = "accepted".equals(object.text("status")) && object.number("rejected", 0) == 0;
            assertTrue(clean || object.text("message") != null, "a reason for " + object);
        }
    }

    private void findings(Set<String> types) {
        if (findings.equals("none")) {
            assertEquals(Set.of(), types);
        } else if (!findings.isEmpty()) {
            assertTrue(types.containsAll(Set.of(findings.split(", ?", -1))), "findings, wanted " + findings);
        }
    }

    @Override
    public String toString() {
        return file;
    }
}
