package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UsualTest {

    private static final String SCAN = "out 40000 100 S 44B p20 +";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what was before              | days before | ports a day | days | highest
            nothing                        | 0           | 0           | 0    | 0
            three days of a few            | 3           | 4           | 3    | 4
            more days than are remembered  | 20          | 2           | 13   | 2
            """)
    void showsTheDaysBefore(String name, int days, int ports, long known, long highest) {
        String before = IntStream.range(0, days)
                .mapToObj(day -> "out 40000 443 S p" + ports + " 203.0.113.9 +" + day * 86_400L + ";")
                .collect(Collectors.joining());
        Signal scan = FlowFixture.signals(new TestLists(), before + SCAN + days * 86_400L).stream()
                .filter(signal -> signal.type().equals(Scans.PORTSCAN))
                .findFirst()
                .orElseThrow();
        Doc baseline = scan.additional().part("baseline");
        assertEquals(known, baseline.number("days", -1));
        assertEquals(highest, baseline.number("highest", -1));
        assertEquals("20", scan.facts().get(Signal.AMOUNT));
    }
}
