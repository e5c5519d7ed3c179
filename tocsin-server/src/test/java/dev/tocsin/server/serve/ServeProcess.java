package dev.tocsin.server.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tocsin serve} in a process of its own. */
public final class ServeProcess implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 60_000;

    private final Process process;
    private final Path log;

    private ServeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it over {@code data}; it watches the folder {@code logs}. */
    public static ServeProcess start(Path data, Path logs, Path log, String... options) throws IOException {
        Files.createDirectories(logs);
        Path config = log.resolveSibling(log.getFileName() + ".yaml");
        Files.writeString(
                config,
                "sources: [{name: drop, type: folder, path: '" + logs.toAbsolutePath()
                        + "'}]\ndetectors: {enableAllSeen: true}\nnoFeeds: true\n");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.tocsin.server.command.TocsinCommand",
                "serve",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:0"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServeProcess(process, log);
    }

    /** Something that is to become true. */
    @FunctionalInterface
    public interface Condition {
        boolean holds() throws IOException;
    }

    /** Waits until {@code condition} holds, or fails with what the process said. */
    public void await(Condition condition) throws IOException, InterruptedException {
        for (long waited = 0; !condition.holds(); waited += 50) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError("it ended with " + process.exitValue() + " and said: " + said());
            }
            if (waited > PATIENCE_MILLIS) {
                throw new AssertionError("in vain; it said: " + said());
            }
        }
    }

    /** What it has printed. */
    public String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    /** Ends it as a power cut does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Asks it to end; gives the milliseconds that it took. */
    public long stop() throws InterruptedException {
        long start = System.nanoTime();
        process.destroy();
        process.waitFor();
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
