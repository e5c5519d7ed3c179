package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TorRelayTest {

    private static final TestLists RELAYS =
            new TestLists().add("tor", "198.51.100.0/24").add("tor", "203.0.113.0/24");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens               | flows                                                                                  | finding
            many both ways               | out 40000 9001 S x10; in 9001 40000 S x10 203.0.113.1; out 9001 40000 SA x10 203.0.113.1 | true
            fewer, but all day           | out 40000 9001 S x8; in 9001 40000 S x8 203.0.113.1 +7200; out 9001 40000 SA x8 203.0.113.1 +7200 | true
            fewer still                  | out 40000 9001 S x8; in 9001 40000 S x7 203.0.113.1 +7200; out 9001 40000 SA x7 203.0.113.1 +7200 | false
            from morning to evening      | out 40000 9001 S x8; in 9001 40000 S x8 203.0.113.1 +50000; out 9001 40000 SA x8 203.0.113.1 +50000 | true
            all day to a web server      | out 40000 9001 S x8; in 443 40000 S x9 203.0.113.1 +7200; out 443 40000 SA x9 203.0.113.1 +7200 | false
            one too few outward          | out 40000 9001 S x7;  in 9001 40000 S x10 203.0.113.1; out 9001 40000 SA x10 203.0.113.1 | false
            one too few inward           | out 40000 9001 S x10; in 443 40000 S x9 203.0.113.1;  out 443 40000 SA x9 203.0.113.1  | false
            exits visit a web server     | in 443 40000 S x30; out 443 40000 SA x30                                               | false
            a client alone               | out 40000 9001 S x30                                                                   | false
            nobody was answered          | out 40000 9001 S x10; in 9001 40000 S x10 203.0.113.1; out 9001 40000 R 40B x10 203.0.113.1 | false
            """)
    void tells(String name, String flows, boolean finding) {
        List<Signal> relay = FlowFixture.signals(RELAYS, flows).stream()
                .filter(signal -> signal.type().equals(TorRelay.TYPE))
                .toList();
        assertEquals(finding ? 1 : 0, relay.size(), "one signal a window");
    }

    @ParameterizedTest
    @CsvSource({"7, Lambda/TorClient", "8, Lambda/TorRelay"})
    void aFunctionThatMeetsManyRelaysIsOne(int relays, String type) {
        Signal last = FlowFixture.signals(RELAYS, "out 40000 9001 S x" + relays).getLast();
        assertEquals("UnauthorizedAccess:" + type, ((Subject.Interface) last.subject()).onLambda());
    }

    @Test
    void forgetsOldWindows() {
        String flows = "out 40000 9001 S x9; out 40000 9001 S +140000 203.0.113.77;"
                + "in 9001 40000 S x10 203.0.113.1 +140000; out 9001 40000 SA x10 203.0.113.1 +140000";
        assertEquals(
                0,
                FlowFixture.signals(RELAYS, flows).stream()
                        .filter(signal -> signal.type().equals(TorRelay.TYPE))
                        .count());
    }
}
