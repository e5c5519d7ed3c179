package dev.tocsin.core.detect;

import java.util.ArrayList;
import java.util.Arrays;
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

    private static final double LN_2 = StrictMath.log(2);

    /** The buckets met, ascending, and how often each was. */
    private int[] buckets = new int[4];

    private long[] counts = new long[4];
    private int size;

    /** Reads what {@link #toState} gave; anything else is empty. */
    static Regularity of(@Nullable Object state) {
        Regularity read = new Regularity();
        if (state instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                read.count(((Long) list.get(i)).intValue(), (Long) list.get(i + 1));
            }
        }
        return read;
    }

    /** Bucket and count of each. */
    List<Long> toState() {
        List<Long> state = new ArrayList<>(2 * size);
        for (int i = 0; i < size; i++) {
            state.add((long) buckets[i]);
            state.add(counts[i]);
        }
        return state;
    }

    /** Adds a value, 1 or more. */
    void add(long value) {
        if (!isSpread()) {
            count((int) Math.floor(StrictMath.log((double) Math.max(1, value)) / LN_2 * AN_OCTAVE), 1);
        }
    }

    private void count(int bucket, long count) {
        int place = Arrays.binarySearch(buckets, 0, size, bucket);
        if (place >= 0) {
            counts[place] += count;
            return;
        }
        int at = -place - 1;
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        buckets[at] = bucket;
        counts[at] = count;
        size++;
    }

    /** Whether the values spread over more buckets than are kept. */
    boolean isSpread() {
        return size > MOST_BUCKETS;
    }

    private long total() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    private static double value(int bucket) {
        return StrictMath.pow(2, (bucket + 0.5) / AN_OCTAVE);
    }

    private double quantile(double part) {
        double wanted = part * total();
        long below = 0;
        for (int i = 0; i < size; i++) {
            below += counts[i];
            if (below >= wanted) {
                return value(buckets[i]);
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
        if (size == 0) {
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
        for (int i = 0; i < size; i++) {
            distances.merge(Math.abs(value(buckets[i]) - middle), counts[i], Long::sum);
        }
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
