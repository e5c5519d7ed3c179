package dev.tocsin.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Scripts and tests that Node runs, in a folder of {@code clients}, with what its package.json names. */
final class NodeProject {

    /** The official JavaScript client. */
    static final NodeProject GUARDDUTY = new NodeProject("js");

    /** A browser that is driven through the console. */
    static final NodeProject BROWSER = new NodeProject("browser");

    private final Path folder;

    private NodeProject(String name) {
        this.folder = Path.of("clients", name);
    }

    /** Runs {@code script}; its standard output. */
    String run(String script, List<String> arguments, Map<String, String> environment)
            throws IOException, InterruptedException {
        install();
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(arguments);
        return Command.run(folder, command, environment);
    }

    /** Runs the test file {@code name}, all of whose tests must pass. */
    String test(String name, Map<String, String> environment) throws IOException, InterruptedException {
        install();
        return Command.run(folder, List.of("node", "--test", "--test-reporter=spec", name), environment);
    }

    private synchronized void install() throws IOException, InterruptedException {
        if (!Files.isDirectory(folder.resolve("node_modules"))) {
            Command.run(folder, List.of("npm", "ci", "--no-audit", "--no-fund"), Map.of());
        }
    }
}
