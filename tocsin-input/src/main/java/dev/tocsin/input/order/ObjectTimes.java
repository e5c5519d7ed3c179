package dev.tocsin.input.order;

import dev.tocsin.core.event.Event;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** The times of one object's records, a log each, to tell how far the object moves the log's clock. */
public final class ObjectTimes {

    /** Share of records, in percent, at whose time the clock stands: some may lie far ahead and move nothing. */
    static final int PERCENTILE = 95;

    /** Times kept of an object; of longer objects every second, fourth, ... record is taken. */
    static final int MAX_SAMPLES = 1 << 16;

    private final Map<LogKind, Samples> samples = new EnumMap<>(LogKind.class);

    /** Takes the time of one record. */
    public void add(Event event) {
        samples.computeIfAbsent(LogKind.of(event), kind -> new Samples()).add(event.at());
    }

    /** The logs of which the object holds records. */
    public Set<LogKind> kinds() {
        return samples.keySet();
    }

    /** The 95th percentile of the times of {@code kind}, epoch seconds; {@link Long#MIN_VALUE} without records. */
    public long clock(LogKind kind) {
        Samples times = samples.get(kind);
        return times == null ? Long.MIN_VALUE : times.percentile();
    }

    /** How far the records move the clock of each log, epoch seconds, at most to {@code believedUntil}. */
    public Map<LogKind, Long> clocks(long believedUntil) {
        Map<LogKind, Long> clocks = new EnumMap<>(LogKind.class);
        samples.forEach((kind, times) -> clocks.put(kind, Math.min(times.percentile(), believedUntil)));
        return clocks;
    }

    private static final class Samples {
        private long[] times = new long[64];
        private int size;
        private long stride = 1;
        private long toSkip;

        void add(long at) {
            if (toSkip > 0) {
                toSkip--;
                return;
            }
            if (size == MAX_SAMPLES) {
                thin();
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
            }
            times[size] = at;
            size++;
            toSkip = stride - 1;
        }

        private void thin() {
            for (int i = 0; 2 * i < size; i++) {
                times[i] = times[2 * i];
            }
            size /= 2;
            stride *= 2;
        }

        /** The sample below which 95 of 100 others lie: never the latest of two or more. */
        long percentile() {
            long[] sorted = Arrays.copyOf(times, size);
            Arrays.sort(sorted);
            return sorted[(size - 1) * PERCENTILE / 100];
        }
    }
}
