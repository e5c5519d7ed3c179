package dev.tocsin.input.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList.Kind;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A case is a folder below {@code resources/lists} with the list in {@code input} and, line by line, what must come of it in
 * {@code expected}: kind, format, status, counts, and entries that must be found (value, port, category, family).
 */
final class ListCasesTest {

    @TestFactory
    Stream<DynamicTest> comeOutAsExpected() throws IOException {
        List<Path> cases;
        try (Stream<Path> folders = Files.list(Path.of("src/test/resources/lists"))) {
            cases = folders.sorted().toList();
        }
        return cases.stream()
                .map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(), () -> check(folder)));
    }

    private static void check(Path folder) throws IOException {
        List<String> expected = Files.readAllLines(folder.resolve("expected"));
        Kind kind = Kind.valueOf(expected.getFirst().substring("kind ".length()));
        Intelligence.Builder builder = new Intelligence.Builder();
        ListReport report;
        try (InputStream in = Files.newInputStream(folder.resolve("input"))) {
            report = ListReader.read(ListRequest.of("case", kind), in, builder);
        }
        Intelligence intelligence = builder.build();
        List<String> found = new ArrayList<>(List.of(
                expected.getFirst(),
                "format " + report.format(),
                "status " + report.status().wireName(),
                "accepted " + report.accepted(),
                "duplicates " + report.duplicates(),
                "ignored " + report.ignoredCount(),
                "rejected " + report.rejected()));
        expected.stream()
                .filter(line -> line.startsWith("entry "))
                .forEach(line -> found.add(look(line, intelligence)));
        assertEquals(String.join("\n", expected), String.join("\n", found), report::toString);
    }

    /** The entry of that value and port as it was found, in the form of {@code line}. */
    private static String look(String line, Intelligence intelligence) {
        String[] words = line.split(" ", -1);
        Match match = match(words[1], Integer.parseInt(words[2]), intelligence);
        if (match == null) {
            return "no match for " + words[1];
        }
        return match.hits().stream()
                .filter(hit -> hit.indicator().value().equals(words[1]))
                .map(ListCasesTest::show)
                .filter(line::equals)
                .findFirst()
                .orElseGet(() -> match.hits().toString());
    }

    private static Match match(String value, int port, Intelligence intelligence) {
        Address address = Address.parse(value.replaceAll("/.*", ""));
        if (address != null) {
            return intelligence.address(address, port, 0);
        }
        return value.startsWith("AKIA") ? intelligence.accessKey(value) : intelligence.domain(value, 0);
    }

    private static String show(Hit hit) {
        return "entry " + hit.indicator().value() + ' ' + hit.indicator().port() + ' '
                + hit.indicator().category().wireName() + ' ' + hit.indicator().family();
    }
}
