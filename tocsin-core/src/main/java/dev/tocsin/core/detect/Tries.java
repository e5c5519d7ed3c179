package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a host tried for the first time of one kind (ports of a peer, peers of a port) and how it went: of this window, and
 * remembered of the last hours. Nothing is remembered where all goes well.
 */
final class Tries {

    /** Length of a span, in seconds: first contacts of two spans, twelve to twenty-four hours, add up. Ours. */
    static final long SPAN_SECONDS = 43_200;

    /** Tries remembered of one kind; more than any threshold. */
    static final int MOST = 256;

    private final Detector detector;
    private final String name;
    private final Context context;
    private final @Nullable Doc known;
    private final Doc before;
    private final Set<Long> failed = new LinkedHashSet<>();
    private final Set<Long> answered = new LinkedHashSet<>();
    private final List<Contact> fresh = new ArrayList<>();
    private long since;
    private int failedNow;
    private int answeredNow;

    private Tries(Detector detector, String name, TrafficWindow window, Context context) {
        this.detector = detector;
        this.name = name;
        this.context = context;
        this.known = context.recall(detector, name);
        long span = Math.floorDiv(window.start(), SPAN_SECONDS);
        long knownSpan = known == null ? Long.MIN_VALUE : known.number("span", 0);
        if (known != null && knownSpan == span) {
            restore(known, "failed", failed);
            restore(known, "answered", answered);
            this.before = known.part("before");
        } else {
            this.before = known != null && knownSpan == span - 1 ? withoutBefore(known) : new Doc();
        }
        this.since = known != null && knownSpan == span ? known.number("since", Long.MAX_VALUE) : Long.MAX_VALUE;
    }

    private static Doc withoutBefore(Doc known) {
        return new Doc().withAll(known).without("before");
    }

    /** Those of {@code detector} under {@code name}, as {@code window} finds them. */
    static Tries of(Detector detector, String name, TrafficWindow window, Context context) {
        return new Tries(detector, name, window, context);
    }

    private static void restore(Doc known, String member, Set<Long> into) {
        if (known.get(member) instanceof List<?> values) {
            values.forEach(value -> into.add((Long) value));
        }
    }

    /** Adds a try of {@code what}; one made before does not count again. */
    void add(long what, boolean answers, Contact contact) {
        if (failed.contains(what) || answered.contains(what) || wasTried(what)) {
            return;
        }
        Set<Long> into = answers ? answered : failed;
        if (into.size() < MOST) {
            into.add(what);
        }
        failedNow += answers ? 0 : 1;
        answeredNow += answers ? 1 : 0;
        fresh.add(contact);
        since = Math.min(since, contact.first());
    }

    private boolean wasTried(long what) {
        return (before.get("failed") instanceof List<?> failures && failures.contains(what))
                || (before.get("answered") instanceof List<?> answers && answers.contains(what));
    }

    /** Remembers it for the windows to come. */
    void keep() {
        if (fresh.isEmpty() || (known == null && failed.isEmpty())) {
            return;
        }
        context.remember(
                detector,
                name,
                new Doc()
                        .with("span", span())
                        .with(Context.UNTIL, (span() + 2) * SPAN_SECONDS)
                        .with("since", since)
                        .with("failed", List.copyOf(failed))
                        .with("answered", List.copyOf(answered))
                        .with("before", before.isEmpty() ? null : before));
    }

    private long span() {
        return Math.floorDiv(fresh.getFirst().sample().at(), SPAN_SECONDS);
    }

    /** Whether what is new in this window makes or goes on with a scan. */
    boolean isScan(int fast, int slow, int failuresAnAnswer) {
        boolean now = failedNow >= fast && failedNow >= failuresAnAnswer * answeredNow;
        boolean spread = failedNow > 0 && failed() >= slow && failed() >= failuresAnAnswer * (tried() - failed());
        return now || spread;
    }

    /** What was tried for the first time in this window, in {@link Contact#ORDER}. */
    List<Contact> fresh() {
        return fresh;
    }

    /** Tries that are remembered. */
    int tried() {
        return failed() + answered.size() + size("answered");
    }

    /** Tries that are remembered and failed. */
    int failed() {
        return failed.size() + size("failed");
    }

    private int size(String member) {
        return before.get(member) instanceof List<?> values ? values.size() : 0;
    }

    /** Epoch seconds of the first packet of the tries that are remembered. */
    long from() {
        return Math.min(since, before.number("since", since));
    }
}
