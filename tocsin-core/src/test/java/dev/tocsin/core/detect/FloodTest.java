package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.FakeHost;
import dev.tocsin.core.engine.InterfaceFunction;
import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.FlowLog;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** State stays bounded under an attack, and is given back when it is over. */
final class FloodTest {

    private static final long START = 1_772_366_400;
    private static final int WINDOWS = 50;
    private static final int ADDRESSES_A_WINDOW = 20_000;
    private static final String HEADER = "version account-id interface-id instance-id srcaddr dstaddr srcport dstport"
            + " protocol packets bytes start end tcp-flags action log-status\n";

    private final FakeHost<Flow> host =
            new FakeHost<>(new InterfaceFunction(EngineServices.NONE, new TestLists(), Detectors.ALL));

    private void scan(int from, int addresses, long at) {
        StringBuilder log = new StringBuilder(HEADER);
        for (int i = from; i < from + addresses; i++) {
            log.append("3 111122223333 eni-1 i-1 10.0.1.5 ")
                    .append(20 + (i >> 20 & 63))
                    .append('.')
                    .append(i >> 12 & 255)
                    .append('.')
                    .append(i >> 4 & 255)
                    .append('.')
                    .append(i & 15)
                    .append(" 40000 445 6 1 44 ")
                    .append(at)
                    .append(' ')
                    .append(at + 50)
                    .append(" 2 ACCEPT OK\n");
        }
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
        for (Flow flow : FlowLog.of(LogObject.named("flood"), null, bytes).flows) {
            host.take(InterfaceFunction.key(flow), flow);
        }
    }

    @Test
    void aScanOfAMillionAddressesLeavesStateBounded() {
        long half = 0;
        for (int window = 0; window < WINDOWS; window++) {
            long at = START + window * 600L;
            scan(window * ADDRESSES_A_WINDOW, ADDRESSES_A_WINDOW, at);
            host.advance(at - 1_200);
            if (window == WINDOWS / 2) {
                host.saveAndLoad();
                half = host.bytes;
            }
        }
        host.advance(START + WINDOWS * 600L + 7_200);
        host.saveAndLoad();
        assertTrue(half < 4_000_000, half + " bytes in the middle");
        assertTrue(host.bytes < 2_500_000, host.bytes + " bytes behind it");
        assertTrue(host.largest.get("memory") < 65_536, host.largest + " an entry");
        scan(0, 1, START + 2 * 86_400);
        host.advance(START + 3 * 86_400);
        scan(1, 1, START + 4 * 86_400);
        host.advance(START + 5 * 86_400);
        host.saveAndLoad();
        assertTrue(host.bytes < 30_000, host.bytes + " bytes days later, " + host.largest);
        assertTrue(
                host.signals.stream().anyMatch(signal -> signal.type().equals(Scans.PORTSWEEP)), "and it is a finding");
    }
}
