package dev.tocsin.server.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectTimes;
import dev.tocsin.input.order.Watermark;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What moves the watermark, and what does not. */
final class WatermarkTest {

    private static final long NOON = Calls.NOON;
    private static final long ALL_BELIEVED = Long.MAX_VALUE;
    private static final long NONE_KNOWN = Long.MAX_VALUE;

    private static Watermark of(Map<LogKind, Integer> toCome) {
        return new Watermark(toCome, false);
    }

    @Test
    void followsTheClockOfALogByItsLateness() {
        Watermark calls = of(Map.of(LogKind.CLOUDTRAIL, 2));
        calls.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON - 30 * 60, calls.value());
        Watermark flows = of(Map.of(LogKind.FLOW, 2));
        flows.finished(LogKind.FLOW, Calls.flowsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON - 20 * 60, flows.value());
        assertEquals(15 * 60, LogKind.DNS.latenessSeconds());
    }

    @Test
    void aClockIsTheNinetyFifthPercentileOfAnObject() {
        long[] hundred = LongStream.range(0, 101).map(i -> NOON + i).toArray();
        assertEquals(NOON + 95, Calls.callsAt(hundred).clock(LogKind.CLOUDTRAIL));
        assertEquals(NOON, Calls.callsAt(NOON).clock(LogKind.CLOUDTRAIL), "one record is its own percentile");
        assertEquals(NOON, Calls.callsAt(NOON + 9, NOON).clock(LogKind.CLOUDTRAIL), "two records: not the later");
    }

    @Test
    void aLongObjectIsSampled() {
        ObjectTimes times = Calls.callsAt(
                LongStream.range(0, 1_000_000).map(i -> NOON + i / 1_000).toArray());
        assertTrue(Math.abs(NOON + 950 - times.clock(LogKind.CLOUDTRAIL)) <= 1);
    }

    @Test
    void aRecordFarAheadMovesNothing() {
        long seventyYears = 70L * 365 * 24 * 60 * 60;
        assertEquals(NOON, Calls.callsAt(NOON, NOON + seventyYears, NOON).clock(LogKind.CLOUDTRAIL));
        Watermark watermark = of(Map.of(LogKind.CLOUDTRAIL, 2));
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + seventyYears), NOON + 900, NONE_KNOWN);
        assertEquals(NOON + 900 - 30 * 60, watermark.value(), "believed up to the object's delivery and 15 minutes");
    }

    @Test
    void isTheLowestOverTheLogsToCome() {
        Watermark watermark = of(Map.of(LogKind.CLOUDTRAIL, 3, LogKind.FLOW, 2));
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 7200), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(Long.MIN_VALUE, watermark.value(), "no flow has come");
        watermark.finished(LogKind.FLOW, Calls.flowsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON - 20 * 60, watermark.value());
    }

    @Test
    void leavesOutALogThatIsFinished() {
        Watermark watermark = of(Map.of(LogKind.CLOUDTRAIL, 2, LogKind.FLOW, 1));
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 7200), ALL_BELIEVED, NONE_KNOWN);
        watermark.finished(LogKind.FLOW, Calls.flowsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON + 7200 - 30 * 60, watermark.value());
    }

    @Test
    void neverFalls() {
        Watermark watermark = of(Map.of(LogKind.CLOUDTRAIL, 3));
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 3600), ALL_BELIEVED, NONE_KNOWN);
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON + 1800, watermark.value());
        watermark.finished(LogKind.CLOUDTRAIL, new ObjectTimes(), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON + 1800, watermark.value(), "and stays where it is after the last object");
    }

    @Test
    void goesOnFromAnEarlierRun() {
        Watermark watermark = new Watermark(Map.of(LogKind.CLOUDTRAIL, 2), true);
        watermark.restore(NOON, Map.of("clock.CLOUDTRAIL", NOON + 1800));
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON, watermark.value());
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 3600), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON + 1800, watermark.value());
    }

    @Test
    void holdsBackForAFinishedLogWhereALaterRunMayBringMore() {
        Watermark watermark = new Watermark(Map.of(LogKind.CLOUDTRAIL, 2, LogKind.FLOW, 1), true);
        watermark.finished(LogKind.FLOW, Calls.flowsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 7200), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON - 20 * 60, watermark.value());
    }

    @Test
    void doesNotPassTheStartOfAnObjectThatIsKnownToCome() {
        Watermark watermark = new Watermark(Map.of(LogKind.CLOUDTRAIL, 3), false);
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON + 7200), ALL_BELIEVED, NOON);
        assertEquals(NOON, watermark.value());
        watermark.finished(LogKind.CLOUDTRAIL, Calls.callsAt(NOON), ALL_BELIEVED, NONE_KNOWN);
        assertEquals(NOON + 5400, watermark.value());
    }
}
