package dev.tocsin.it;

import java.io.IOException;
import java.nio.file.Path;

/** {@code tocsin serve} in a process of its own, on a port of loopback that is free. */
final class ServiceProcess {

    private ServiceProcess() {}

    /** Starts it as {@code config} says over {@code data}; what it prints goes to {@code log}. */
    static Process start(Path config, Path data, Path log) throws IOException {
        String classpath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classpath,
                        "dev.tocsin.server.command.TocsinCommand",
                        "serve",
                        "--config",
                        config.toString(),
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:0")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
