package dev.tocsin.core.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How regular something is, from 0 to 1, by the components of RITA v5 (activecm/rita: analysis/beacons.go): for intervals and
 * sizes the mean of symmetry (one less Bowley's skewness) and narrowness (median absolute deviation against the median). The
 * values are kept as counts by eighths of an octave, nine percent wide, so memory does not grow with them.
 */
final class Regularity {

    /** Buckets in which values double. Ours. */
    private static final int AN_OCTAVE = 8;

    /** Different buckets kept: three octaves. What spreads wider is not regular and is no more counted. Ours. */
    static final int MOST_BUCKETS = 24;

    private final NavigableMap<Integer, Long> counts = new TreeMap<>();

    /** Reads what {@link #toState} gave; anything else is empty. */
    static Regularity of(@Nullable Object state) {
        Regularity read = new Regularity();
        if (state instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                read.counts.put(((Long) list.get(i)).intValue(), (Long) list.get(i + 1));
            }
        }
        return read;
    }

    /** Bucket and count of each. */
    List<Long> toState() {
        List<Long> state = new ArrayList<>();
        counts.forEach((bucket, count) -> {
            state.add((long) bucket);
            state.add(count);
        });
        return state;
    }

    /** Adds a value, 1 or more. */
    void add(long value) {
        if (isSpread()) {
            return;
        }
        int bucket = (int) Math.floor(StrictMath.log((double) Math.max(1, value)) / StrictMath.log(2) * AN_OCTAVE);
        counts.merge(bucket, 1L, Long::sum);
    }

    /** Whether the values spread over more buckets than are kept. */
    boolean isSpread() {
        return counts.size() > MOST_BUCKETS;
    }

    private long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double value(int bucket) {
        return StrictMath.pow(2, (bucket + 0.5) / AN_OCTAVE);
    }

    private double quantile(double part) {
        return quantile(counts, part);
    }

    private static double quantile(NavigableMap<Integer, Long> counts, double part) {
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        double wanted = part * total;
        long below = 0;
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            below += entry.getValue();
            if (below >= wanted) {
                return value(entry.getKey());
            }
        }
        return 0;
    }

    /** The value in the middle; 0 without any. */
    double median() {
        return quantile(0.5);
    }

    /** The mean of symmetry and narrowness, 0 to 1; 0 without values. */
    double score() {
        if (counts.isEmpty()) {
            return 0;
        }
        double low = quantile(0.25);
        double middle = median();
        double high = quantile(0.75);
        double skew = high == low || middle == low || middle == high ? 0 : (low + high - 2 * middle) / (high - low);
        double narrow = Math.max(0, (middle - deviation(middle)) / middle);
        return (1 - Math.abs(skew) + narrow) / 2;
    }

    /** The median of the distances from {@code middle}. */
    private double deviation(double middle) {
        NavigableMap<Double, Long> distances = new TreeMap<>();
        counts.forEach((bucket, count) -> distances.merge(Math.abs(value(bucket) - middle), count, Long::sum));
        long total = total();
        long below = 0;
        for (Map.Entry<Double, Long> entry : distances.entrySet()) {
            below += entry.getValue();
            if (2 * below >= total) {
                return entry.getKey();
            }
        }
        return 0;
    }
}
