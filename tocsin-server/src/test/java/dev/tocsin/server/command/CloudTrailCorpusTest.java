package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real trails through the command line: what expected.tsv says always comes does, and what must not does not. */
final class CloudTrailCorpusTest extends CommandFixture {

    private static final Path CORPUS = Path.of("../../shared/corpus/cloudtrail");
    private static final String STEALTH = "Stealth:IAMUser/CloudTrailLoggingDisabled";

    /** A row of expected.tsv. */
    record Row(String file, String type, String expectation, String condition) {

        /** Of a type that we have, and asks for no profile, list or rule. */
        boolean isDecided() {
            boolean always = condition.startsWith("always")
                    || condition.equals("hard negatives")
                    || condition.equals("parser corpus, no ground truth");
            return always && !expectation.equals("either");
        }

        @Override
        public String toString() {
            return file + " " + expectation + " " + type;
        }
    }

    static Stream<Row> rows() throws IOException {
        if (!Files.exists(CORPUS)) {
            return Stream.of();
        }
        return Files.readAllLines(CORPUS.resolve("expected.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> new Row(cells[0], cells[1], cells[2], cells[4].isEmpty() ? cells[5] : cells[4]))
                .filter(Row::isDecided);
    }

    @Test
    void corpusIsThere() throws IOException {
        Assumptions.assumeTrue(Files.exists(CORPUS), "shared/corpus is not beside the repository: no rows");
        assertTrue(rows().filter(row -> row.expectation().equals("should")).count() >= 2);
        assertTrue(rows().filter(row -> row.expectation().equals("must-not")).count() >= 25);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("rows")
    void comesOutAsExpected(Row row) throws IOException {
        Judged judged = run(row.file());
        if (row.expectation().equals("should")) {
            assertTrue(judged.types().contains(row.type()), judged::toString);
            return;
        }
        List<Doc> forbidden = judged.findings().stream()
                .filter(finding -> !Judged.isOurs(Judged.type(finding)))
                .filter(finding -> forbids(row.type(), finding))
                .toList();
        assertEquals(List.of(), forbidden);
    }

    private static boolean forbids(String what, Doc finding) {
        String type = Judged.type(finding);
        if (what.startsWith("any type other than *:")) {
            return !type.endsWith(what.substring(what.indexOf(':')));
        }
        if (what.startsWith("any finding on ")) {
            Doc resource = finding.part("resource").part("accessKeyDetails");
            return "op-bravo".equals(resource.text("userName"))
                    || finding.toJson().contains("\"10.8.8.10\"");
        }
        if (what.startsWith(STEALTH + " from")) {
            return false; // told by the records of the one finding: see below
        }
        return what.equals("any finding") || what.equals(type);
    }

    /** Two calls deleted trails, and two the buckets they wrote to; what failed or only narrowed a trail is none. */
    @Test
    void tellsTheDeletedTrailsFromTheFailedCalls() throws IOException {
        List<String> calls = new ArrayList<>();
        for (Doc finding : run("invictus/").findings()) {
            if (Judged.type(finding).equals(STEALTH)) {
                for (Doc record : Judged.docs(finding.part("tocsin").part("evidence"), "records")) {
                    Doc fields = record.part("fields");
                    calls.add(record.text("time") + " " + fields.text("eventName") + " " + fields.text("errorCode"));
                }
            }
        }
        assertEquals(
                List.of(
                        "2023-07-10T12:08:04.000Z DeleteTrail null",
                        "2023-07-10T12:08:04.000Z DeleteTrail null",
                        "2023-07-10T12:08:06.000Z DeleteBucket null",
                        "2023-07-10T12:08:10.000Z DeleteBucket null"),
                calls);
    }

    private Judged run(String file) throws IOException {
        Path path = CORPUS.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), "not here: " + path);
        Path ledger = folder.resolve("ledger.json");
        out.getBuffer().setLength(0);
        int exit = tocsin("analyze", "--quiet", "--format", "jsonl", "--ledger", ledger.toString(), path.toString());
        assertTrue(Set.of(0, 3).contains(exit), err.toString());
        return Judged.of(out.toString(), Files.readString(ledger));
    }
}
