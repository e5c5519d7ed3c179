package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaliciousIpTrafficTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                        | listed            | flows                          | role
            the host opens                        | 198.51.100.99     | out 49152 443 S                | ACTOR
            the listed address opens              | 198.51.100.99     | in 22 40000 S 40*200B; out 22 40000 SA 40*200B | TARGET
            it guesses a password                 | 198.51.100.99     | in 22 40000 S; out 22 40000 SA | none
            on a port without passwords           | 198.51.100.99     | in 21 40000 S; out 21 40000 SA | TARGET
            a rule refused the way in             | 198.51.100.99     | in 22 40000 S reject           | none
            a rule refused the way in, no flags   | 198.51.100.99     | in 23 40000 40B reject         | none
            a rule refused the way out            | 198.51.100.99     | out 49152 443 S reject         | ACTOR
            a listed network                      | 198.51.100.0/24   | out 49152 443 S                | ACTOR
            a network beside it                   | 198.51.101.0/24   | out 49152 443 S                | none
            a private range on the list           | 10.0.0.0/8        | out 49152 443 S 10.0.2.7       | none
            datagrams                             | 198.51.100.99     | out 49152 53 udp               | ACTOR
            """)
    void tells(String name, String listed, String flows, String role) {
        List<Signal> signals = FlowFixture.signals(new TestLists().add("custom", listed), flows);
        assertEquals(
                role, signals.isEmpty() ? "none" : signals.getFirst().role().name());
        signals.forEach(signal -> assertEquals(MaliciousIpTraffic.TYPE, signal.type()));
    }

    @Test
    void aTrustedAddressIsNone() {
        TestLists lists = new TestLists().add("custom", FlowFixture.PEER).trust(FlowFixture.PEER);
        assertEquals(List.of(), FlowFixture.signals(lists, "out 49152 443 S"));
    }
}
