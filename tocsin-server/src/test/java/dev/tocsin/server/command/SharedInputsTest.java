package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.input.container.GeneratedInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the shared manifest of odd inputs through the command line: counts, status and findings. */
final class SharedInputsTest extends CommandFixture {

    /** Heap of the process that reads the large inputs, in megabytes (issue: bounded memory). */
    private static final int HEAP_MB = 256;

    static Stream<ManifestRow> stored() throws IOException {
        return ManifestRow.all().stream().filter(row -> !row.isGenerated());
    }

    static Stream<ManifestRow> generated() throws IOException {
        return ManifestRow.all().stream().filter(ManifestRow::isGenerated);
    }

    @Test
    void inputsAreThere() throws IOException {
        Assumptions.assumeTrue(Files.exists(ManifestRow.INPUTS), "shared/inputs is not beside the repository: no rows");
        assertTrue(stored().count() + generated().count() > 100);
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("stored")
    void comesOutAsTheManifestSays(ManifestRow row) throws IOException {
        Path ledger = folder.resolve("ledger.json");
        tocsin(command(row, ManifestRow.INPUTS.resolve(row.file()) + (row.file().endsWith("/") ? "/" : ""), ledger));
        row.check(judged(row, ledger));
        if (row.logs() != null) {
            usedOver(row);
        }
    }

    /** A list whose row names logs: what is found in them while it is in use. */
    private void usedOver(ManifestRow row) {
        List<String> arguments = new ArrayList<>(List.of("analyze", "--format", "jsonl"));
        arguments.addAll(row.options());
        arguments.addAll(
                List.of(row.use(), ManifestRow.INPUTS.resolve(row.file()).toString(), String.valueOf(row.logs())));
        out.getBuffer().setLength(0);
        assertEquals(0, tocsin(arguments.toArray(String[]::new)), err.toString());
        assertEquals("", out.toString());
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("generated")
    void readsTheLargeOnesInASmallHeap(ManifestRow row) throws IOException, InterruptedException {
        Path input = folder.resolve(row.file().substring(row.file().lastIndexOf('/') + 1));
        Files.write(input, GeneratedInputs.make(row.file()));
        Path ledger = folder.resolve("ledger.json");
        Path said = folder.resolve("out");
        Path errors = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TocsinCommand.class.getName()));
        command.addAll(List.of(command(row, input.toString(), ledger)));
        new ProcessBuilder(command)
                .redirectOutput(said.toFile())
                .redirectError(errors.toFile())
                .start()
                .waitFor();
        assertTrue(Files.exists(ledger), () -> text(errors));
        out.append(text(said));
        row.check(judged(row, ledger));
    }

    private static String[] command(ManifestRow row, String path, Path ledger) {
        List<String> arguments = new ArrayList<>();
        if (row.isList()) {
            arguments.addAll(List.of("lists", "check", "--ledger", ledger.toString()));
            if (row.file().contains("trusted")) {
                arguments.add("--trusted");
            }
            arguments.add(path + row.format());
        } else {
            arguments.addAll(List.of("analyze", "--quiet", "--format", "jsonl", "--ledger", ledger.toString()));
            arguments.addAll(row.options());
            arguments.add(path);
        }
        return arguments.toArray(String[]::new);
    }

    private Judged judged(ManifestRow row, Path ledger) {
        assertTrue(Files.exists(ledger), () -> out + "\n" + err);
        return Judged.of(row.isList() ? "" : out.toString(), text(ledger));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
