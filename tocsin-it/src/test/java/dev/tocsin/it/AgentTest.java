package dev.tocsin.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.parse.runtime.HostHeader;
import dev.tocsin.server.command.TocsinCommand;
import dev.tocsin.server.security.TrustedCertificates;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * {@code tocsin agent} and {@code tocsin serve} as processes, over TLS: each line that a tool writes is in the ledger once, whatever
 * ends meanwhile. {@code -Dtocsin.seed=N} repeats a run.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class AgentTest {

    private static final long SEED = Long.getLong("tocsin.seed", System.nanoTime());

    /** Most that the agent may take, in KiB. */
    private static final long MOST_RSS = 64 * 1_024;

    /** As the launcher starts it. */
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-XX:TieredStopAtLevel=1",
            "-XX:CICompilerCount=1",
            "-XX:CompileThresholdScaling=20",
            "-XX:ReservedCodeCacheSize=5m",
            "-XX:-UsePerfData",
            "-Xss256k",
            "-Xms4m",
            "-Xmx10m",
            "-Xshare:off",
            "-Xmn1m",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20",
            "-XX:TrimNativeHeapInterval=5000");

    /** The few jars that it needs. */
    private static final Pattern FEW = Pattern.compile("/tocsin-|/jackson-|/snakeyaml-");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();
    private final Random random = new Random(SEED);
    private int port;
    private String key = "";
    private long written;

    /** What {@link #write} wrote first. */
    private String first = "";

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        System.out.println("seed " + SEED);
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.createDirectories(folder.resolve("log"));
        Files.writeString(
                folder.resolve("serve.yaml"),
                "sources: [{name: hosts, type: agent-http}]\ndetectors: {enableAllSeen: true}\nnoFeeds: true\nlisten: 127.0.0.1:"
                        + port + "\n");
        Process service = service();
        awaitCertificate(service);
        StringWriter out = new StringWriter();
        CommandLine command = TocsinCommand.commandLine().setOut(new PrintWriter(out));
        assertEquals(
                0,
                command.execute(
                        "keys",
                        "agent",
                        "--data",
                        data().toString(),
                        "--source",
                        "hosts",
                        "--account",
                        "111122223333",
                        "--region",
                        "eu-central-1",
                        "--instance",
                        "i-0123456789abcdef0"));
        key = out.toString().strip();
        agentConfig(256);
        end(service);
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path log() {
        return folder.resolve("log/tracee.json");
    }

    private void agentConfig(int megabytes) throws IOException {
        Files.writeString(
                folder.resolve("agent.yaml"),
                "server: https://127.0.0.1:" + port + "/agent/hosts\nkey: {file: '"
                        + Files.writeString(folder.resolve("agent.key"), key + "\n") + "'}\ncertificate: '"
                        + data().resolve("tls-certificate.pem") + "'\ntool: tracee\nfile: '" + log()
                        + "'\nprocess: none\nbuffer: '" + folder.resolve("buffer") + "'\nbufferMegabytes: " + megabytes
                        + "\nbatchSeconds: 1\naccount: '111122223333'\nregion: eu-central-1\n"
                        + "instanceId: i-0123456789abcdef0\nhostname: web-1\n");
    }

    private Process start(List<String> flags, String... arguments) throws IOException {
        boolean isAgent = arguments[0].equals("agent");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                isAgent ? few() : ServiceProcess.CLASSPATH,
                isAgent ? "dev.tocsin.server.agent.AgentMain" : "dev.tocsin.server.command.TocsinCommand"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(arguments[0] + ".log").toFile()))
                .start();
        started.add(process);
        return process;
    }

    private static String few() {
        return Stream.of(ServiceProcess.CLASSPATH.split(":", -1))
                .filter(part -> FEW.matcher(part).find())
                .collect(Collectors.joining(":"));
    }

    private Process service() throws IOException {
        return start(
                List.of(),
                "serve",
                "--config",
                folder.resolve("serve.yaml").toString(),
                "--data",
                data().toString(),
                "--tls-self-signed");
    }

    private Process agent() throws IOException {
        return start(FLAGS, "agent", "--config", folder.resolve("agent.yaml").toString());
    }

    private void awaitCertificate(Process service) throws IOException, InterruptedException {
        while (!Files.exists(data().resolve("tls-certificate.pem")) || rows() == null) {
            assertTrue(service.isAlive(), () -> said("serve.log"));
            service.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private String said(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Writes lines of a tool, a second of event time apart. */
    private void write(int lines, int bytes) throws IOException {
        StringBuilder text = new StringBuilder();
        byte[] noise = new byte[bytes];
        for (int i = 0; i < lines; i++) {
            random.nextBytes(noise);
            long nanos = (Instant.parse("2026-03-01T12:00:00Z").getEpochSecond() + written++) * 1_000_000_000L;
            text.append("{\"timestamp\":")
                    .append(nanos)
                    .append(",\"processId\":")
                    .append(1_000 + i)
                    .append(",\"hostProcessId\":")
                    .append(1_000 + i)
                    .append(
                            ",\"parentProcessId\":1,\"userId\":0,\"processName\":\"sh\",\"hostName\":\"web-1\",\"eventName\":")
                    .append(
                            "\"sched_process_exec\",\"args\":[{\"name\":\"pathname\",\"type\":\"string\",\"value\":\"/tmp/")
                    .append(HexFormat.of().formatHex(noise))
                    .append("\"}]}\n");
        }
        first = first.isEmpty() ? text.toString() : first;
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void rotate(int number) throws IOException {
        Files.move(log(), log().resolveSibling("tracee.json." + (1_000 - number)));
        Files.createFile(log());
    }

    /** Names and records of the ledger's rows of the agent; null while the store is not there yet. */
    private @Nullable List<Doc> rows() {
        try (Store store = Store.openBeside(data())) {
            List<Doc> rows = new ArrayList<>();
            new ReadObjects(store).rows(row -> rows.add(new Doc().withAll(row)));
            return rows;
        } catch (StoreException e) {
            return null;
        }
    }

    private long records() {
        List<Doc> rows = rows();
        long records = 0;
        for (Doc row : rows == null ? List.<Doc>of() : rows) {
            records += row.number("accepted", 0) + row.number("ignored", 0) + row.number("rejected", 0);
        }
        return records;
    }

    /** The records of the batch that the agent sent as number {@code number}. */
    private long recordsOf(int number) {
        String name = String.format(Locale.ROOT, "-%016d", number);
        return Objects.requireNonNull(rows()).stream()
                .filter(row -> String.valueOf(row.text("source")).endsWith(name))
                .mapToLong(row -> row.number("accepted", 0) + row.number("ignored", 0) + row.number("rejected", 0))
                .sum();
    }

    private void awaitRecords(long wanted, Process watched) throws InterruptedException {
        while (records() < wanted) {
            assertTrue(watched.isAlive(), () -> said("agent.log") + said("serve.log"));
            watched.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    @Test
    void losesAndDoublesNothingWhateverEnds() throws Exception {
        Process service = service();
        Process agent = agent();
        write(50, 8);
        awaitRecords(50, agent);
        for (int round = 0; round < 6; round++) {
            boolean ofAgent = random.nextBoolean();
            Process killed = ofAgent ? agent : service;
            write(40, 8);
            killed.waitFor(random.nextInt(1_500), TimeUnit.MILLISECONDS);
            killed.destroyForcibly().waitFor();
            write(40, 8);
            if (round % 2 == 0) {
                rotate(round);
                write(10, 8);
            }
            if (ofAgent) {
                agent = agent();
            } else {
                service = service();
            }
        }
        end(service); // and is away while ten minutes of events come
        write(600, 8);
        agent.waitFor(2_500, TimeUnit.MILLISECONDS);
        service = service();
        awaitRecords(written, agent);
        assertTrue(rss(agent) < MOST_RSS, rss(agent) + " KiB");
        agent.waitFor(1_500, TimeUnit.MILLISECONDS);
        assertEquals(written, records());
        assertOnceEach();
        sameBatchAgain();
        assertEquals(written, records());
        end(agent);
        end(service);
        assertEquals(0, health().number("lost", -1));
        assertEquals("tracee", health().text("tool"));
    }

    private void assertOnceEach() {
        List<Doc> rows = rows();
        Set<String> sources = new TreeSet<>();
        for (Doc row : rows == null ? List.<Doc>of() : rows) {
            assertTrue(sources.add(String.valueOf(row.text("source"))), row::toJson);
        }
        int number = 0;
        for (String source : sources) {
            assertTrue(source.endsWith(String.format(Locale.ROOT, "-%016d", ++number)), sources::toString);
        }
    }

    /** Sends what the agent sent first once more, as after an answer that was lost, and what another host could not. */
    private void sameBatchAgain() throws Exception {
        String agentId = String.valueOf(health().text("agentId"));
        assertEquals(200, post(agentId, "i-0123456789abcdef0"));
        assertEquals(403, post(agentId, "i-0fedcba9876543210"), "the key is another instance's");
    }

    private int post(String agentId, String instance) throws Exception {
        Host host = new Host(
                "111122223333",
                "eu-central-1",
                instance,
                null,
                "tracee",
                agentId,
                instance.endsWith("f0") ? 1 : 999,
                null,
                null,
                null,
                null);
        String lines = first.lines().limit(recordsOf(1)).collect(Collectors.joining("\n"));
        String body = new HostHeader(host).write() + "\n" + lines + "\n";
        String id = agentId + "-" + (instance.endsWith("f0") ? "0000000000000001" : "0000000000000999");
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(TrustedCertificates.trusting(data().resolve("tls-certificate.pem")))
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/agent/hosts"))
                    .header("Authorization", "Bearer " + key)
                    .header("X-Tocsin-Request-Id", id)
                    .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode();
        }
    }

    /** The last report of the agent. */
    private Doc health() throws StoreException {
        try (Store store = Store.openBeside(data())) {
            List<Resource> agents = store.resources("agent");
            return agents.isEmpty() ? new Doc() : agents.getFirst().document();
        }
    }

    private static long rss(Process process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findAny()
                .orElseThrow();
    }

    @Test
    void whatAFullBufferLosesIsCounted() throws Exception {
        agentConfig(1);
        Process agent = agent();
        Process noService = agent;
        for (int i = 0; i < 6; i++) {
            write(250, 1_000); // half a megabyte of noise
            noService.waitFor(1_500, TimeUnit.MILLISECONDS);
        }
        end(agent);
        Process service = service();
        agent = agent();
        awaitReport(agent);
        long lost = health().number("lost", 0);
        assertTrue(lost > 0 && lost < written, "lost " + lost);
        awaitRecords(written - lost, agent);
        agent.waitFor(1_500, TimeUnit.MILLISECONDS);
        assertEquals(written - lost, records());
        assertTrue(said("serve.log").contains("has lost " + lost + " lines"), said("serve.log"));
        end(agent);
        end(service);
    }

    private void awaitReport(Process agent) throws InterruptedException, StoreException {
        while (health().text("agentId") == null) {
            assertTrue(agent.isAlive(), () -> said("agent.log") + said("serve.log"));
            agent.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }
}
