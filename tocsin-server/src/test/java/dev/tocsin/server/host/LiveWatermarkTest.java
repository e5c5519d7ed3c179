package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.input.order.LogKind;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How far time is while sources go on delivering. */
final class LiveWatermarkTest {

    private static final long NOON = Calls.NOON;
    private static final long HALF_HOUR = 30 * 60;
    private static final long NOW = NOON + 86_400;

    @Test
    void isTheLowestOverAllSources() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        assertEquals(NOON - HALF_HOUR, watermark.value());
        watermark.finished("b", null, Calls.callsAt(NOON + 600), Long.MAX_VALUE, NOW);
        watermark.finished("a", null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW);
        assertEquals(NOON + 600 - HALF_HOUR, watermark.value());
    }

    @Test
    void leavesOutWhatIsIdleAndGoesSomeWayBeyondOnceAllIs() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        watermark.finished("b", null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW + 50);
        watermark.pass(NOW + 59);
        assertEquals(NOON - HALF_HOUR, watermark.value());
        watermark.pass(NOW + 60);
        assertEquals(NOON + 7200 - HALF_HOUR, watermark.value());
        watermark.pass(NOW + 110);
        assertEquals(NOON + 7200 + LiveWatermark.BEYOND_SECONDS + 60, watermark.value());
    }

    @Test
    void standsStillWhileASourceDoesNotAnswer() {
        LiveWatermark watermark = new LiveWatermark(NOON - 7200, Map.of(), NOW);
        watermark.holds("b", true);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        assertEquals(NOON - 7200, watermark.value());
        watermark.holds("b", false);
        watermark.pass(NOW);
        assertEquals(NOON - HALF_HOUR, watermark.value());
    }

    @Test
    void awaitsWhatIsToComeAndGoesOnFromACheckpoint() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.expect("a", LogKind.FLOW, NOW);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        assertEquals(Long.MIN_VALUE, watermark.value());
        watermark.expectNothing();
        watermark.pass(NOW);
        assertEquals(NOON - HALF_HOUR, watermark.value());

        LiveWatermark next = new LiveWatermark(watermark.value(), watermark.positions(), NOW);
        next.finished("b", null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW);
        assertEquals(NOON - HALF_HOUR, next.value());
    }

    @Test
    void aJumpOfTheClockMovesNothingFar() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        watermark.pass(NOW + 365 * 86_400); // forward by a year
        long most = NOON + LiveWatermark.BEYOND_SECONDS + LiveWatermark.MOST_STEP_SECONDS;
        assertEquals(most, watermark.value());
        watermark.pass(NOW - 7200); // and back beyond where it was
        watermark.finished("a", null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW - 7200);
        assertEquals(most, watermark.value());
    }

    @Test
    void nothingCountsFromWhenASourceAnswersAgain() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.finished("a", null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        watermark.finished("b", null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW + 30);
        watermark.holds("a", true);
        watermark.pass(NOW + 300);
        watermark.holds("a", false);
        watermark.pass(NOW + 359);
        assertEquals(NOON - HALF_HOUR, watermark.value());
        watermark.pass(NOW + 360);
        assertEquals(NOON + 7200 + LiveWatermark.BEYOND_SECONDS + 60, watermark.value());
    }

    @Test
    void aLaneThatIsNewIsAwaitedAMinute() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        watermark.isBehind(LiveWatermark.lane("bus", "trail/1"), false);
        watermark.finished(LiveWatermark.lane("bus", "trail/0"), null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW + 59);
        assertEquals(Long.MIN_VALUE, watermark.value());
        watermark.pass(NOW + 60);
        assertEquals(NOON - HALF_HOUR, watermark.value());
    }

    @Test
    void aLaneThatHoldsMoreIsNeverLeftOut() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        String slow = LiveWatermark.lane("bus", "trail/0");
        String fast = LiveWatermark.lane("bus", "trail/1");
        watermark.isBehind(slow, true);
        watermark.isBehind(fast, true);
        watermark.finished(fast, null, Calls.callsAt(NOON + 7200), Long.MAX_VALUE, NOW);
        assertEquals(Long.MIN_VALUE, watermark.value(), "nothing of the other is known");
        watermark.finished(slow, null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW + 1);
        assertEquals(NOON - HALF_HOUR, watermark.value());
        watermark.isBehind(fast, false);
        watermark.pass(NOW + 600);
        assertEquals(NOON - HALF_HOUR, watermark.value(), "it was not asked for ten minutes, and holds more");
        assertEquals(NOON + 7200, watermark.newest("bus"));
        watermark.isBehind(slow, false);
        watermark.pass(NOW + 600);
        assertEquals(NOON + 7200 + LiveWatermark.BEYOND_SECONDS + 599, watermark.value());
    }

    @Test
    void aLogThatALaneDoesNotBringAnyMoreIsLeftOutAlthoughTheLaneHoldsMore() {
        LiveWatermark watermark = new LiveWatermark(Long.MIN_VALUE, Map.of(), NOW);
        String lane = LiveWatermark.lane("bus", "trail/0");
        watermark.finished(lane, null, Calls.callsAt(NOON), Long.MAX_VALUE, NOW);
        watermark.isBehind(lane, true);
        watermark.finished(lane, null, Calls.flowsAt(NOON + 7200), Long.MAX_VALUE, NOW + 59);
        assertEquals(NOON - HALF_HOUR, watermark.value());
        watermark.finished(lane, null, Calls.flowsAt(NOON + 7200), Long.MAX_VALUE, NOW + 60);
        assertEquals(NOON + 7200 - 20 * 60, watermark.value());
    }
}
