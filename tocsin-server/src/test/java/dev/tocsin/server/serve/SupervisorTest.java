package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What systemd is told, over the socket that systemd makes. */
final class SupervisorTest {

    /** Java has no datagrams between processes: Python plays systemd, and a process of its own has the variable. */
    private static final String SYSTEMD = """
            import os, socket, subprocess, sys
            place = sys.argv[1]
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as s:
                s.bind(place)
                s.settimeout(60)
                p = subprocess.Popen(sys.argv[2:], env=dict(os.environ, NOTIFY_SOCKET=place), stdout=subprocess.DEVNULL)
                print(s.recv(4096).decode().replace('\\n', ' '), flush=True)
                p.terminate()
                print(s.recv(4096).decode(), flush=True)
                print(p.wait())
            """;

    @TempDir
    Path folder;

    @Test
    void isToldWhenTheServiceListensAndWhenItEnds() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no Python here");
        assumeTrue(
                Stream.of("/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib64")
                        .anyMatch(lib -> Files.exists(Path.of(lib, "libsystemd.so.0"))),
                "no systemd here");
        Process systemd = new ProcessBuilder(
                        "/usr/bin/python3",
                        "-c",
                        SYSTEMD,
                        folder.resolve("notify").toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "dev.tocsin.server.command.TocsinCommand",
                        "serve",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(systemd.getInputStream(), StandardCharsets.UTF_8))) {
            String ready = String.valueOf(said.readLine());
            assertEquals("READY=1 STATUS=listening on http://127.0.0.1:", ready.replaceAll("\\d+$", ""));
            assertEquals("STOPPING=1", said.readLine());
            systemd.waitFor(60, TimeUnit.SECONDS);
        } finally {
            systemd.destroyForcibly();
        }
    }

    @Test
    void elsewhereNothingHappens() {
        new Supervisor(Map.of()).ready("http://127.0.0.1:1");
    }
}
