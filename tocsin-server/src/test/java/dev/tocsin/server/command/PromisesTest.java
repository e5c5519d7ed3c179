package dev.tocsin.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.server.agent.AgentSetup;
import dev.tocsin.server.config.AccessKeyConfig;
import dev.tocsin.server.config.AgentConfig;
import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.scenario.Scenario;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the mission promises beside its findings, a test each. */
final class PromisesTest extends CommandFixture {

    /** A value that no detector reads, which cannot be guessed or made of anything else. */
    private static final String MARK = "6b1f0c8e2d7a94b35e0f71c2a8d9463f";

    @Test
    void independence_whatIsAnalysedDoesNotDependOnTheCustomersOwnTrailOrLogs() throws IOException {
        String before = KALI;
        List<String> changes = List.of(
                call("StopLogging", 10, "e-10"),
                call("DeleteTrail", 11, "e-11"),
                call("PutEventSelectors", 12, "e-12"),
                call("DeleteFlowLogs", 13, "e-13").replace("cloudtrail.amazonaws", "ec2.amazonaws"),
                call("DisassociateResolverQueryLogConfig", 14, "e-14")
                        .replace("cloudtrail.amazonaws", "route53resolver.amazonaws"));
        String after = KALI.replace("12:05", "12:40").replace("e-1", "e-40").replace("alice", "mallory");
        object("a.json.gz", before);
        object("b.json.gz", changes.toArray(String[]::new));
        object("c.json.gz", after);
        assertEquals(0, tocsin("analyze", "--format", "jsonl", folder.toString()), err.toString());
        List<String> findings = out.toString()
                .lines()
                .filter(line -> line.contains("PenTest:IAMUser/KaliLinux"))
                .toList();
        assertTrue(findings.stream().anyMatch(line -> line.contains("mallory")), "what came after is judged as before");
        assertTrue(out.toString().contains("Stealth:IAMUser/CloudTrailLoggingDisabled"), "and the change is told");
    }

    @Test
    void noCopyOfTheLogsIsKept() throws IOException, SQLException {
        String marked = KALI.replace("{\"name\":\"main\"}", "{\"name\":\"main\",\"unread\":\"" + MARK + "\"}");
        assertTrue(marked.contains(MARK));
        object(
                "a.json.gz",
                marked,
                call("DescribeTrails", 30, "e-3").replace("\"name\":\"main\"", "\"x\":\"" + MARK + "\""));
        Path state = around.resolve("state");
        assertEquals(0, tocsin("analyze", "--state", state.toString(), folder.toString()), err.toString());
        try (Store store = Store.open(state)) {
            assertEquals(1, store.findings(true).size());
            List<String> holding = new ArrayList<>();
            for (Path file : files(state)) {
                if (contains(Files.readAllBytes(file))) {
                    holding.add(file.getFileName().toString());
                }
            }
            assertEquals(List.of(), holding, "files, the write-ahead log among them");
            assertEquals(List.of(), packedIn(state), "what lies packed in rows");
        }
        assertFalse(out.toString().contains(MARK));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static boolean contains(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(MARK);
    }

    /** Tables with a value that, unpacked, holds the mark. */
    private static List<String> packedIn(Path state) throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> holding = new ArrayList<>();
        int values = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    int columns = rows.getMetaData().getColumnCount();
                    while (rows.next()) {
                        for (int i = 1; i <= columns; i++) {
                            byte[] value = rows.getBytes(i);
                            values++;
                            if (value != null
                                    && (contains(unpacked(value, true)) || contains(unpacked(value, false)))) {
                                holding.add(table);
                            }
                        }
                    }
                }
            }
        }
        assertTrue(values > 10, "it has looked");
        return holding;
    }

    private static byte[] unpacked(byte[] value, boolean bare) {
        byte[] bytes = new byte[1 << 20];
        Inflater inflater = new Inflater(bare);
        try {
            inflater.setInput(value);
            int length = inflater.inflate(bytes);
            return length <= 0 ? new byte[0] : Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            return new byte[0];
        } finally {
            inflater.end();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tocsin.example.com/agent/hosts",
                "http://192.0.2.1:8420/agent/hosts",
                "ftp://tocsin.example.com/agent/hosts"
            })
    void tlsOnEveryHop_anAgentSendsNothingInThePlain(String server) {
        AgentConfig config = new AgentConfig(
                server,
                new AccessKeyConfig("KEY", null),
                null,
                "auditd",
                null,
                null,
                folder.toString(),
                null,
                null,
                null,
                "111122223333",
                "eu-central-1",
                "i-0123456789abcdef0",
                null,
                null,
                null,
                null,
                null);
        AgentSetup setup = new AgentSetup(config, Map.of("KEY", "k"), InstantSource.system());
        String message = String.valueOf(assertThrows(ConfigException.class, () -> setup.agent("1", line -> {}))
                .getMessage());
        assertTrue(message.contains("https"), message);
    }

    @Test
    void queriesThroughAnotherResolverAreInNoQueryLogAndShowAsUnusualDNSResolver()
            throws IOException, InterruptedException {
        String host = "i-0aaaabbbbccccdd14"; // it asks 8.8.8.8
        try (InputStream in = Objects.requireNonNull(Scenario.class.getResourceAsStream("queries.jsonl"))) {
            assertFalse(new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(host), "no log has its queries");
        }
        Set<String> types = new TreeSet<>();
        for (FindingState finding : Scenario.play()) {
            if (finding.document().toJson().contains(host)) {
                types.add(finding.type());
            }
        }
        assertTrue(types.contains("DefenseEvasion:EC2/UnusualDNSResolver"), types::toString);
        for (String type : types) {
            assertFalse(
                    Objects.requireNonNull(Detectors.types().get(type)).source() == DataSource.DNS,
                    type + " is of a query log");
        }
    }
}
