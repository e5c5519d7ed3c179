package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BeaconsTest {

    private static final long SEED = 5;

    /** Calls for {@code hours}, each {@code gap} seconds, sooner or later by {@code jitter} percent, from a new port each. */
    private static String calls(int hours, int gap, int jitter, String flow) {
        Random random = new Random(SEED);
        StringBuilder script = new StringBuilder();
        double at = 0;
        for (int i = 0; at < hours * 3600; i++) {
            String call = flow.replace("PORT", String.valueOf(40_000 + i % 9_000));
            script.append(i == 0 ? "" : ";").append(call).append(" +").append((long) at);
            double shift = jitter > 100
                    ? -Math.log(1 - random.nextDouble())
                    : 1 + (2 * random.nextDouble() - 1) * jitter / 100;
            at += gap * shift;
        }
        return script.toString();
    }

    private static List<Signal> found(String flows) {
        return FlowFixture.signals(new TestLists(), flows).stream()
                .filter(signal ->
                        NewPeer.decides(signal.type()) && !signal.facts().containsKey(NewPeer.KNOWN))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what calls                       | hours | gap  | jitter | flow                            | finding
            every minute                       | 8     | 60   | 10     | out PORT 443 S                  | Beacon
            every quarter of an hour, jittered | 14    | 900  | 35     | out PORT 443 S                  | Beacon
            for five hours alone               | 5     | 60   | 10     | out PORT 443 S                  | none
            at random times                    | 14    | 600  | 200    | out PORT 443 S                  | none
            every two hours                    | 24    | 7200 | 0      | out PORT 443 S                  | none
            a time server                      | 14    | 300  | 0      | out PORT 123 udp                | none
            inside the network                 | 14    | 300  | 0      | out PORT 443 S 10.0.9.9         | none
            called by the peer                 | 14    | 300  | 0      | in 443 PORT S                   | none
            refused on its way                 | 14    | 300  | 0      | out PORT 443 S 44B reject       | Beacon
            one connection for seven hours     | 7     | 50   | 0      | out 40000 443 0                 | none
            one connection for nine hours      | 9     | 50   | 0      | out 40000 443 0                 | LongConnection
            """)
    void tells(String name, int hours, int gap, int jitter, String flow, String finding) {
        List<Signal> signals = found(calls(hours, gap, jitter, flow));
        String type = signals.isEmpty() ? "none" : signals.getFirst().type().name();
        assertEquals(finding, type.substring(type.indexOf('/') + 1), "seed " + SEED);
        assertEquals(signals.isEmpty() ? 0 : 1, signals.size(), "once a day");
    }

    @Test
    void saysTheIntervalAndTheHours() {
        Signal signal = found(calls(14, 900, 10, "out PORT 443 S")).getFirst();
        assertEquals(899.0, (double) signal.additional().number("intervalSeconds", 0), 60.0);
        assertEquals("0", signal.facts().get(NewPeer.KNOWN_DAYS));
    }

    @Test
    void manyPeersDoNotDriveTheBeaconOut() {
        String beacon = calls(10, 300, 10, "out PORT 443 S 203.0.113.7");
        String crawler = IntStream.range(0, 600)
                .mapToObj(i -> "out %d 443 S 198.51.%d.%d +%d".formatted(20_000 + i, i % 200, i / 3 % 250, i * 60))
                .collect(Collectors.joining(";"));
        assertEquals(1, found(beacon + ";" + crawler).size());
    }
}
