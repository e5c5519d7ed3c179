package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Network;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScansTest {

    private static final TestLists NONE = new TestLists();

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                    | flows                                                                 | finding
            ports that keep silent            | out 40000 100 S 44B p15                                               | Portscan
            one too few                       | out 40000 100 S 44B p14                                               | none
            refused with resets               | out 40000 100 S 44B p15; in 40000 100 R 40B p15                       | Portscan
            a few are open                    | out 40000 100 S 44B p20; in 40000 100 SA p4; in 40000 104 R 40B p16   | Portscan
            many are open                     | out 40000 5000 S 44B p20; in 40000 5000 SA p5; in 40000 5005 R 40B p15 | none
            so many services of one peer      | out 40000 100 S p15; in 40000 100 SA p15                              | Portscan
            one too few services              | out 40000 100 S p14; in 40000 100 SA p14                              | none
            many high ports of one peer       | out 40000 5000 S p60; in 40000 5000 SA p60                            | none
            inside the network too            | out 40001 443 S x19 10.0.8.1; out 40000 100 S 44B p15 10.0.9.9          | Portscan
            a log without flags               | out 40000 100 44B p15; in 40000 100 40B p15                           | Portscan
            answered, without flags           | out 40000 5000 44B p15; in 40000 5000 p15                             | none
            answers logged a window later     | out 40000 5000 S 44B p15 +540; in 40000 5000 SA p15 +640              | none
            its own security group stops it   | out 40000 100 S 44B p15 reject                                        | Portscan
            peers that keep silent            | out 40000 445 S 44B x25 198.51.100.1                                  | PortSweep
            one too few of them               | out 40000 445 S 44B x24 198.51.100.1                                  | none
            peers inside the network          | out 40000 445 S 44B x20 10.0.9.1                                      | InternalSweep
            one too few inside                | out 40000 445 S 44B x19 10.0.9.1                                      | none
            an inventory that is answered     | out 40000 22 S x60 10.0.9.1; in 40000 22 SA x50 10.0.9.1              | none
            a crawler                         | out 40000 443 S x60 198.51.100.1; in 40000 443 SA x40 198.51.100.1    | none
            a flood of many ports             | out 40000 1024 udp p300 4000*900B                                     | none
            somebody else scans this host     | in 100 40000 S 44B p20                                                | none
            """)
    void tells(String name, String flows, String finding) {
        assertEquals(finding, found(flows));
    }

    private static String found(String flows) {
        List<String> types = FlowFixture.signals(NONE, flows).stream()
                .map(signal -> signal.type().name())
                .filter(type -> type.contains("Port") || type.contains("Sweep"))
                .map(type -> type.substring(type.indexOf('/') + 1))
                .distinct()
                .toList();
        return types.isEmpty() ? "none" : String.join(",", types);
    }

    @Test
    void ipv6ThatNobodyAnswersIsABrokenWayOut() {
        String silent = every(10, 40, i -> "out 40000 443 S 44B 2606:4700::" + i);
        assertEquals("none", found(silent));
        assertEquals("PortSweep", found(silent + ";in 40000 443 R 40B 2606:4700::7"));
    }

    @Test
    void findsSlowOnes() {
        assertEquals("Portscan", found(every(600, 20, i -> "out 40000 " + (100 + i) + " S 44B")));
        assertEquals("none", found(every(600, 19, i -> "out 40000 " + (100 + i) + " S 44B")));
        assertEquals("PortSweep", found(every(600, 40, i -> "out 40000 5900 S 44B 198.51.100." + i)));
    }

    @Test
    void asksAgainIsNoScan() {
        assertEquals("none", found(every(600, 100, i -> "out 40000 443 S 44B 198.51.100." + i % 5)));
        assertEquals("none", found(every(600, 100, i -> "out 40000 " + (100 + i % 5) + " S 44B")));
    }

    @Test
    void daysApartDoNotAddUp() {
        assertEquals("none", found(every(14_400, 25, i -> "out 40000 " + (100 + i) + " S 44B")));
    }

    private static String every(int seconds, int times, java.util.function.IntFunction<String> flow) {
        return IntStream.range(0, times)
                .mapToObj(i -> flow.apply(i) + " +" + i * seconds)
                .collect(Collectors.joining(";"));
    }

    @Test
    void showsWhatWasTried() {
        Signal signal = FlowFixture.signals(NONE, "out 40000 100 S 44B p30; in 40000 100 SA p2")
                .getFirst();
        Doc additional = signal.additional();
        assertEquals(30L, additional.number("scannedPorts", 0));
        assertEquals(28L, additional.number("unansweredPorts", 0));
        assertEquals(
                IntStream.range(100, 120).mapToObj(port -> (Object) (long) port).toList(),
                additional.get("portsScannedSample"));
        assertEquals(10, signal.evidence().size());
        assertTrue(signal.first() < signal.last());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # who is authorised      | scanner      | flows                     | finding
            nobody                   | i-2          | out 40000 100 S 44B p15   | Portscan
            the host by instance     | i-1          | out 40000 100 S 44B p15   | none
            by interface             | eni-1        | out 40000 100 S 44B p15   | none
            by address               | 10.0.1.5/32  | out 40000 100 S 44B p15   | none
            by network               | 10.0.1.0/24  | out 40000 22 S c30; in 40000 22 SA c30 | none
            the peer that guesses    | 198.51.100.0/24 | in 22 40000 S p30; out 22 40000 SA p30 | none
            another peer             | 10.0.8.0/24  | in 22 40000 S p30; out 22 40000 SA p30 | SSHBruteForce
            """)
    void leavesAuthorisedScannersAlone(String name, String scanner, String flows, String finding) {
        boolean id = scanner.indexOf('.') < 0;
        Scanners scanners = new Scanners(
                id ? Set.of(scanner) : Set.of(),
                id ? List.of() : List.of(Objects.requireNonNull(Network.parse(scanner))));
        List<Signal> signals = FlowFixture.signals(EngineServices.NONE.authorizing(scanners), NONE, flows);
        String type = signals.isEmpty() ? "none" : signals.getFirst().type().name();
        assertEquals(finding, type.substring(type.indexOf('/') + 1));
    }
}
