package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.Settings;
import dev.tocsin.flink.job.Local;
import dev.tocsin.flink.sink.Signature;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one command of README: a cluster, a service, and what was found in its console. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class TrialTest {

    private static final String LOGS = "../samples";
    private static final String SHOWN = " findings stand in the console: ";
    private static final String KEY = "Sign in with the key in ";
    private static final int PATIENCE_SECONDS = 60;
    private static final Duration MOST = Duration.ofMinutes(4);

    @TempDir
    Path folder;

    @Test
    void oneCommandEndsWithFindingsInTheConsoleAndLeavesNothingBehind() throws Exception {
        Process trial = start("local", "--console", LOGS);
        List<ProcessHandle> started;
        Path key;
        try {
            line(trial, "Ctrl-C ends");
            String shown = line(trial, SHOWN);
            key = Path.of(after(line(trial, KEY), KEY).replaceFirst(";.*", ""));
            Set<String> expected =
                    Local.expected(Settings.of(List.of(LOGS))).findings().keySet();
            assertEquals(expected.size() + SHOWN + after(shown, SHOWN), shown);
            assertEquals(expected, ids(after(shown, SHOWN), Signature.of(key)));
            started = trial.descendants().toList();
            assertTrue(started.size() >= 4, "a service, a job manager and two task managers: " + started);
        } finally {
            trial.destroy();
        }
        assertTrue(trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it does not end");
        assertTrue(started.stream().noneMatch(ProcessHandle::isAlive), "processes are left");
        assertFalse(Files.exists(key), "the service's folder is left");
    }

    /** The command as the launcher starts it; its launcher is a script that finds the service on this class path. */
    private Process start(String... arguments) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path launcher = folder.resolve("tocsin");
        Files.writeString(
                launcher,
                "#!/bin/sh\nexec '" + java + "' --enable-native-access=ALL-UNNAMED -cp '" + classPath
                        + "' dev.tocsin.server.command.TocsinCommand \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
        List<String> command = new ArrayList<>(List.of(
                java, "-Dtocsin.launcher=" + launcher, "-cp", classPath, "dev.tocsin.flink.command.FlinkCommand"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said().toFile())
                .start();
    }

    /** The line with {@code part} among those it has printed, or will. */
    private String line(Process trial, String part) throws Exception {
        AtomicReference<String> found = new AtomicReference<>();
        Await.until("it says '" + part + "'", MOST, () -> {
            Files.readString(said()).lines().filter(line -> line.contains(part)).forEach(found::set);
            if (found.get() == null && !trial.isAlive()) {
                throw new Await.Ended("it ended without '" + part + "': " + Files.readString(said()));
            }
            return found.get() != null;
        });
        return found.get();
    }

    private Path said() {
        return folder.resolve("said");
    }

    private static String after(String line, String part) {
        return line.substring(line.indexOf(part) + part.length());
    }

    /** What the service's console lists. */
    private static Set<String> ids(String service, Signature signature) throws Exception {
        URI uri = URI.create(service + "tocsin/v1/findings/search");
        String body = "{\"maxResults\": 200}";
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString(body));
        signature.post(uri, body, InstantSource.system().instant()).forEach(request::header);
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            Set<String> ids = new TreeSet<>();
            if (Doc.parse(answer.body()).get("findings") instanceof List<?> list) {
                list.forEach(one -> ids.add(String.valueOf(((Doc) one).text("id"))));
            }
            return ids;
        }
    }
}
