package dev.tocsin.flink.source;

import dev.tocsin.flink.order.Turn;
import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectOrder;
import dev.tocsin.input.order.Watermark;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The order of all objects, which of them are still to be read, and how far time has come: the enumerator's state. */
public final class Plan {

    final TreeMap<Integer, LogSplit> remaining = new TreeMap<>();
    final TreeMap<Integer, Finished> ahead = new TreeMap<>();
    final Map<LogKind, Integer> toCome = new EnumMap<>(LogKind.class);
    final Map<LogKind, Long> clocks = new EnumMap<>(LogKind.class);
    final List<Long> stamps = new ArrayList<>();
    int total;

    /** Which turn the first of {@link #stamps} is of. */
    int base;

    /** The watermark's value, epoch seconds. */
    long value = Long.MIN_VALUE;

    private Watermark watermark = new Watermark(Map.of(), false);

    /** A plan of {@code ordered}. */
    static Plan of(List<ObjectOrder.Placed<LogFile>> ordered) {
        Plan plan = new Plan();
        long next = Long.MAX_VALUE;
        for (int i = ordered.size() - 1; i >= 0; i--) {
            ObjectOrder.Placed<LogFile> placed = ordered.get(i);
            plan.remaining.put(i, new LogSplit(i, placed.object(), placed.part(), placed.kind(), next, 0, null, false));
            next = placed.timed() ? next : Math.min(next, placed.time());
            if (placed.kind() != null) {
                plan.toCome.merge(placed.kind(), 1, Integer::sum);
            }
        }
        plan.total = ordered.size();
        plan.stamps.add(Turn.START);
        plan.resume();
        return plan;
    }

    /** What stands for a plan as long as nothing is listed: who goes on from it lists anew. */
    static Plan unlisted() {
        Plan plan = new Plan();
        plan.total = -1;
        return plan;
    }

    /** Goes on from the fields. */
    void resume() {
        watermark = new Watermark(toCome, false);
        watermark.restore(value, Map.of());
        watermark.restoreClocks(clocks);
    }

    /** Takes what readers say of turns, in any order; a turn is over once all before it are. */
    void finished(Finished one) {
        if (one.index() < done()) {
            return;
        }
        ahead.put(one.index(), one);
        while (ahead.containsKey(done())) {
            Finished next = ahead.remove(done());
            watermark.finished(next.kind(), next.clocks(), next.nextStart());
            next.clocks().forEach((kind, clock) -> clocks.merge(kind, clock, Math::max));
            if (next.kind() != null) {
                toCome.merge(next.kind(), -1, Integer::sum);
            }
            value = watermark.value();
            stamps.add(Turn.finished(stamps.getLast(), value));
        }
    }

    /** Turns that are over. */
    int done() {
        return base + stamps.size() - 1;
    }

    /** The last turn that readers may know is over: after a failure some that were over are handed out again. */
    int known() {
        return remaining.isEmpty() ? done() : Math.min(done(), remaining.firstKey());
    }

    /** The stamps of turns {@code first} to {@code last}. */
    long[] stamps(int first, int last) {
        return stamps.subList(first - base, last + 1 - base).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** Forgets the turns before {@code turn}. */
    void trim(int turn) {
        int keep = Math.min(turn, done());
        if (keep > base) {
            stamps.subList(0, keep - base).clear();
            base = keep;
        }
    }
}
