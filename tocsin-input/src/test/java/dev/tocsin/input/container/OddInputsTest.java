package dev.tocsin.input.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Every row of the shared manifest of odd inputs that this module can read: outcome and counts. */
class OddInputsTest {

    private static final Path INPUTS = Path.of("../../shared/inputs");
    private static final Set<String> SOURCES = Set.of("cloudtrail", "notification", "vpcflow", "dns");

    /** One row; a count of -1 is not fixed. */
    record Row(String file, String source, String outcome, long accepted, long ignored, long rejected) {
        @Override
        public String toString() {
            return file;
        }
    }

    @Test
    void inputsAreThere() {
        Assumptions.assumeTrue(Files.exists(INPUTS), "shared/inputs is not beside the repository: rows not run");
        assertTrue(rows().count() > 40);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("rows")
    void asTheManifestSays(Row row) throws IOException {
        Collected collected = new Collected();
        List<ObjectReport> reports = row.file().startsWith("generated:")
                ? List.of(collected.read(new ByteArrayInputStream(GeneratedInputs.make(row.file())), row.file()))
                : readAll(INPUTS.resolve(row.file()), collected);
        check(row, reports);
    }

    private static void check(Row row, List<ObjectReport> reports) {
        String said = reports.toString();
        count(row.accepted(), reports.stream().mapToLong(ObjectReport::accepted).sum(), "accepted " + said);
        count(row.ignored(), reports.stream().mapToLong(ObjectReport::ignored).sum(), "ignored " + said);
        count(row.rejected(), reports.stream().mapToLong(ObjectReport::rejected).sum(), "rejected " + said);
        if (reports.size() == 1) {
            ObjectReport report = reports.getFirst();
            List<String> allowed = switch (row.outcome()) {
                case "accept" -> List.of("accepted");
                case "partial" -> row.rejected() < 0 ? List.of("partial", "accepted") : List.of("partial");
                case "skip" -> List.of("skipped");
                case "refuse" -> List.of("refused");
                default -> List.of("accepted", "refused");
            };
            assertTrue(allowed.contains(report.status().wireName()), said);
            assertTrue(report.accepted() > 0 || report.message() != null || report.rejected() == 0, said);
        }
    }

    private static void count(long expected, long actual, String what) {
        if (expected >= 0) {
            assertEquals(expected, actual, what);
        }
    }

    private static List<ObjectReport> readAll(Path path, Collected collected) throws IOException {
        List<ObjectReport> reports = new ArrayList<>();
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (var bytes = Files.newInputStream(file)) {
                    reports.add(collected.read(bytes, file.toString()));
                }
            }
        }
        return reports;
    }

    static Stream<Row> rows() {
        if (!Files.exists(INPUTS)) {
            return Stream.of();
        }
        try {
            return Files.readAllLines(INPUTS.resolve("manifest.tsv")).stream()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .filter(cells -> SOURCES.contains(cells[1]))
                    .map(cells -> new Row(
                            cells[0], cells[1], cells[5], number(cells[6]), number(cells[8]), number(cells[9])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String text) {
        return text.equals("?") ? -1 : Long.parseLong(text);
    }
}
