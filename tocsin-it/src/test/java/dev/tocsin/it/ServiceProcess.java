package dev.tocsin.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code tocsin serve} in a process of its own, on a port of loopback that is free. */
final class ServiceProcess {

    private ServiceProcess() {}

    /** Where the product and its tests lie. */
    static final String CLASSPATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    /** Starts it as {@code config} says over {@code data}; what it prints goes to {@code log}. */
    static Process start(Path config, Path data, Path log) throws IOException {
        return start(config, data, log, List.of());
    }

    /** The same, with options of the JVM. */
    static Process start(Path config, Path data, Path log, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                CLASSPATH,
                "dev.tocsin.server.command.TocsinCommand",
                "serve",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }
}
