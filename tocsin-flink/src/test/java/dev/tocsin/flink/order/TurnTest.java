package dev.tocsin.flink.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Event time and turns in one number. */
final class TurnTest {

    private static final long NOON = 1_772_366_400;

    @Test
    void beforeTheFirstObjectNothingIsKnownOfTime() {
        assertEquals(Long.MIN_VALUE, Turn.watermark(Turn.START));
        assertEquals(Turn.START, Turn.stamp(Long.MIN_VALUE, Turn.START));
        assertEquals(Long.MAX_VALUE, Turn.watermark(Long.MAX_VALUE), "at the end of input");
    }

    @Test
    void turnsGrowWhetherTimeMovesOrNot() {
        long first = Turn.finished(Turn.START, Long.MIN_VALUE);
        long second = Turn.finished(first, NOON);
        long third = Turn.finished(second, NOON);
        long back = Turn.finished(third, NOON - 1);
        assertTrue(Turn.START < first && first < second && second < third && third < back);
        assertEquals(Long.MIN_VALUE, Turn.watermark(first));
        assertEquals(NOON, Turn.watermark(second));
        assertEquals(NOON, Turn.watermark(third));
        assertEquals(NOON, Turn.watermark(back), "time never falls");
    }

    @Test
    void aTimerIsDueBetweenTheTurnsThatBeginBeforeAndAfterIt() {
        long before = Turn.finished(Turn.START, NOON - 1);
        long during = Turn.after(before);
        long over = Turn.finished(before, NOON);
        long timer = Turn.stamp(NOON, 0);
        assertTrue(during < timer, "the turn in which time comes to it is taken first");
        assertTrue(timer <= over, "it is called when that turn is over");
        assertTrue(timer < Turn.after(over), "and before the next one");
        assertTrue(
                Turn.stamp(NOON, Turn.LAST_NUMBER) < Turn.stamp(NOON + 1, 0),
                "one set too late waits for time to move");
        assertTrue(Turn.after(over) < Turn.stamp(NOON, Turn.LAST_NUMBER));
    }

    @Test
    void timesThatNoStampTellsAreClamped() {
        assertEquals(Turn.LATEST + 1, Turn.watermark(Turn.stamp(Long.MAX_VALUE, 5)));
        assertEquals(5, Turn.number(Turn.stamp(Long.MAX_VALUE, 5)));
        assertTrue(Turn.stamp(Long.MAX_VALUE, Turn.LAST_NUMBER) > 0);
    }

    @Test
    void turnsWithoutTimeRunOut() {
        long last = Turn.stamp(NOON, Turn.LAST_NUMBER - 1);
        assertThrows(IllegalStateException.class, () -> Turn.after(last));
    }
}
