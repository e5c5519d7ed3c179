package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.lookup.AskedName;
import dev.tocsin.core.lookup.Distinct;
import dev.tocsin.core.lookup.LookupWindow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host remembers of registered names that do not exist: those of the last twelve to twenty-four hours with what they
 * weighed, beside how many names there were that do; some older ones, so that what is asked for day after day is not new; and
 * how many usually fail of it.
 */
final class FailedNames {

    /** Length of a span, in seconds: two spans, twelve to twenty-four hours, add up. Ours. */
    static final long SPAN_SECONDS = 43_200;

    /** Names remembered of a span, and as many of older ones. Ours: bounded state. */
    static final int MOST = 192;

    /** Of the usual, what an older span still weighs after one more: so that some weeks count. Ours: fifteen sixteenths. */
    static final int MEMORY = 16;

    /** Windows shown in which names failed. Ours. */
    static final int MOST_POINTS = 24;

    private static final String NAME = "failed";
    private static final long DAY = 86_400;

    /** The usual is kept in hundredths, as older spans weigh less. */
    private static final long FINE = 100;

    private final Detector detector;
    private final Context context;
    private Span now = new Span(new Doc());
    private Span before = new Span(new Doc());
    private final Names older;
    private final List<Object> series = new ArrayList<>();
    private final long number;
    private long usualWeight;
    private long usualAnswered;
    private long days;
    private long lastDay;

    /** Fingerprints of names, in order; taken apart only when they are asked for, as in most windows nothing fails. */
    private static final class Names {
        private @Nullable Object saved;
        private final Set<Long> set = new LinkedHashSet<>();

        Names(@Nullable Object saved) {
            this.saved = saved;
        }

        Set<Long> set() {
            if (saved instanceof List<?> values) {
                values.forEach(value -> set.add((Long) value));
            }
            saved = null;
            return set;
        }

        @Nullable
        Object toSave() {
            if (saved != null) {
                return saved;
            }
            return set.isEmpty() ? null : List.copyOf(set);
        }
    }

    /** Twelve hours. */
    private static final class Span {
        private final Names failed;
        private final Distinct answered;
        private long count;
        private long weight;
        private long since;
        private boolean found;

        Span(Doc saved) {
            failed = new Names(saved.get("failed"));
            answered = Distinct.of(saved.get("answered"), LookupWindow.ANSWERED_BITS);
            count = saved.number("count", 0);
            weight = saved.number("weight", 0);
            since = saved.number("since", Long.MAX_VALUE);
            found = saved.number("found", 0) != 0;
        }

        Doc toDoc() {
            return new Doc()
                    .with("failed", failed.toSave())
                    .with("answered", answered.toList())
                    .with("count", count)
                    .with("weight", weight)
                    .with("since", since)
                    .with("found", found ? 1 : null);
        }
    }

    private FailedNames(Detector detector, long start, Context context) {
        this.detector = detector;
        this.context = context;
        this.number = Math.floorDiv(start, SPAN_SECONDS);
        Doc saved = context.recall(detector, NAME);
        this.older = new Names(saved == null ? null : saved.get("older"));
        if (saved != null) {
            restore(saved, saved.number("number", number));
        }
        long today = Math.floorDiv(start, DAY);
        if (today != lastDay) {
            days++;
            lastDay = today;
        }
    }

    /** Those of {@code detector} at the window that begins at {@code start}. */
    static FailedNames of(Detector detector, long start, Context context) {
        return new FailedNames(detector, start, context);
    }

    private void restore(Doc saved, long savedNumber) {
        usualWeight = saved.number("usualWeight", 0);
        usualAnswered = saved.number("usualAnswered", 0);
        days = saved.number("days", 0);
        lastDay = saved.number("lastDay", 0);
        if (saved.get("series") instanceof List<?> points) {
            series.addAll(points);
        }
        Span last = new Span(saved.part("now"));
        Span previous = new Span(saved.part("before"));
        if (savedNumber == number) {
            now = last;
            before = previous;
            return;
        }
        age(previous);
        if (savedNumber == number - 1) {
            before = last;
        } else {
            age(last);
        }
    }

    /** A span that is over: its names are old, and it tells what is usual, unless something was found in it. */
    private void age(Span span) {
        Set<Long> names = older.set();
        names.addAll(span.failed.set());
        for (var oldest = names.iterator(); names.size() > MOST; ) {
            oldest.next();
            oldest.remove();
        }
        if (!span.found) {
            usualWeight += FINE * span.weight - usualWeight / MEMORY;
            usualAnswered += FINE * span.answered.count() - usualAnswered / MEMORY;
        }
    }

    /** Whether {@code name} failed before. */
    boolean knows(AskedName name) {
        long fingerprint = name.fingerprint();
        return now.failed.set().contains(fingerprint)
                || before.failed.set().contains(fingerprint)
                || older.set().contains(fingerprint);
    }

    /** Adds a window: its new names, how many they stand for, what these weigh, and the names that were answered. */
    void add(LookupWindow window, List<AskedName> fresh, long stoodFor, long weight) {
        for (AskedName name : fresh) {
            if (now.failed.set().size() < MOST) {
                now.failed.set().add(name.fingerprint());
            }
            now.since = Math.min(now.since, name.sample().at());
        }
        now.count += stoodFor;
        now.weight += weight;
        now.answered.addAll(window.answered());
        if (stoodFor > 0) {
            series.add(new Doc()
                    .with("start", window.start())
                    .with("failed", stoodFor)
                    .with("answered", window.answered().count()));
            if (series.size() > MOST_POINTS) {
                series.removeFirst();
            }
        }
    }

    /**
     * Says that names of this span were found to be generated: it tells nothing of what is usual. Not so on a host of which
     * nothing else is known: what it does from its first day on is its role, and was said.
     */
    void found(boolean known) {
        now.found |= known;
    }

    /** Remembers it for the windows to come. */
    void keep() {
        context.remember(
                detector,
                NAME,
                new Doc()
                        .with("number", number)
                        .with("now", now.toDoc())
                        .with("before", before.count == 0 && before.answered.count() == 0 ? null : before.toDoc())
                        .with("older", older.toSave())
                        .with("series", series.isEmpty() ? null : List.copyOf(series))
                        .with("usualWeight", usualWeight)
                        .with("usualAnswered", usualAnswered)
                        .with("days", days)
                        .with("lastDay", lastDay));
    }

    /** New names that failed, in two spans. */
    long failed() {
        return now.count + before.count;
    }

    /** What they weigh. */
    long weight() {
        return now.weight + before.weight;
    }

    /** Different names that were answered, in two spans. */
    long answered() {
        Distinct both = new Distinct(LookupWindow.ANSWERED_BITS);
        both.addAll(now.answered);
        both.addAll(before.answered);
        return both.count();
    }

    /** Epoch seconds of the first of them. */
    long since() {
        return Math.min(now.since, before.since);
    }

    /** Days on which the host asked for names, before today. */
    long days() {
        return days - 1;
    }

    /** What usually fails for a thousand names that are answered, by weight. */
    long usualWeightOfThousand() {
        return usualAnswered == 0 ? 0 : 1_000 * usualWeight / usualAnswered;
    }

    /** Windows in which new names failed, the last ones. */
    List<Object> series() {
        return List.copyOf(series);
    }
}
