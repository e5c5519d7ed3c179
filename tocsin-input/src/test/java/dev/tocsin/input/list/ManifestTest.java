package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
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
        return switch (file) {
            case "generated:list/threat-250001.txt" -> lines(250_001, ManifestTest::address);
            case "generated:list/threat-36mb.txt" -> lines(1_800_000, i -> String.format("%-19s", address(i)));
            case "generated:list/line-10mb.txt" ->
                lines(2, i -> i == 0 ? "x".repeat(10 * 1024 * 1024) : "198.51.100.1");
            default -> Files.newInputStream(inputs.resolve(file));
        };
    }

    private static String address(int i) {
        return "11." + (i >>> 16) + '.' + (i >>> 8 & 255) + '.' + (i & 255);
    }

    /** A text of so many lines, made while it is read. */
    private static InputStream lines(int count, IntFunction<String> line) {
        return new InputStream() {
            private InputStream part = InputStream.nullInputStream();
            private int next;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int got = part.read(into, from, length);
                while (got < 0 && next < count) {
                    part = new ByteArrayInputStream((line.apply(next++) + "\n").getBytes(StandardCharsets.UTF_8));
                    got = part.read(into, from, length);
                }
                return got;
            }
        };
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
        ListReport report = ListReader.read(request, lines(entries, ManifestTest::address), builder);
        assertEquals(report.active(), builder.build().isTrusted(0, 0xFFFF_0B00_0001L, 0));
        return !report.active();
    }
}
