package dev.tocsin.core.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.detect.Beacons;
import dev.tocsin.core.detect.NewPeer;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NewPeersTest {

    private static final long HOUR = 3_600;

    /** Host {@code number}, known for {@code days}, turns to {@code peer} {@code after} hours. */
    private static Signal called(int number, int days, String peer, long after) {
        return DeskFixture.signal(
                        Beacons.BEACON,
                        DeskFixture.host("eni-" + number, "i-" + number, "10.0.0." + number),
                        "r" + number + after,
                        DeskFixture.NOON + after * HOUR,
                        peer)
                .withFact(NewPeer.KNOWN_DAYS, String.valueOf(days))
                .withFact(NewPeer.LEARN_DAYS, "3");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what hosts do                      | hosts | days | hours later | peers          | findings
            one host, known for days             | 1     | 5    | 0           | 198.51.100.9   | 1
            one host, learned three days         | 1     | 3    | 0           | 198.51.100.9   | 1
            one host, known for two days         | 1     | 2    | 0           | 198.51.100.9   | 0
            two hosts                            | 2     | 5    | 0           | 198.51.100.9   | 2
            a group at once                      | 3     | 5    | 0           | 198.51.100.9   | 0
            a group within two hours             | 3     | 5    | 1           | 198.51.100.9   | 0
            the third a day later                | 3     | 5    | 24          | 198.51.100.9   | 2
            a group, each another of one network | 3     | 5    | 0           | 198.51.100.    | 0
            a group, each another network        | 3     | 5    | 0           | 198.51.        | 3
            """)
    void tells(String name, int hosts, int days, int later, String peers, int findings) {
        List<Signal> signals = new ArrayList<>();
        for (int i = 1; i <= hosts; i++) {
            String peer = peers.endsWith(".") ? peers + (peers.length() < 9 ? i + ".1" : i) : peers;
            signals.add(called(i, days, peer, i == hosts ? later : 0));
        }
        assertEquals(findings, heard(signals, 0));
        if (later == 0) {
            assertEquals(findings, heard(signals, 3));
        }
    }

    private static int heard(List<Signal> signals, long seed) {
        List<Signal> order = new ArrayList<>(signals);
        if (seed > 0) {
            Collections.shuffle(order, new Random(seed));
        }
        DeskFixture desk = new DeskFixture();
        for (Signal signal : order) {
            desk.advance(signal.last());
            desk.hear(signal);
        }
        desk.finish();
        return desk.findings().size();
    }

    /** Its age shows another host to have called it from the beginning. */
    @Test
    void aPeerCalledFromTheBeginningIsNone() {
        assertEquals(0, heard(List.of(called(1, 0, "198.51.100.9", 0), called(2, 6, "198.51.100.9", 150)), 0));
        assertEquals(1, heard(List.of(called(1, 0, "203.0.113.9", 0), called(2, 6, "198.51.100.9", 150)), 0));
    }

    @Test
    void aPeerThatHostsMerelyTurnToIsKnown() {
        Signal known = called(1, 0, "198.51.100.9", 0).withFact(NewPeer.KNOWN, "true");
        assertEquals(0, heard(List.of(known), 0));
        assertEquals(0, heard(List.of(known, called(2, 6, "198.51.100.9", 150)), 0));
    }
}
