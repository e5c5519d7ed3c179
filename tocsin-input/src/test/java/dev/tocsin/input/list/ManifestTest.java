package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.GeneratedInputs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every list of the corpus of odd inputs comes out as its manifest says. */
final class ManifestTest {

    private static final int FILE = 0;
    private static final int OUTCOME = 5;
    private static final int ACCEPTED = 6;
    private static final int SETUP = 11;

    @TestFactory
    Stream<DynamicTest> comesOutAsWritten() throws IOException {
        Path inputs = Shared.path("inputs");
        List<String> manifest = Files.readAllLines(inputs.resolve("manifest.tsv"));
        return manifest.stream()
                .map(line -> line.split("\t", -1))
                .filter(row -> row[1].equals("list"))
                .map(row -> DynamicTest.dynamicTest(row[FILE], () -> check(inputs, row)));
    }

    private static void check(Path inputs, String[] row) throws IOException {
        Kind kind = row[FILE].contains("trusted") ? Kind.OPERATOR_TRUSTED : Kind.OPERATOR_THREAT;
        String setup = row.length > SETUP ? row[SETUP] : "";
        String declared = setup.startsWith("declared format ") ? setup.substring("declared format ".length()) : null;
        ListReport report;
        try (InputStream in = open(inputs, row[FILE])) {
            report = ListReader.read(ListRequest.of(row[FILE], kind).as(declared), in, new Intelligence.Builder());
        }
        assertAll(
                report::toString,
                () -> outcome(row[OUTCOME], report),
                () -> count(row[ACCEPTED], report.accepted()),
                () -> count(row[ACCEPTED + 1], report.duplicates()),
                () -> count(row[ACCEPTED + 2], report.ignoredCount()),
                () -> count(row[ACCEPTED + 3], report.rejected()));
    }

    private static void outcome(String expected, ListReport report) {
        String status = report.status().wireName();
        switch (expected) {
            case "accept" -> assertEquals("accepted", status);
            case "partial" -> assertEquals("partial", status);
            case "refuse" -> assertEquals("refused", status);
            default -> assertTrue(report.accepted() > 0 || report.message() != null, "never none without a word");
        }
    }

    private static void count(String expected, long found) {
        if (!expected.equals("?")) {
            assertEquals(Long.parseLong(expected), found);
        }
    }

    private static InputStream open(Path inputs, String file) throws IOException {
        return file.startsWith("generated:")
                ? new ByteArrayInputStream(GeneratedInputs.make(file))
                : Files.newInputStream(inputs.resolve(file));
    }

    @TestFactory
    Stream<DynamicTest> guardDutysLimitsCanBeSwitchedOn() {
        return Stream.of(
                DynamicTest.dynamicTest("2,000 on a trusted list", () -> assertFalse(limited(2_000))),
                DynamicTest.dynamicTest("2,001 on a trusted list", () -> assertTrue(limited(2_001))));
    }

    /** Whether a trusted list of so many entries is refused under GuardDuty's limits. */
    private static boolean limited(int entries) throws IOException {
        ListRequest request = ListRequest.of("trusted", Kind.OPERATOR_TRUSTED).within(ListLimits.GUARDDUTY_TRUSTED);
        Intelligence.Builder builder = new Intelligence.Builder();
        ListReport report = ListReader.read(
                request, new ByteArrayInputStream(GeneratedInputs.lines(entries, GeneratedInputs::address)), builder);
        assertEquals(report.active(), builder.build().isTrusted(0, 0xFFFF_0B00_0001L, 0));
        return !report.active();
    }
}
