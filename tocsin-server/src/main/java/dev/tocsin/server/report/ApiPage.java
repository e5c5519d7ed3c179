package dev.tocsin.server.report;

import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.contract.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reference page of the API: of each operation, whether it is real, kept only, or refused. */
public final class ApiPage {

    private static final List<String> ANSWERS = List.of("real", "kept only", "refused");

    private ApiPage() {}

    /**
     * The page.
     *
     * @throws IllegalStateException if the table of answers does not fit the contract
     */
    public static String of(Contract contract) {
        StringBuilder page = new StringBuilder("""
                <!-- Made by ApiPageTest with -Dtocsin.docs.write=true; do not edit. -->
                # The API

                Tocsin answers the operations of SOURCE. Each takes and gives what its schema says.
                `real`: it does what it says. `kept only`: what it is given is kept and given back, and nothing follows.
                `refused`: it has no meaning off AWS.

                """.replace("SOURCE", contract.source()));
        Map<String, String[]> answers = answers();
        if (!answers.keySet().equals(contract.operations().keySet())) {
            throw new IllegalStateException("the table of answers and the contract name other operations");
        }
        for (String answer : ANSWERS) {
            page.append("- ")
                    .append(answer)
                    .append(": ")
                    .append(count(answers, answer))
                    .append('\n');
        }
        page.append("\n| operation | request | answer | |\n|---|---|---|---|\n");
        for (Map.Entry<String, String[]> entry : answers.entrySet()) {
            Operation operation = contract.operations().get(entry.getKey());
            page.append("| ").append(entry.getKey()).append(" | ");
            if (operation != null) {
                page.append('`')
                        .append(operation.method())
                        .append(' ')
                        .append(operation.uri())
                        .append('`');
            }
            page.append(" | ")
                    .append(entry.getValue()[1])
                    .append(" | ")
                    .append(entry.getValue()[2])
                    .append(" |\n");
        }
        return page.toString();
    }

    private static long count(Map<String, String[]> answers, String answer) {
        return answers.values().stream().filter(row -> row[1].equals(answer)).count();
    }

    private static Map<String, String[]> answers() {
        try (InputStream in = ApiPage.class.getResourceAsStream("answers.tsv")) {
            if (in == null) {
                throw new IllegalStateException("the table of answers is not in the jar");
            }
            Map<String, String[]> answers = new TreeMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(line -> {
                        String[] row = line.split("\t", -1);
                        answers.put(row[0], row);
                    });
            return answers;
        } catch (IOException e) {
            throw new UncheckedIOException("the table of answers cannot be read", e);
        }
    }
}
