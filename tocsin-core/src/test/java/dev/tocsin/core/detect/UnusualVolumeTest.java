package dev.tocsin.core.detect;

import static dev.tocsin.core.detect.HabitFixture.DAY;
import static dev.tocsin.core.detect.HabitFixture.at;
import static dev.tocsin.core.detect.HabitFixture.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualVolumeTest {

    private static final int THEFT = 14 * DAY + 3600;

    /** {@code windows} times ten minutes in which {@code megabytes} each go to {@code peer}. */
    private static String sent(int from, int windows, int megabytes, String peer) {
        return IntStream.range(0, windows)
                .mapToObj(i -> at(
                        from + i * 600,
                        "out 40000 443 S %d*1000B %s;in 40000 443 SA 900*60B %s"
                                .formatted(megabytes * 1000, peer, peer)))
                .collect(Collectors.joining(";"));
    }

    private static long found(String script) {
        return HabitFixture.mature(UnusualVolume.TYPE, days(30) + script);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what is sent on the fifteenth day | windows | megabytes | peer          | findings
            much in half an hour                | 3       | 34        | 198.51.100.7  | 1
            a little less                       | 3       | 33        | 198.51.100.7  | 0
            one upload of a dump                | 2       | 900       | 198.51.100.7  | 0
            so much at once                     | 1       | 2000      | 198.51.100.7  | 1
            slowly, for half a day             | 64      | 16        | 198.51.100.7  | 1
            too little even so                  | 62      | 16        | 198.51.100.7  | 0
            a copy inside the network           | 6       | 9000      | 10.50.2.9     | 0
            """)
    void tells(String name, int windows, int megabytes, String peer, int findings) {
        assertEquals(findings, Math.min(1, found(sent(THEFT, windows, megabytes, peer))));
    }

    @Test
    void aBackupEveryNightIsUsual() {
        String nights = IntStream.range(0, 20)
                .mapToObj(i -> sent(i * DAY + 7200, 4, 500, "198.51.100.7"))
                .collect(Collectors.joining(";"));
        assertEquals(0, found(nights));
        assertEquals(0, found(nights + ";" + sent(THEFT, 4, 500, "203.0.113.7")), "no more than it always sends");
        assertEquals(
                1, found(nights + ";" + sent(THEFT + 14_400, 4, 1500, "203.0.113.7")), "twice what it always sends");
        assertEquals(0, found(nights + ";" + sent(THEFT + 14_400, 4, 1500, "198.51.100.9")), "the same network");
    }

    @Test
    void whatHappenedOnceIsNoHabit() {
        String once = sent(4 * DAY, 4, 1500, "198.51.100.7");
        assertEquals(1, found(once + ";" + sent(THEFT, 4, 500, "203.0.113.7")));
    }

    @Test
    void aThiefDoesNotTeach() {
        assertEquals(2, found(sent(THEFT, 4, 500, "203.0.113.7") + ";" + sent(THEFT + DAY, 4, 500, "203.0.113.7")));
    }

    @Test
    void callsOverUdpAreLeftOut() {
        String call = IntStream.range(0, 6)
                .mapToObj(i -> at(THEFT + i * 600, "out 40000 8890 udp 900000*1000B;in 40000 8890 udp 9000*60B"))
                .collect(Collectors.joining(";"));
        assertEquals(0, found(call));
    }

    @Test
    void showsTheHourBesideWhatIsUsual() {
        List<Signal> signals = HabitFixture.all(
                UnusualVolume.TYPE,
                days(15) + sent(DAY, 1, 5, "198.51.100.7") + ";" + sent(2 * DAY, 1, 4, "198.51.100.7") + ";"
                        + sent(THEFT, 3, 50, "203.0.113.7"));
        assertEquals(1, signals.size());
        Signal signal = signals.getFirst();
        assertEquals(150_000_000, signal.additional().number("totalBytesOut", 0));
        assertEquals(4_000_000, signal.additional().number("baselineBytes", 0));
        assertEquals(37, signal.additional().number("deviation", 0));
        assertEquals(
                List.of(0L, 0L, 0L, 50_000_000L, 50_000_000L, 50_000_000L),
                signal.additional().part("timeSeries").get("bytesOut"));
        assertTrue(signal.additional().get("baselineBusiestHours").toString().contains("5000000"));
    }
}
