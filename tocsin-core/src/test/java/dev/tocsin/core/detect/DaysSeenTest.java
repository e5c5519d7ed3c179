package dev.tocsin.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DaysSeenTest {

    private static final long DAY = 86_400;

    private static DaysSeen of(List<Long> days) {
        DaysSeen seen = DaysSeen.in(null, "x");
        for (long day : days) {
            seen = DaysSeen.in(new Doc().with("x", seen.with(day * DAY + 5).toDoc()), "x");
        }
        return seen;
    }

    @Test
    void countsDaysBefore() {
        DaysSeen seen = of(List.of(100L, 101L, 101L, 105L));
        assertEquals(0, seen.before(100 * DAY));
        assertEquals(1, seen.before(101 * DAY));
        assertEquals(2, seen.before(105 * DAY));
        assertEquals(3, seen.before(106 * DAY));
        assertEquals(6, seen.age(106 * DAY));
        assertEquals(0, seen.age(99 * DAY));
    }

    @Test
    void isTheSameInAnyOrder() {
        List<Long> days = new ArrayList<>(List.of(100L, 103L, 110L, 111L, 140L, 161L));
        String once = of(days).toDoc().toJson();
        for (int seed = 0; seed < 20; seed++) {
            Collections.shuffle(days, new Random(seed));
            assertEquals(once, of(days).toDoc().toJson(), "seed " + seed);
        }
    }

    @Test
    void forgetsWhatIsLongAgo() {
        assertEquals(1, of(List.of(100L, 100L + DaysSeen.MOST)).before(1_000 * DAY));
        assertEquals(0, DaysSeen.in(null, "x").before(DAY));
    }
}
