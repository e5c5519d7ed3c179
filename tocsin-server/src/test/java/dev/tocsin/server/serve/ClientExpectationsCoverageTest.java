package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Each thing that real clients rely on has a test: client-expectations.tsv names it. */
final class ClientExpectationsCoverageTest {

    private static final Path COLLECTED = Path.of("../../shared/spec/client-expectations.tsv");

    private static List<String[]> rows(String text) {
        return text.lines().skip(1).map(line -> line.split("\t", -1)).toList();
    }

    private static List<String[]> expectations() throws IOException {
        try (InputStream in = ClientExpectationsCoverageTest.class.getResourceAsStream("client-expectations.tsv")) {
            return rows(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void eachNamesATestThatIsThere() throws IOException, ClassNotFoundException {
        for (String[] row : expectations()) {
            assertEquals(4, row.length, () -> String.join(" ", row));
            List<String> test = List.of(row[3].split("#", -1));
            String name = test.getFirst();
            Class<?> type = Class.forName("dev.tocsin.server." + (name.contains(".") ? name : "serve." + name));
            assertTrue(
                    Arrays.stream(type.getDeclaredMethods())
                            .anyMatch(method ->
                                    method.getName().equals(test.getLast()) && method.isAnnotationPresent(Test.class)),
                    row[3]);
        }
    }

    @Test
    void eachThatWasCollectedIsThere() throws IOException {
        Assumptions.assumeTrue(Files.exists(COLLECTED), "what was collected is not beside the repository");
        List<String> known =
                expectations().stream().map(row -> row[0] + " " + row[1]).toList();
        List<String[]> collected = rows(Files.readString(COLLECTED));
        assertNotNull(collected);
        assertEquals(collected.stream().map(row -> row[0] + " " + row[1]).toList(), known);
    }
}
