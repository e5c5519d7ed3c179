package dev.tocsin.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The official JavaScript client, in {@code clients/js}. */
final class JavaScriptClient {

    private static final Path FOLDER = Path.of("clients", "js");

    private JavaScriptClient() {}

    /** Runs {@code script}; its standard output. */
    static String run(String script, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        return Command.run(FOLDER, command, environment);
    }

    /** Runs the test file {@code name}, all of whose tests must pass. */
    static String test(String name, Map<String, String> environment) throws IOException, InterruptedException {
        install();
        return Command.run(FOLDER, List.of("node", "--test", "--test-reporter=spec", name), environment);
    }

    private static synchronized void install() throws IOException, InterruptedException {
        if (!Files.isDirectory(FOLDER.resolve("node_modules"))) {
            Command.run(FOLDER, List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of());
        }
    }
}
