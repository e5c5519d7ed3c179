package dev.tocsin.core.detect;

import static dev.tocsin.core.detect.HabitFixture.DAY;
import static dev.tocsin.core.detect.HabitFixture.at;
import static dev.tocsin.core.detect.HabitFixture.both;
import static dev.tocsin.core.detect.HabitFixture.days;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UnusualPortTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens on the fifteenth day     | flows                                             | findings
            a port never used                       | out 40000 4444 S c3; in 40000 4444 SA c3          | 1
            one connection too few                  | out 40000 4444 S c2 200B; in 40000 4444 SA c2 200B | 0
            one that moves much                     | out 40000 4444 S 7000B; in 40000 4444 SA 3000B    | 1
            one that moves a byte too little        | out 40000 4444 S 7000B; in 40000 4444 SA 2999B    | 0
            nobody answers                          | out 40000 4444 S c9                               | 0
            a peer inside the network               | out 40000 4444 S c3 10.0.9.9; in 40000 4444 SA c3 10.0.9.9 | 0
            LDAP outside                            | out 40000 389 S c3; in 40000 389 SA c3            | 1
            a release brings a queue                | out 40000 5671 S c9; in 40000 5671 SA c9          | 0
            code fetched over SSH                   | out 40000 22 S c45; in 40000 22 SA c45            | 0
            passive FTP and swarms                  | out 40000 50000 S c9; in 40000 50000 SA c9        | 0
            a call over UDP                         | out 40000 8890 udp c9; in 40000 8890 udp c9       | 0
            a service port over UDP                 | out 40000 69 udp c9; in 40000 69 udp c9           | 1
            the peer opened it                      | in 9200 2040 S c3; out 9200 2040 SA c3            | 0
            a log without flags                     | out 40000 4444 c3; in 40000 4444 c3               | 1
            without flags, from a service's port    | out 9200 2040 c1; in 9200 2040 c1                 | 0
            """)
    void tells(String name, String flows, int findings) {
        assertEquals(findings, HabitFixture.mature(UnusualPort.TYPE, days(15) + at(14 * DAY + 3600, flows)));
    }

    @Test
    void oneConnectionThatIsHeldCountsOn() {
        String opened = days(15) + at(14 * DAY, "out 40000 4444 S 900B; in 40000 4444 SA 900B");
        String quarter = at(14 * DAY + 600, "out 40000 4444 0 3000B; in 40000 4444 0 2000B");
        String half = at(14 * DAY + 1200, "out 40000 4444 0 3000B; in 40000 4444 0 2000B");
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, opened + ";" + quarter));
        assertEquals(1, HabitFixture.mature(UnusualPort.TYPE, opened + ";" + quarter + ";" + half));
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, days(15) + quarter + ";" + half), "who opened it?");
    }

    @Test
    void wantsTwoWeeks() {
        String odd = both("40000 4444 c3");
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, days(14) + at(13 * DAY, odd)));
        assertEquals(
                1,
                HabitFixture.all(UnusualPort.TYPE, days(14) + at(13 * DAY, odd)).size(),
                "its group is asked");
    }

    @Test
    void aPortUsedBeforeIsUsual() {
        String odd = both("40000 4444 c3");
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, days(15) + at(2 * DAY, odd) + ";" + at(14 * DAY, odd)));
    }

    @Test
    void whatWasReportedIsNoHabit() {
        String odd = both("40000 4444 c3");
        String twice = at(14 * DAY, odd) + ";" + at(14 * DAY + 7200, odd);
        assertEquals(1, HabitFixture.mature(UnusualPort.TYPE, days(20) + twice), "of one day");
        assertEquals(2, HabitFixture.mature(UnusualPort.TYPE, days(20) + at(14 * DAY, odd) + ";" + at(17 * DAY, odd)));
    }

    @Test
    void connectionsOfADayAddUp() {
        String one = both("40000 4444 200B");
        assertEquals(
                1,
                HabitFixture.mature(
                        UnusualPort.TYPE,
                        days(15)
                                + IntStream.range(0, 3)
                                        .mapToObj(i -> at(14 * DAY + i * 3600, both("4000" + i + " 4444 200B")))
                                        .collect(Collectors.joining(";"))));
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, days(15) + at(14 * DAY, one)));
    }

    @Test
    void aHostOfManyPortsIsRestless() {
        String every = IntStream.range(3, 15)
                .mapToObj(i -> at(i * DAY, both("40000 " + (3000 + i) + " c3")))
                .collect(Collectors.joining(";"));
        assertEquals(0, HabitFixture.mature(UnusualPort.TYPE, days(15) + every));
    }

    @Test
    void showsWhatAPersonWouldLookAt() {
        String usual = IntStream.range(0, 3)
                .mapToObj(i -> at(i * DAY, both("40000 8443 c3")) + ";")
                .collect(Collectors.joining());
        List<Signal> signals =
                HabitFixture.all(UnusualPort.TYPE, days(15) + usual + at(14 * DAY, both("40000 389 c4")));
        Signal signal = signals.getLast();
        assertEquals(8, signal.severity());
        assertEquals("Possible log4j callback", signal.additional().text("context"));
        assertEquals(389, signal.additional().part("unusual").number("port", 0));
        assertEquals(List.of(3L), signal.additional().part("timeSeries").get("connections"), "about: four");
        assertEquals(List.of("tcp/8443"), signal.additional().get("usualPorts"));
        assertEquals(14, signal.additional().number("profileAgeDays", 0));
        assertNull(signals.getFirst().additional().text("context"));
    }
}
