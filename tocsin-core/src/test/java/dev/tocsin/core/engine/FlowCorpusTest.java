package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HabitSignal;
import dev.tocsin.core.detect.ThreatLookup;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.FlowLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real captures as flow logs: what must come out does, on each format alone, and what must not does not. */
final class FlowCorpusTest {

    private static final Path CORPUS = Path.of("../../shared/corpus/network");
    private static final Path MALTRAIL = Path.of("../../shared/intel/maltrail-domains.tsv.gz");
    private static final long LATENESS = 20 * 60;

    /** The list entries are those that truth.json asks for; the category is that of the expected type. */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # capture          | category     | entries                                                | type
            remcos-c2          | c2           | 66.63.168.35                                           | Backdoor:EC2/C&CActivity.B
            trickbot-c2        | c2           | 82.118.225.196                                         | Backdoor:EC2/C&CActivity.B
            sinkholed-bot      | blackhole    | 23.253.126.58                                          | Trojan:EC2/BlackholeTraffic
            mining-stratum-a   | cryptomining | 94.23.199.191:3333 116.211.167.195:3333                | CryptoCurrency:EC2/BitcoinTool.B
            bitcoin-node       | cryptomining | 188.165.213.169 69.118.54.122 74.89.181.229            | CryptoCurrency:EC2/BitcoinTool.B
            tor-client-a       | tor-guard    | 91.143.93.242:443 38.229.70.53 46.59.52.31:443         | UnauthorizedAccess:EC2/TorClient
            """)
    void findsWhatIsThere(String capture, String category, String entries, String type) {
        TestLists lists = new TestLists();
        for (String entry : List.of(entries.split(" ", -1))) {
            lists.add(category, entry);
        }
        for (String version : List.of("2", "5")) {
            assertEquals(Set.of(type), types(run(capture, version, lists)), "version " + version);
        }
    }

    /** With the whole list, undated entries as if fresh: no command and control, for the server opened nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"exposed-server-a", "periodic-beacon-a", "empire-beacon", "benign-apps", "admin-lateral"})
    void findsNoCommandAndControlWhereThereIsNone(String capture) {
        for (String version : capture.equals("exposed-server-a") ? List.of("5") : List.of("2", "5")) {
            Set<String> types = types(run(capture, version, maltrail()));
            assertTrue(types.stream().noneMatch(type -> type.contains("C&C")), version + ": " + types);
        }
    }

    /** Without flags, as a version 2 log would have it: the same server opened nothing either. */
    @ParameterizedTest
    @ValueSource(strings = "exposed-server-a")
    void needsNoFlagsForThat(String capture) {
        FakeHost<Flow> host = host(maltrail());
        replay(capture, "5", host, false);
        assertTrue(
                types(host).stream().noneMatch(type -> type.contains("C&C")),
                types(host).toString());
        assertTrue(
                types(host).contains("Recon:EC2/PortProbeUnprotectedPort"),
                types(host).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = "exposed-server-a")
    void findsListedScannersAtOpenPorts(String capture) {
        FakeHost<Flow> host = run(capture, "5", maltrail());
        assertTrue(
                types(host).contains("Recon:EC2/PortProbeUnprotectedPort"),
                types(host).toString());
        host.largest.forEach((kind, bytes) -> assertTrue(bytes <= StateKind.MAX_BYTES, kind + " " + bytes));
        assertTrue(host.largest.get("direction") <= 4_096, "direction " + host.largest);
        assertEquals(0, host.entries("seenFlows") + host.entries("heldFlows"), "what is closed is forgotten");
    }

    /** The whole list, where it is: asked before it is loaded, so that a test without it is skipped. */
    private static ThreatLookup maltrail() {
        assumeTrue(Files.exists(MALTRAIL), "the shared intelligence is not here: " + MALTRAIL);
        return Maltrail.LISTS;
    }

    private static Set<String> types(FakeHost<Flow> host) {
        Set<String> types = new TreeSet<>();
        host.signals.forEach(signal -> {
            HabitSignal habit = HabitSignal.of(signal);
            if (habit == null || habit.isMature()) { // of a young host its group is asked
                types.add(signal.type().name());
            }
        });
        return types;
    }

    private static FakeHost<Flow> host(ThreatLookup lists) {
        return new FakeHost<>(new InterfaceFunction(EngineServices.NONE, lists, Detectors.ALL));
    }

    private static FakeHost<Flow> run(String capture, String version, ThreatLookup lists) {
        FakeHost<Flow> host = host(lists);
        replay(capture, version, host, true);
        return host;
    }

    private static void replay(String capture, String version, FakeHost<Flow> host, boolean withFlags) {
        int flows = 0;
        for (Path file : files(capture)) {
            byte[] bytes = FlowLog.bytes(file);
            if (!isVersion(bytes, version)) {
                continue;
            }
            long last = Long.MIN_VALUE;
            for (Flow flow : FlowLog.of(LogObject.named(file.getFileName().toString()), null, bytes).flows) {
                Flow shown = withFlags ? flow : Flows.withoutFlags(flow);
                host.take(InterfaceFunction.key(shown), shown);
                last = Math.max(last, flow.at());
                flows++;
            }
            host.saveAndLoad();
            host.advance(last - LATENESS);
        }
        host.advance(Long.MAX_VALUE);
        assertTrue(flows > 0, "flows of " + capture + " version " + version);
    }

    private static boolean isVersion(byte[] bytes, String version) {
        String text = new String(bytes, 0, Math.min(bytes.length, 700), StandardCharsets.UTF_8);
        return text.contains("\n" + version + " ");
    }

    private static List<Path> files(String capture) {
        Path folder = CORPUS.resolve(capture).resolve("AWSLogs/111122223333/vpcflowlogs");
        assumeTrue(Files.exists(folder), "the shared corpus is not here: " + CORPUS);
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(
                            file -> file.getFileName().toString().replaceAll(".*_(\\d{8}T\\d{4}Z)_.*", "$1")))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole maltrail list, read once. */
    private static final class Maltrail {
        static final TestLists LISTS = read();

        private static TestLists read() {
            TestLists lists = new TestLists();
            new String(FlowLog.bytes(MALTRAIL), StandardCharsets.UTF_8).lines().forEach(line -> {
                String[] parts = line.split("\t", -1);
                boolean address = parts[1].equals("ip") || parts[1].equals("cidr");
                if (address && parts[0].indexOf(':') < 0) {
                    lists.add(parts[4], parts[2].isEmpty() ? parts[0] : parts[0] + ":" + parts[2]);
                }
            });
            return lists;
        }
    }
}
