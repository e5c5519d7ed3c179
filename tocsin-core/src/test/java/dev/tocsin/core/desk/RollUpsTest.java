package dev.tocsin.core.desk;

import static dev.tocsin.core.desk.DeskFixture.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RollUpsTest {

    private final DeskFixture desk = new DeskFixture();

    private static Signal signal(FindingType type, int number, long at) {
        return DeskFixture.signal(type, DeskFixture.known("user" + number), "r" + number, at, "198.51.100.1");
    }

    private static Doc rolled(FindingState finding) {
        return finding.document().part("tocsin").part("rollUp");
    }

    private static List<FindingState> rollUps(DeskFixture desk) {
        return desk.findings().stream()
                .filter(finding -> !rolled(finding).isEmpty())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what happens                              | findings | seconds apart | shown | rolled up
            as many as the limit                        |   200    |     1         |  200  |   0
            one more                                    |   201    |     1         |  201  |   1
            a flood                                     |  1000    |     1         |  201  | 800
            the same number over ten hours              |  1000    |    36         | 1000  |   0
            """)
    void tells(String name, int findings, int apart, int shown, int rolledUp) {
        for (int i = 0; i < findings; i++) {
            desk.hear(signal(DeskFixture.CALL, i, NOON + (long) i * apart));
        }
        desk.finish();
        assertEquals(shown, desk.findings().size());
        assertEquals(
                rolledUp,
                rollUps(desk).stream()
                        .mapToLong(finding -> rolled(finding).number("findings", 0))
                        .sum());
    }

    @Test
    void theSameFindingAgainIsNotNew() {
        for (int i = 0; i < 1000; i++) {
            desk.hear(signal(DeskFixture.CALL, i % 200, NOON + i));
        }
        desk.finish();
        assertEquals(200, desk.findings().size());
    }

    @Test
    void criticalFindingsPass() {
        FindingType critical = DeskFixture.CRITICAL;
        for (int i = 0; i < 300; i++) {
            desk.hear(signal(critical, i, NOON + i));
        }
        desk.finish();
        assertEquals(300, desk.findings().size());
    }

    @Test
    void whichStandAloneDoesNotDependOnTheOrder() {
        long seed = 20260301;
        Random random = new Random(seed);
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            signals.add(signal(DeskFixture.CALL, i, NOON + i / 3));
        }
        String first = run(signals);
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(signals, random);
            assertEquals(first, run(signals), "seed " + seed + ", round " + round);
        }
    }

    private static String run(List<Signal> signals) {
        DeskFixture other = new DeskFixture();
        signals.forEach(other::hear);
        other.finish();
        return other.documents();
    }

    @Test
    void anIdThatReturnsIsNotCountedTwice() {
        for (int i = 0; i < 300; i++) {
            desk.hear(signal(DeskFixture.CALL, i, NOON + i));
        }
        desk.hear(again(250, NOON)); // began before the others, so it stands by itself and the 200th does not
        desk.hear(again(260, NOON + 3_700)); // goes on in the next hour
        desk.finish();
        assertEquals(201, desk.findings().size());
        FindingState rollUp = rollUps(desk).getFirst();
        assertEquals(100, rolled(rollUp).number("findings", 0));
        assertEquals(102, rollUp.document().part("service").number("count", 0), "each record once");
    }

    private static Signal again(int number, long at) {
        return DeskFixture.signal(DeskFixture.CALL, DeskFixture.known("user" + number), "again", at, "198.51.100.1");
    }

    @Test
    void aFindingThatStandsAgainGoesOnFromItsRevision() {
        for (int i = 0; i < 200; i++) {
            desk.hear(signal(DeskFixture.CALL, i, NOON + 100 + i));
        }
        desk.hear(again(199, NOON + 299));
        long before =
                desk.findings().stream().mapToLong(FindingState::revision).max().orElseThrow();
        desk.hear(signal(DeskFixture.CALL, 200, NOON + 1)); // the 200th is part of the roll-up now
        desk.hear(again(199, NOON)); // and is back
        desk.finish();
        assertTrue(desk.findings().stream()
                .filter(finding -> rolled(finding).isEmpty())
                .anyMatch(finding -> finding.firstSeen() == NOON && finding.revision() > before));
    }

    @Test
    void aFloodOfSessionNamesDoesNotBuryTheOneTrueFinding() {
        DeskFixture desk = new DeskFixture(false);
        for (int i = 0; i < 100_000; i++) {
            desk.hear(signal(DeskFixture.CALL, i, NOON + i / 50));
            if (i == 70_000) {
                desk.hear(signal(DeskFixture.HOST, i, NOON + i / 50));
            }
        }
        desk.finish();
        assertEquals(202, desk.findings().size());
        assertEquals(99_800, rolled(rollUps(desk).getFirst()).number("findings", 0));
        assertEquals(99_800, rollUps(desk).getFirst().document().part("service").number("count", 0));
        FindingState top = desk.findings().stream()
                .max(Comparator.comparingDouble(FindingState::severity))
                .orElseThrow();
        assertEquals(DeskFixture.HOST.name(), top.type());
        assertFalse(rolled(rollUps(desk).getFirst()).toJson().length() > 40_000, "bounded");
    }
}
