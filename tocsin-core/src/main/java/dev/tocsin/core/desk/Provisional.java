package dev.tocsin.core.desk;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingEntry;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.SignalDoc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Signals that an earlier record may still take back. They are shown with the finding they belong to but are no part of its
 * entry; when their time is over those not said again are gone.
 */
final class Provisional {

    /** Findings that show such signals at once, and signals of one; beyond that one is heard when it is settled. */
    static final int MAX = 1_000;

    private static final int MOST_OF_ONE = 10;
    private static final StateKind<Doc> KIND = StateKind.ofDocs("provisional", 1);
    private static final String COUNT = "count";
    private static final String SHOWN = "shown";
    private static final String SIGNALS = "signals";
    private static final String DUE = "due/";
    private static final String IDS = "ids";

    private final KeyContext context;
    private final Function<String, FindingType> types;

    Provisional(KeyContext context, Function<String, FindingType> types) {
        this.context = context;
        this.types = types;
    }

    /** Keeps {@code signal} of the finding {@code id}; false if there is no room. */
    boolean add(Signal signal, long due, String id, Resolved about) {
        Doc said = SignalDoc.of(signal);
        Doc known = context.get(KIND, id);
        List<Doc> signals = signals(known);
        String dueName = DUE + due;
        Doc sameTime = context.get(KIND, dueName);
        Set<String> ids = ids(sameTime);
        ids.add(id);
        long count = count();
        if (signals.size() >= MOST_OF_ONE
                || ids.size() > MAX
                || (signals.isEmpty() && count >= MAX)
                || said.toJson().length() > StateKind.MAX_BYTES / (2 * MOST_OF_ONE)) {
            return false;
        }
        if (signals.isEmpty()) {
            context.put(KIND, COUNT, new Doc().with(COUNT, count + 1));
        }
        signals.add(new Doc()
                .with("until", due)
                .with("resource", about.resource())
                .with("marks", about.marks())
                .with("signal", said));
        context.put(KIND, dueName, new Doc().with(IDS, List.copyOf(ids)));
        context.timerAt(due);
        put(id, shown(known), signals);
        return true;
    }

    /** A settled signal stands in place of the provisional one of its record; whether that said the same. */
    boolean settle(Signal signal, String id) {
        Doc known = context.get(KIND, id);
        List<Doc> signals = signals(known);
        Doc settled = SignalDoc.of(signal);
        boolean same = signals.stream().anyMatch(one -> settled.equals(one.part("signal")));
        if (signals.removeIf(one -> signal.recordId().equals(one.part("signal").text("recordId")))) {
            left(id, shown(known), signals);
        }
        return same;
    }

    /** The revision at which the finding {@code id} was last shown with such signals, or 0. */
    long shown(String id) {
        return shown(context.get(KIND, id));
    }

    /** {@code entry}, which follows what was shown, with such signals of its finding if there are any. */
    FindingEntry over(FindingEntry entry) {
        if (has(entry.id())) {
            return with(entry, entry.id());
        }
        context.remove(KIND, entry.id());
        return entry;
    }

    /** Whether the finding {@code id} has such signals. */
    boolean has(String id) {
        return !signals(context.get(KIND, id)).isEmpty();
    }

    /**
     * {@code entry}, or nothing, together with the signals of the finding {@code id}, which must have some; of all that only
     * what belongs to the finding's last life.
     */
    FindingEntry with(@Nullable FindingEntry entry, String id) {
        Doc known = context.get(KIND, id);
        List<Doc> signals = signals(known);
        long newest = signals.stream()
                .mapToLong(one -> one.part("signal").number("first", 0))
                .max()
                .orElseThrow();
        long since = newest - Speaker.LIFE_SECONDS;
        Signal first = SignalDoc.read(signals.getFirst().part("signal"), types);
        FindingEntry all = entry == null || entry.last() < since
                ? FindingEntry.started(id, first, Math.max(shown(known), entry == null ? 0 : entry.revision()))
                : FindingEntry.copy(entry, Math.max(shown(known), entry.revision()));
        for (Doc one : signals) {
            Signal signal = SignalDoc.read(one.part("signal"), types);
            if (signal.last() >= since) {
                all.add(signal, one.part("resource"), one.part("marks"));
            }
        }
        put(id, all.revision(), signals);
        return all;
    }

    /** Shows {@code visitor} the findings that lose a signal at {@code at}, then takes those away. */
    void onTimer(long at, Lost visitor) {
        Doc due = context.get(KIND, DUE + at);
        if (due == null) {
            return;
        }
        context.remove(KIND, DUE + at);
        for (String id : ids(due)) {
            List<Doc> signals = signals(context.get(KIND, id));
            if (signals.stream().anyMatch(one -> one.number("until", 0) <= at)) {
                FindingEntry was = with(null, id);
                signals.removeIf(one -> one.number("until", 0) <= at);
                left(id, was.revision() + 1, signals);
                visitor.lost(was);
            }
        }
    }

    /** Keeps the signals that are left; with none only the revision, which what is shown next must follow. */
    private void left(String id, long revision, List<Doc> signals) {
        if (signals.isEmpty()) {
            context.put(KIND, COUNT, new Doc().with(COUNT, count() - 1));
        }
        put(id, revision, signals);
    }

    /** Hears of a finding some of whose signals are taken back. */
    interface Lost {
        /** {@code was} is what those signals said. */
        void lost(FindingEntry was);
    }

    private long count() {
        Doc counter = context.get(KIND, COUNT);
        return counter == null ? 0 : counter.number(COUNT, 0);
    }

    private void put(String id, long revision, List<Doc> signals) {
        context.put(KIND, id, new Doc().with(SHOWN, revision).with(SIGNALS, List.copyOf(signals)));
    }

    private static long shown(@Nullable Doc known) {
        return known == null ? 0 : known.number(SHOWN, 0);
    }

    private static List<Doc> signals(@Nullable Doc known) {
        List<Doc> signals = new ArrayList<>();
        if (known != null && known.get(SIGNALS) instanceof List<?> list) {
            list.forEach(one -> signals.add((Doc) one));
        }
        return signals;
    }

    private static Set<String> ids(@Nullable Doc due) {
        Set<String> ids = new TreeSet<>();
        if (due != null && due.get(IDS) instanceof List<?> list) {
            list.forEach(one -> ids.add(String.valueOf(one)));
        }
        return ids;
    }
}
