package dev.tocsin.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.FlowLog;
import dev.tocsin.core.profile.DaySummary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ProfilesTest {

    private static final long START = 1_772_323_200;
    private static final long DAY = 86_400;
    private static final String HEADER = "account-id interface-id instance-id srcaddr dstaddr srcport dstport protocol"
            + " packets bytes start end action tcp-flags flow-direction log-status\n";

    private final FakeHost<Flow> host = host();

    private static FakeHost<Flow> host() {
        return new FakeHost<>(new InterfaceFunction(EngineServices.NONE, new TestLists(), Detectors.ALL));
    }

    private static List<Flow> flows(StringBuilder lines) {
        return FlowLog.of(LogObject.named("x"), null, (HEADER + lines).getBytes(StandardCharsets.UTF_8)).flows;
    }

    private static void conversation(String peer, int port, int client, boolean answered, long at, StringBuilder out) {
        out.append("111122223333 eni-1 i-1 10.0.0.5 %s %d %d 6 9 2900 %d %d ACCEPT 3 egress OK\n"
                .formatted(peer, client, port, at, at + 9));
        if (answered) {
            out.append("111122223333 eni-1 i-1 %s 10.0.0.5 %d %d 6 9 2900 %d %d ACCEPT 19 ingress OK\n"
                    .formatted(peer, port, client, at, at + 9));
        }
    }

    private void take(List<Flow> flows) {
        flows.forEach(flow -> host.take(InterfaceFunction.key(flow), flow));
    }

    @Test
    void eachDayIsToldOnceWhenItIsOver() {
        StringBuilder lines = new StringBuilder();
        for (int day = 0; day < 3; day++) {
            conversation("198.51.100.1", 8443, 40_000, true, START + day * DAY + 7_200, lines);
            conversation("198.51.100.1", 8443, 40_000, true, START + day * DAY + 86_000, lines);
        }
        take(flows(lines));
        host.saveAndLoad();
        host.advance(Long.MAX_VALUE);
        assertEquals(
                List.of(START / DAY, START / DAY + 1, START / DAY + 2),
                host.summaries.stream().map(DaySummary::day).toList());
        assertEquals("i-1", host.summaries.getFirst().instanceId());
        assertEquals(1, host.summaries.getFirst().values().size());
    }

    @Test
    void theOrderOfRecordsChangesNothing() {
        StringBuilder lines = new StringBuilder();
        for (int day = 0; day < 16; day++) {
            for (int i = 0; i < 12; i++) {
                int port = day < 15 ? 443 : 4_000 + i;
                conversation("198.51.100." + i, port, 40_000 + i, true, START + day * DAY + i * 500L, lines);
            }
        }
        List<String> told = new ArrayList<>();
        long seed = Long.getLong("tocsin.seed", System.nanoTime());
        System.out.println("ProfilesTest: -Dtocsin.seed=" + seed);
        for (int i = 0; i < 3; i++) {
            FakeHost<Flow> fresh = host();
            List<Flow> flows = flows(lines);
            Collections.shuffle(flows, new Random(seed + i));
            flows.forEach(flow -> fresh.take(InterfaceFunction.key(flow), flow));
            fresh.advance(Long.MAX_VALUE);
            told.add(fresh.signals.stream()
                            .map(signal -> signal.recordId() + signal.facts())
                            .toList()
                    + fresh.summaries.toString());
        }
        assertEquals(told.get(0), told.get(1));
        assertEquals(told.get(0), told.get(2));
    }

    /** A fiftieth of a scan of ten million addresses; what is remembered is full long before. */
    @Test
    void aScanOfMillionsLeavesTheProfileSmall() {
        long small = scanned(20_000);
        long large = scanned(180_000);
        assertTrue(host.entries("profile") == 1 && large <= 8_192, "profile and direction: " + large + " bytes");
        assertTrue(large <= small + 4_096, "from " + small + " to " + large + " bytes");
    }

    private int tried;

    /** Tries so many more addresses, 300 a window; a tenth answers, on any of many ports. */
    private long scanned(int addresses) {
        StringBuilder lines = new StringBuilder();
        for (int end = tried + addresses; tried < end; tried++) {
            long at = START + tried / 300 * 600L + tried % 300;
            String peer = (50 + (tried >> 16)) + "." + (tried >> 8 & 255) + "." + (tried & 255) + ".9";
            conversation(peer, 1_024 + tried % 30_000, 40_000 + tried % 9_000, tried % 10 == 0, at, lines);
            if (tried % 300 == 299) {
                take(flows(lines));
                lines.setLength(0);
                host.advance(at - 1_800);
            }
        }
        return host.bytes("profile", "profileOf", "direction", "flowLogs");
    }
}
