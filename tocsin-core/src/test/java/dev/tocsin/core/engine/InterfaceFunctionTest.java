package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.direction.DirectionState;
import dev.tocsin.core.engine.Output.Count;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.parse.FlowLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterfaceFunctionTest {

    private static final Path INPUTS = Path.of("../../shared/inputs/vpcflow");
    private static final long AT = 1_772_366_400;
    private static final String V2 = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets"
            + " bytes start end action log-status\n";
    private static final String V3 = V2.strip() + " instance-id tcp-flags\n";

    private final TestLists lists = new TestLists().add("c2", "198.51.100.99").add("custom", "203.0.113.9");
    private final FakeHost<Flow> host =
            new FakeHost<>(new InterfaceFunction(EngineServices.NONE, lists, Detectors.ALL));

    private static LogObject object(String flowLog, long deliveredAt) {
        return new LogObject(0, "log-" + flowLog, null, null, flowLog, deliveredAt);
    }

    private void take(LogObject object, String text) {
        List<Flow> flows = FlowLog.of(object, null, text.getBytes(StandardCharsets.UTF_8)).flows;
        flows.forEach(flow -> host.take(InterfaceFunction.key(flow), flow));
    }

    private static String v2(String ends, long at) {
        return "2 111122223333 eni-1 " + ends + " 6 12 3456 " + at + " " + (at + 50) + " ACCEPT OK\n";
    }

    private static String v3(String ends, long at, int flags) {
        return v2(ends, at).strip() + " i-1 " + flags + "\n";
    }

    private static final String OUT = "10.0.1.5 198.51.100.99 49152 443";
    private static final String IN = "198.51.100.99 10.0.1.5 443 49152";

    @Test
    void dropsDuplicatesUntilTheirBinCloses() {
        take(LogObject.named("a"), V3 + v3(OUT, AT, 2));
        take(LogObject.named("b"), V3 + v3(OUT, AT, 2));
        assertEquals(Map.of(Count.DUPLICATE, 1), host.counts);
        assertEquals(1, host.signals.size());
        host.advance(AT + 2 * SeenFlows.BIN_SECONDS);
        assertEquals(0, host.entries("seenFlows"));
    }

    @Test
    void dropsDuplicatesOfABinLargerThanOneEntry() {
        StringBuilder log = new StringBuilder(V2);
        for (int i = 0; i < 2 * SeenFlows.MAX_DIGESTS; i++) {
            log.append(v2("10.0.1.5 192.0.2.1 " + (1_024 + i) + " 443", AT));
        }
        take(LogObject.named("a"), log.toString());
        take(LogObject.named("b"), log.toString());
        assertEquals(2 * SeenFlows.MAX_DIGESTS, host.counts.get(Count.DUPLICATE));
        host.saveAndLoad();
        host.advance(Long.MAX_VALUE);
        assertEquals(0, host.entries("seenFlows"), "shares are forgotten with their bin");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                            | first | second | set aside | signals
            the richer log comes second               | v2 fl-1 | v3 fl-2 | 1 | 1
            the richer log comes first                | v3 fl-2 | v2 fl-1 | 1 | 1
            equal logs, the smaller id first          | v3 fl-1 | v3 fl-2 | 1 | 1
            equal logs, the smaller id second         | v3 fl-2 | v3 fl-1 | 1 | 1
            the same log twice, other content         | v3 fl-1 | v3 fl-1 | 0 | 2
            """)
    void countsOneOfTwoFlowLogs(String name, String first, String second, int setAside, int signals) {
        int bytes = 0;
        for (String log : List.of(first, second)) {
            String ends = "10.0.1.5 198.51.100.99 4915" + bytes++ + " 443";
            String text = log.startsWith("v2") ? V2 + v2(ends, AT) : V3 + v3(ends, AT, 2);
            take(object(log.substring(3), Long.MAX_VALUE), text);
        }
        host.advance(Long.MAX_VALUE);
        assertEquals(setAside, host.counts.getOrDefault(Count.SECOND_LOG, 0));
        assertEquals(signals, host.signals.size());
    }

    @Test
    void anotherLogCountsOnceTheBetterOneIsSilent() {
        take(object("fl-1", Long.MAX_VALUE), V3 + v3(OUT, AT, 2));
        long later = AT + FlowLogs.SILENCE_SECONDS + 120;
        take(object("fl-2", Long.MAX_VALUE), V3 + v3(OUT, later, 2));
        host.advance(Long.MAX_VALUE);
        assertEquals(2, host.signals.size());
    }

    @Test
    void speaksAtOnceWithFlagsAndWaitsWithoutThem() {
        take(LogObject.named("a"), V3 + v3(OUT, AT, 2));
        assertEquals(1, host.signals.size(), "a SYN is certain");
        take(LogObject.named("b"), V2 + v2("10.0.1.5 198.51.100.99 49153 443", AT));
        assertEquals(1, host.signals.size(), "the other direction may come yet");
        host.advance(AT + 60 + InterfaceFunction.PAIR_SECONDS - 1);
        assertEquals(1, host.signals.size(), "and is still awaited");
        host.advance(AT + 120 + InterfaceFunction.PAIR_SECONDS);
        assertEquals(2, host.signals.size());
    }

    @Test
    void notesLateAndFutureRecords() {
        host.advance(AT + 3_600);
        take(LogObject.named("a"), V3 + v3(OUT, AT, 2));
        take(object("fl-1", AT + 3_700), V3 + v3(OUT, AT + 3_700 + LogObject.BELIEF_SECONDS, 2));
        assertEquals(Map.of(Count.LATE, 1, Count.FUTURE, 1), host.counts);
        assertEquals(2, host.signals.size(), "both are detected on");
    }

    @Test
    void forgetsAnInterfaceThatIsSilentForAWeek() {
        long day = DirectionState.DAY_SECONDS;
        take(object("fl-1", Long.MAX_VALUE), V2 + v2("10.0.1.5 192.0.2.1 49152 443", AT));
        take(object("fl-1", Long.MAX_VALUE), V2 + v2("10.0.1.5 192.0.2.1 49152 443", AT + 3 * day));
        take(object("fl-1", AT + 3 * day), V2 + v2("10.0.1.5 192.0.2.1 49152 443", AT + 300 * day));
        long midnight = (AT / day + 4 + InterfaceFunction.FORGOTTEN_DAYS) * day;
        host.advance(midnight - 1);
        assertEquals(2, host.entries("direction") + host.entries("flowLogs"));
        host.saveAndLoad();
        host.advance(midnight);
        assertEquals(0, host.entries("direction") + host.entries("flowLogs"));
    }

    /** A busy minute fills pages; each flow is judged once, and what is beyond all pages is judged at once and counted. */
    @ParameterizedTest
    @CsvSource({"99, 0", "100, 0", "101, 0", "450, 0", "10150, 50"})
    void losesNoFlowOfABusyMinute(int flows, int early) {
        StringBuilder log = new StringBuilder(V2);
        for (int i = 0; i < flows; i++) {
            log.append(v2("10.0.1.5 198.51.100.99 " + (40_000 + i) + " 443", AT));
        }
        take(object("fl-1", Long.MAX_VALUE), log.toString());
        assertEquals(early, host.signals.size());
        assertEquals(early, host.counts.getOrDefault(Count.EARLY, 0));
        host.saveAndLoad();
        assertTrue(host.largest.get("heldFlows") <= StateKind.MAX_BYTES, host.largest.toString());
        host.advance(Long.MAX_VALUE);
        assertEquals(flows, host.signals.size());
        assertEquals(0, host.entries("heldFlows"));
    }

    /** The names of objects may be long: an entry stays small all the same, and what is read is what was written. */
    @Test
    void holdsFlowsOfManyObjects() {
        String folders = "folder/".repeat(150);
        for (int i = 0; i < 90; i++) {
            LogObject object = new LogObject(i, folders + i, "111122223333", "us-east-1", null, AT + 600);
            take(object, V2 + v2("10.0.1.5 198.51.100.99 " + (40_000 + i) + " 443", AT));
            host.saveAndLoad();
        }
        assertTrue(host.largest.get("heldFlows") <= StateKind.MAX_BYTES, host.largest.toString());
        host.advance(Long.MAX_VALUE);
        Set<String> sources = new TreeSet<>();
        host.signals.forEach(signal -> sources.add(signal.trigger().source()));
        assertEquals(90, sources.size());
    }

    /** The set of signals is the same whatever the order of records. */
    @Test
    void speaksTheSameInAnyOrder() {
        List<Flow> flows = new ArrayList<>();
        StringBuilder log = new StringBuilder(V2);
        for (int i = 0; i < 30; i++) {
            String ports = i % 3 == 0 ? " 443 " + (50_000 + i) : " 22 " + (40_000 + i);
            String[] port = ports.strip().split(" ", -1);
            boolean opens = i % 3 == 0;
            String local = opens ? port[1] : port[0];
            String remote = opens ? port[0] : port[1];
            log.append(v2("10.0.1.5 198.51.100.99 " + local + " " + remote, AT + i));
            log.append(v2("198.51.100.99 10.0.1.5 " + remote + " " + local, AT + i));
        }
        flows.addAll(FlowLog.of(log.toString()).flows);
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> expected = null;
        for (int round = 0; round < 50; round++) {
            Collections.shuffle(flows, random);
            FakeHost<Flow> fresh = new FakeHost<>(new InterfaceFunction(EngineServices.NONE, lists, Detectors.ALL));
            flows.forEach(flow -> fresh.take("key", flow));
            fresh.advance(Long.MAX_VALUE);
            Set<String> ids = new TreeSet<>();
            fresh.signals.forEach(signal -> ids.add(signal.type().name() + " " + signal.recordId()));
            expected = expected == null ? ids : expected;
            assertEquals(expected, ids, "seed " + seed);
        }
        assertEquals(11, expected.size(), "the ten that the host opened, and the guesses of the peer");
    }

    @Test
    void saysWhatAFindingNeeds() {
        take(LogObject.named("a"), V3 + v3(OUT, AT, 2));
        Signal signal = host.signals.getFirst();
        Doc connection = signal.action().part("networkConnectionAction");
        assertEquals("NETWORK_CONNECTION", signal.action().text("actionType"));
        assertEquals("OUTBOUND", connection.text("connectionDirection"));
        assertEquals("TCP", connection.text("protocol"));
        assertEquals(false, connection.get("blocked"));
        assertEquals("10.0.1.5", connection.part("localIpDetails").text("ipAddressV4"));
        assertEquals("198.51.100.99", connection.part("remoteIpDetails").text("ipAddressV4"));
        assertEquals("HTTPS", connection.part("remotePortDetails").text("portName"));
        assertEquals("Unknown", connection.part("localPortDetails").text("portName"));
        assertEquals("eni-1", connection.text("localNetworkInterface"));
        assertEquals("test-list", signal.additional().text("threatListName"));
        assertEquals(3_456, signal.additional().number("outBytes", 0));
        assertEquals("i-1", signal.facts().get("host"));
        assertEquals(2, signal.trigger().position());
    }

    /** The canaries of the shared inputs: the listed address is found behind every oddity. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            control-v2.log.gz, 1
            all-v3.log.gz, 1
            all-v5.log.gz, 1
            all-v7-ecs.log.gz, 1
            all-v10.log.gz, 1
            custom-order-alphabetical.log.gz, 1
            custom-few-fields.log.gz, 1
            no-header-v2.log, 1
            no-header-custom.log, 0
            nodata-skipdata.log.gz, 1
            dashes-in-ok.log.gz, 1
            ipv6.log.gz, 1
            tcp-flags.log.gz, 1
            crlf.log, 1
            tabs-and-spaces.log, 1
            headers-repeated.log.gz, 1
            cwl-export-timestamps.log.gz, 1
            huge-counters.log.gz, 1
            clock-skew.log.gz, 1
            transit-gateway.log.gz, 0
            bad-lines.log.gz, 1
            header-only.log.gz, 0
            nat-hides-peer.log.gz, 1
            rejected-to-listed.log.gz, 0
            fp-root-server.log.gz, 0
            """)
    void findsTheCanary(String file, int types) {
        Path path = INPUTS.resolve(file);
        assumeTrue(Files.exists(path), "the shared inputs are not here: " + INPUTS);
        TestLists canaries = new TestLists().add("custom", "198.51.100.99").add("custom", "2001:db8:bad::99");
        FakeHost<Flow> fresh = new FakeHost<>(new InterfaceFunction(EngineServices.NONE, canaries, Detectors.ALL));
        List<Flow> flows = FlowLog.of(LogObject.named(file), null, FlowLog.bytes(path)).flows;
        flows.forEach(flow -> fresh.take(InterfaceFunction.key(flow), flow));
        fresh.advance(Long.MAX_VALUE);
        Set<String> found = new TreeSet<>();
        fresh.signals.forEach(signal -> found.add(signal.type().name()));
        assertEquals(types == 0 ? Set.of() : Set.of("UnauthorizedAccess:EC2/MaliciousIPCaller.Custom"), found);
        assertEquals(0, fresh.counts.getOrDefault(Count.DUPLICATE, 0), "duplicates");
    }

    @Test
    void readsTheAnswerOfARefusedOpening() {
        take(LogObject.named("a"), V2 + v2(IN, AT) + v2(OUT, AT).replace("ACCEPT", "REJECT"));
        host.advance(Long.MAX_VALUE);
        assertEquals(
                true,
                host.signals.getFirst().action().part("networkConnectionAction").get("blocked"));
    }
}
