package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.engine.TestLists;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BruteForceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                 | flows                                                                        | finding
            guesses from one peer          | in 22 40000 S p30; out 22 40000 SA p30                                       | SSHBruteForce TARGET 2.0
            a person who mistypes          | in 22 40000 S p8; out 22 40000 SA p8                                         | none
            guesses from many peers        | in 22 40000 S p2 x15 198.51.100.1; out 22 40000 SA p2 x15 198.51.100.1       | SSHBruteForce TARGET 2.0
            sessions that are let in       | in 22 40000 S 90*90B p30; out 22 40000 SA 90*160B p30                        | none
            health checks                  | in 22 40000 S 3*44B p60; out 22 40000 SA 2*42B p60                           | none
            closed port                    | in 22 40000 S 44B p60 reject                                                 | none
            guesses of this host           | out 40000 22 S c30; in 40000 22 SA c30                                       | SSHBruteForce ACTOR 8.0
            remote desktop                 | in 3389 40000 S p30; out 3389 40000 SA p30                                   | RDPBruteForce TARGET 2.0
            Windows management             | out 40000 5986 S c30; in 40000 5986 SA c30                                   | WinRMBruteForce ACTOR 8.0
            another port                   | in 2222 40000 S p30; out 2222 40000 SA p30                                   | none
            a log without flags            | in 22 40000 p30; out 22 40000 p30                                            | SSHBruteForce TARGET 2.0
            """)
    void tells(String name, String flows, String finding) {
        assertEquals(finding, found(flows));
    }

    private static String found(String flows) {
        List<Signal> signals = FlowFixture.signals(new TestLists(), flows).stream()
                .filter(signal -> signal.type().name().endsWith("BruteForce"))
                .toList();
        return signals.isEmpty()
                ? "none"
                : signals.stream()
                        .map(signal -> signal.type()
                                        .name()
                                        .substring(signal.type().name().indexOf('/') + 1) + " " + signal.role() + " "
                                + signal.severity())
                        .distinct()
                        .collect(Collectors.joining(","));
    }

    @Test
    void whoComesEveryDayHasAHabit() {
        String days = IntStream.range(0, 5)
                .mapToObj(i -> "in 22 40000 S p30 +%1$d; out 22 40000 SA p30 +%1$d".formatted(i * 86_400))
                .collect(Collectors.joining(";"));
        List<Signal> signals = FlowFixture.signals(new TestLists(), days).stream()
                .filter(signal -> signal.type().equals(BruteForce.SSH))
                .toList();
        assertEquals(BruteForce.HABIT_DAYS, signals.size(), "silent from the fourth day on");
        assertEquals(Role.TARGET, signals.getFirst().role());
    }
}
