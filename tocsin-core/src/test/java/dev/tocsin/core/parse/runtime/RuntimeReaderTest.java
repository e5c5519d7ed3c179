package dev.tocsin.core.parse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.HostCases;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RuntimeReaderTest {

    private static final Path SAMPLES = Path.of("../../shared/corpus/runtime/formats");

    private static final String HEADER = HostHeader.MARK
            + "{\"version\":1,\"accountId\":\"111122223333\",\"region\":\"eu-west-1\",\"hostname\":\"web-1\",\"tool\":\"%s\"}\n";

    /** What came of a text. */
    private static final class Read implements RecordSink {
        private final List<HostEvent> events = new ArrayList<>();
        private final List<String> rejected = new ArrayList<>();
        private long ignored;

        static Read of(String source, String account, byte[] text) {
            Read read = new Read();
            ParseContext context = new ParseContext(LogObject.named(source), FieldPlan.NONE, account, null);
            HostCases.lines(new RuntimeReader(context, read), text);
            return read;
        }

        static Read of(String tool, String lines) {
            return of("log", null, (HEADER.formatted(tool) + lines).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void accept(Event event) {
            events.add((HostEvent) event);
        }

        @Override
        public void ignore(long count, String reason) {
            ignored += count;
        }

        @Override
        public void reject(long position, String reason) {
            rejected.add(position + ": " + reason);
        }

        @Override
        public void note(long position, String text) {}

        HostEvent only() {
            assertEquals(List.of(), rejected);
            assertEquals(1, events.size());
            return events.getFirst();
        }
    }

    private static String call(String arch, int number, String more, int serial) {
        return "type=SYSCALL msg=audit(1796060362.257:" + serial + "): arch=" + arch + " syscall=" + number
                + " success=yes exit=0 a0=4 a1=4d a2=0 a3=0 items=2 ppid=10 pid=11 auid=1000 uid=1000 gid=0 euid=0"
                + " tty=pts0 ses=1 comm=\"x\" exe=\"/opt/x\" " + more + "\n";
    }

    @Test
    void recordsOfOneEventAreJoinedThoughOthersLieBetween() {
        Read read = Read.of(
                "auditd",
                call("c000003e", 59, "", 1)
                        + call("c000003e", 42, "", 2)
                        + "type=EXECVE msg=audit(1796060362.257:1): argc=3 a0=\"x\" a1=2D61206220 a2=\"c\"\n"
                        + "type=SOCKADDR msg=audit(1796060362.257:2): saddr=020001BBC63364150000000000000000\n"
                        + "type=CWD msg=audit(1796060362.257:1): cwd=\"/opt\"\n"
                        + "type=PATH msg=audit(1796060362.257:1): item=0 name=\"./x\" nametype=NORMAL\n"
                        + "type=PROCTITLE msg=audit(1796060362.257:2): proctitle=63006400\n"
                        + "type=PROCTITLE msg=audit(1796060362.257:1): proctitle=\"x\"\n"
                        + "type=EOE msg=audit(1796060362.257:1):\n");
        assertEquals(List.of(), read.rejected);
        assertEquals(
                List.of(Action.CONNECT, Action.EXEC),
                read.events.stream().map(HostEvent::action).toList());
        HostEvent connect = read.events.getFirst();
        assertEquals(
                "198.51.100.21",
                Objects.requireNonNull(connect.peer()).address().toString());
        assertEquals(443, connect.peer().port());
        assertEquals("c d", connect.process().commandLine());
        HostEvent exec = read.events.getLast();
        assertEquals("x -a b  c", exec.process().commandLine());
        assertEquals("/opt/./x", exec.path());
        assertEquals(1000, exec.process().userId());
        assertEquals(0, exec.process().effectiveUserId());
        assertEquals(1_796_060_362_257L, exec.millis());
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource({
        "c000003e, 101, PTRACE",
        "c00000b7, 117, PTRACE",
        "40000003, 26, PTRACE",
        "c000003e, 311, WRITE_MEMORY",
        "c00000b7, 271, WRITE_MEMORY",
        "c000003e, 319, MEMFD",
        "c00000b7, 279, MEMFD",
        "c000003e, 323, USERFAULTFD",
        "c00000b7, 273, LOAD_MODULE",
        "c000003e, 165, MOUNT",
        "c00000b7, 221, EXEC"
    })
    void callsHaveNumbersOfTheirArchitecture(String arch, int number, Action action) {
        assertEquals(action, Read.of("auditd", call(arch, number, "", 1)).only().action());
    }

    @Test
    void enrichedLinesSayTheSame() {
        HostEvent event = Read.of(
                        "auditd", call("c000003e", 101, "key=\"k\"\u001dARCH=x86_64 SYSCALL=ptrace UID=\"u\"", 1))
                .only();
        assertEquals("PTRACE_POKETEXT", event.path());
        assertEquals(0x4d, event.number());
    }

    @Test
    void openEventsAreBounded() {
        StringBuilder lines = new StringBuilder();
        for (int serial = 1; serial <= AuditReader.MOST_OPEN * 3; serial++) {
            lines.append(call("c000003e", 59, "", serial));
        }
        for (int i = 0; i < AuditReader.MOST_RECORDS * 3; i++) {
            lines.append("type=PATH msg=audit(1796060362.257:999): item=0 name=\"/x\" nametype=NORMAL\n");
        }
        Read read = Read.of("auditd", lines.toString());
        assertEquals(AuditReader.MOST_OPEN * 3, read.events.size(), "none is lost");
        assertEquals(1, read.ignored, "an event without its beginning");
    }

    @Test
    void aHostIsNamedByHeaderOrFolderElseTheWayOutIsSaid() {
        byte[] line = call("c000003e", 59, "", 1).getBytes(StandardCharsets.UTF_8);
        Read nameless = Read.of("logs/audit.log", null, line);
        assertTrue(
                nameless.rejected.getFirst().contains("AWSLogs/ACCOUNT/RuntimeLogs/REGION/INSTANCE/"),
                nameless.rejected.toString());
        HostEvent named = Read.of(
                        "AWSLogs/111122223333/RuntimeLogs/eu-west-1/i-0123456789abcdef0/audit.log",
                        "111122223333",
                        line)
                .only();
        assertEquals("111122223333/eu-west-1/i-0123456789abcdef0", named.host().key());
        assertEquals("auditd", named.host().tool());
        Read refused = Read.of(
                "log", null, (HostHeader.MARK + "{}\n" + call("c000003e", 59, "", 1)).getBytes(StandardCharsets.UTF_8));
        assertEquals(1, refused.rejected.size());
        assertEquals(1, refused.ignored);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            no JSON          | tracee   | {"hostProcessId":1,"eventName"           | no JSON object
            no event's name  | tracee   | {"timestamp":1796040000000000000}        | expected eventName
            no time          | tracee   | {"eventName":"execve","args":[]}         | without a time
            no kind          | tetragon | {"node_name":"x"}                        | expected a member process_exec
            a list           | falco    | []                                       | no JSON object
            no audit record  | auditd   | type=SYSCALL msg=audit(x)                | expected an audit record
            no serial        | auditd   | type=SYSCALL msg=audit(1.2:y): a=b       | expected an audit record
            """)
    void refuses(String name, String tool, String line, String message) {
        Read read = Read.of(tool, line + "\n");
        assertEquals(1, read.rejected.size(), read.rejected.toString());
        assertTrue(read.rejected.getFirst().contains(message), read.rejected.toString());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "falco.jsonl, falco, 2, 0",
        "tetragon.jsonl, tetragon, 25, 8",
        "tracee.jsonl, tracee, 10, 4",
        "osquery.jsonl, osquery, 3, 1",
        "auditd-events.log, auditd, 8, 40",
        "auditd-rhel7.log, auditd, 2, 45"
    })
    void readsTheToolsOwnSamples(String file, String tool, int accepted, int ignored) throws IOException {
        Path path = SAMPLES.resolve(file);
        Assumptions.assumeTrue(Files.exists(path), "the shared corpus is not here");
        Read read = Read.of(tool, Files.readString(path).replace("type=UNKNOWN[1329] msg=?\n", "")); // no record
        assertEquals(List.of(), read.rejected);
        assertEquals(accepted + " and " + ignored, read.events.size() + " and " + read.ignored);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void brokenLinesAreNeverAnException(long seed) throws IOException {
        Random random = new Random(seed);
        for (String tool : HostCases.TOOLS) {
            byte[] bytes;
            try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/runtime/" + tool + ".log"))) {
                bytes = in.readAllBytes();
            }
            for (int i = bytes.length / 60; i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Read read = Read.of("fuzz", "111122223333", bytes);
            assertTrue(read.events.size() + read.ignored + read.rejected.size() > 5, tool + " with seed " + seed);
        }
    }
}
