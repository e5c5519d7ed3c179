package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Steps that wait until their minute is over, so that chains take them in the order of time, whatever order they came in. */
final class Waiting {

    /** Steps of a minute that wait; beyond that those with the highest digests go. */
    static final int MOST = 400;

    private static final long MINUTE = 60;

    /** How long after the end of its minute a step waits, in seconds: what is told at that end is there by then. */
    private static final long SLACK = MINUTE;

    private static final StateKind<Doc> KIND = StateKind.ofDocs("sequenceSteps", 1);

    private Waiting() {}

    /** Lets {@code step} wait until what happened at {@code at} was told, and for {@code more} seconds. */
    static void add(Step step, long at, long more, KeyContext context) {
        long now = context.watermark();
        boolean ended = now > Long.MAX_VALUE / 2; // all there was is told: only the step's own time is left
        long due = due(ended ? at + more : Math.max(at + more, now));
        String index = String.valueOf(due);
        String name = index + "/" + Long.toHexString(Hash.of(step.name()));
        Doc known = context.get(KIND, name);
        if (known != null) {
            context.put(KIND, name, Step.of(known).merged(step).toState());
            return;
        }
        Doc all = context.get(KIND, index);
        TreeSet<String> names = new TreeSet<>(all == null ? List.of() : Step.texts(all, "names"));
        names.add(name);
        context.put(KIND, name, step.toState());
        if (names.size() > MOST) {
            String last = names.removeLast();
            context.remove(KIND, last);
        }
        context.put(KIND, index, new Doc().with("names", List.copyOf(names)));
        context.timerAt(due);
    }

    private static long due(long at) {
        return (Math.floorDiv(at, MINUTE) + 1) * MINUTE + SLACK;
    }

    /** Takes those that wait for {@code at}, earliest first. */
    static List<Step> take(long at, KeyContext context) {
        Doc all = context.get(KIND, String.valueOf(at));
        if (all == null) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>();
        for (String name : Step.texts(all, "names")) {
            Doc step = context.get(KIND, name);
            if (step != null) {
                steps.add(Step.of(step));
                context.remove(KIND, name);
            }
        }
        context.remove(KIND, String.valueOf(at));
        steps.sort(Comparator.comparingLong(Step::first).thenComparing(Step::name));
        return steps;
    }
}
