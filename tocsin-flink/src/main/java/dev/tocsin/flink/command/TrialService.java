package dev.tocsin.flink.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code tocsin serve} as a process of its own, for the findings of a trial: every account and Region met has a detector. */
final class TrialService implements AutoCloseable {

    private static final String LISTENING = "listening on ";
    private static final String CONSOLE = "console ";
    private static final int PATIENCE_SECONDS = 10;

    private final Process process;
    private final Path data;
    private final String url;

    private TrialService(Process process, Path data, String url) {
        this.process = process;
        this.data = data;
        this.url = url;
    }

    /**
     * Starts it, on a free port of loopback.
     *
     * @param data its data folder
     * @param work for its configuration and log
     * @throws IOException if it does not come up; the message has its last words
     */
    static TrialService start(Path data, Path work) throws IOException {
        String launcher = System.getProperty("tocsin.launcher");
        if (launcher == null) {
            throw new IOException("--console starts 'tocsin serve': run this by ./tocsin flink local");
        }
        Path config = Files.createDirectories(work).resolve("service.yaml");
        Files.writeString(config, "detectors: {enableAllSeen: true}\nnoFeeds: true\n");
        Path log = work.resolve("service.log");
        Process process = new ProcessBuilder(List.of(
                        launcher,
                        "serve",
                        "--config",
                        config.toString(),
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:0"))
                .redirectError(log.toFile())
                .start();
        String url = null;
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(LISTENING)) {
                url = line.substring(LISTENING.length());
            } else if (url != null && line.startsWith(CONSOLE)) {
                return new TrialService(process, data, url);
            }
        }
        process.destroy();
        throw new IOException("the service did not start: "
                + Files.readString(log, StandardCharsets.UTF_8).strip());
    }

    /** Where it answers. */
    String url() {
        return url;
    }

    /** The file with the key that it made at its first start. */
    Path keyFile() {
        return data.resolve("administrator.credentials");
    }

    /** Waits until it ends. */
    void await() throws InterruptedException {
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
