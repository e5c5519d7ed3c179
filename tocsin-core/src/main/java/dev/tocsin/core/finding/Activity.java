package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How what a finding counts lies in time: sums by bins of event time, which widen as it lasts. The width is the least at
 * which all bins have room, so the order in which signals come changes nothing.
 */
final class Activity {

    /** Width of a bin at first, in seconds: a window of traffic. */
    static final long BIN_SECONDS = 600;

    /** Bins shown of a finding; beyond that they are twice as wide. Ours: a line of a report. */
    static final int MOST_BINS = 64;

    private final NavigableMap<Long, Long> bins = new TreeMap<>();
    private long width = BIN_SECONDS;

    /** Adds {@code amount} at {@code at}, epoch seconds. */
    void add(long at, long amount) {
        bins.merge(Math.floorDiv(at, width) * width, amount, Long::sum);
        while (bins.size() > MOST_BINS) {
            widen(2 * width);
        }
    }

    /** Adds all that {@code other} has. */
    void addAll(Activity other) {
        widen(Math.max(width, other.width));
        other.bins.forEach(this::add);
    }

    private void widen(long wider) {
        Map<Long, Long> old = new TreeMap<>(bins);
        bins.clear();
        width = wider;
        old.forEach((start, amount) -> bins.merge(Math.floorDiv(start, width) * width, amount, Long::sum));
    }

    /** {@code binSeconds}, and of each bin that is not empty its start and sum. */
    Doc toDoc() {
        List<Doc> shown = new ArrayList<>();
        bins.forEach((start, amount) ->
                shown.add(new Doc().with("start", Times.iso(start)).with("count", amount)));
        return new Doc().with("binSeconds", width).with("bins", shown);
    }

    /** The form that is kept. */
    List<Long> toState() {
        List<Long> state = new ArrayList<>(List.of(width));
        bins.forEach((start, amount) -> {
            state.add(start);
            state.add(amount);
        });
        return state;
    }

    /** Takes what {@link #toState} gave. */
    void restore(List<?> state) {
        width = (Long) state.getFirst();
        for (int i = 1; i + 1 < state.size(); i += 2) {
            bins.put((Long) state.get(i), (Long) state.get(i + 1));
        }
    }
}
