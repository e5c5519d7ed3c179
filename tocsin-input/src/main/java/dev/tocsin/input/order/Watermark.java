package dev.tocsin.input.order;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The event time before which no record is awaited any more: the lowest, over the logs of which objects are still to
 * come, of the log's clock less its lateness, and no later than where the next object begins that is known to begin
 * earlier: of several exports of the same days none is late. It never falls, and follows the order of objects alone, so it is the same
 * on any number of threads (design: Order).
 */
public final class Watermark implements EventTime {

    private static final String CLOCK = "clock.";

    private final Map<LogKind, Integer> toCome;
    private final boolean finishedHold;
    private final Map<LogKind, Long> clocks = new EnumMap<>(LogKind.class);
    private long value = Long.MIN_VALUE;

    /**
     * A watermark before the first object.
     *
     * @param toCome objects to come of each log
     * @param finishedHold whether a log without further objects holds the watermark back, because a later run may bring
     *     more of it; else it is left out
     */
    public Watermark(Map<LogKind, Integer> toCome, boolean finishedHold) {
        this.toCome = new EnumMap<>(LogKind.class);
        this.toCome.putAll(toCome);
        this.finishedHold = finishedHold;
    }

    /** Goes on from an earlier run: never below {@code earlier}. */
    public void restore(long earlier, Map<String, Long> positions) {
        value = Math.max(value, earlier);
        for (LogKind kind : LogKind.values()) {
            Long clock = positions.get(CLOCK + kind.name());
            if (clock != null) {
                clocks.merge(kind, clock, Math::max);
            }
        }
    }

    /** Goes on with what an earlier run knew of the logs' clocks, epoch seconds. */
    public void restoreClocks(Map<LogKind, Long> known) {
        known.forEach((kind, clock) -> clocks.merge(kind, clock, Math::max));
    }

    /**
     * Takes the times of an object whose records have all been processed.
     *
     * @param expected the log that the object was counted under, or null if under none
     * @param times of its records
     * @param believedUntil event time, epoch seconds, beyond which the object's records move no clock
     * @param nextStart time of the earliest record that is known to come, epoch seconds; {@link Long#MAX_VALUE} if
     *     nothing is known
     */
    public void finished(@Nullable LogKind expected, ObjectTimes times, long believedUntil, long nextStart) {
        finished(expected, times.clocks(believedUntil), nextStart);
    }

    /**
     * The same, where the clocks of the object's records are told.
     *
     * @param clockOf by log, epoch seconds, believed
     */
    public void finished(@Nullable LogKind expected, Map<LogKind, Long> clockOf, long nextStart) {
        clockOf.forEach((kind, clock) -> clocks.merge(kind, clock, Math::max));
        if (expected != null) {
            toCome.merge(expected, -1, Integer::sum);
        }
        long lowest = lowest();
        if (lowest != Long.MAX_VALUE) {
            value = Math.max(value, Math.min(lowest, nextStart));
        }
    }

    private long lowest() {
        long lowest = Long.MAX_VALUE;
        for (Map.Entry<LogKind, Integer> awaited : toCome.entrySet()) {
            if (finishedHold || awaited.getValue() > 0) {
                long clock = clocks.getOrDefault(awaited.getKey(), Long.MIN_VALUE);
                long held = clock == Long.MIN_VALUE
                        ? clock
                        : clock - awaited.getKey().latenessSeconds();
                lowest = Math.min(lowest, held);
            }
        }
        return lowest;
    }

    /** Epoch seconds; {@link Long#MIN_VALUE} as long as a log is awaited of which no record has come. */
    @Override
    public long value() {
        return value;
    }

    /** The clock of each log of which records have come, epoch seconds. */
    @Override
    public Map<String, Long> positions() {
        Map<String, Long> positions = new HashMap<>();
        clocks.forEach((kind, clock) -> positions.put(CLOCK + kind.name(), clock));
        return positions;
    }
}
