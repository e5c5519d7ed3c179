package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server of the system's own programs, on loopback, over a new folder; one for all tests of a process. It ends
 * when the process does, however that ends: it reads from a pipe whose other end the process holds.
 */
public final class PostgresServer {

    private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");

    /** Runs what follows and ends it at once when its input ends. */
    private static final String BOUND = "\"$@\" & read -r end; kill -QUIT $!; wait; rm -rf \"$FOLDER\"";

    private static @Nullable PostgresServer running;

    private final int port;

    @SuppressWarnings({"FieldCanBeLocal", "unused"}) // holds the pipe
    private final Process process;

    private PostgresServer(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** The server; it is started if it is not running yet. */
    public static synchronized PostgresServer running() throws IOException {
        if (running == null) {
            Path programs = programs();
            assumeTrue(programs != null, "no PostgreSQL under " + PROGRAMS + " (Debian: apt-get install postgresql)");
            running = start(programs);
        }
        return running;
    }

    /** Where the programs of the newest version lie, or null. */
    private static @Nullable Path programs() throws IOException {
        if (!Files.isDirectory(PROGRAMS)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(PROGRAMS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.comparing(Path::toString))
                    .orElse(null);
        }
    }

    private static PostgresServer start(Path programs) throws IOException {
        Path folder = Files.createTempDirectory("tocsin-postgres");
        boolean root = System.getProperty("user.name").equals("root");
        List<String> as = root // whom PostgreSQL refuses
                ? List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups")
                : List.of();
        if (root) {
            run(List.of("chown", "postgres", folder.toString()), folder);
        }
        String data = folder.resolve("data").toString();
        run(concat(as, programs.resolve("initdb").toString(), "-D", data, "-A", "trust", "-U", "tocsin", "-N"), folder);
        int port = freePort();
        List<String> server = concat(
                as,
                "sh",
                "-c",
                BOUND,
                "sh",
                programs.resolve("postgres").toString(),
                "-D",
                data,
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off");
        ProcessBuilder builder =
                new ProcessBuilder(server).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.directory(folder.toFile()).environment().put("FOLDER", folder.toString());
        Process process = builder.start();
        run(
                concat(
                        List.of(),
                        "sh",
                        "-c",
                        "for i in $(seq 300); do " + programs.resolve("pg_isready") + " -q -h 127.0.0.1 -p " + port
                                + " && exit; sleep 0.1; done; exit 1"),
                folder);
        return new PostgresServer(port, process);
    }

    private static List<String> concat(List<String> start, String... rest) {
        List<String> all = new ArrayList<>(start);
        all.addAll(List.of(rest));
        return all;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(command + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** Of the database {@code name}. */
    public String url(String name) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?user=tocsin";
    }
}
