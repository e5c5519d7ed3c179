package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.traffic.Contact;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a host calls one peer: since when, at which intervals, how much, in which hours; and the connection it holds. */
final class PeerHabit {

    /** Hours of which calls are counted, back from the last. */
    static final int HOURS = 24;

    /** Longest gap, in seconds, in the records of a connection that goes on: a window and the end of its neighbour. */
    static final long GAP_SECONDS = 900;

    private static final long HOUR = 3600;

    private long first;
    private long last;
    private long calls;
    private long windows;
    private long port;
    private long connected;
    private long end;
    private long said;
    private long told;
    private Regularity intervals = new Regularity();
    private Regularity sizes = new Regularity();
    private final long[] hours = new long[HOURS];

    private PeerHabit() {}

    /** Reads what {@link #toDoc} gave; a new one for null. */
    static PeerHabit of(@Nullable Doc doc) {
        PeerHabit read = new PeerHabit();
        if (doc == null) {
            return read;
        }
        read.first = doc.number("first", 0);
        read.last = doc.number("last", 0);
        read.calls = doc.number("calls", 0);
        read.windows = doc.number("windows", 0);
        read.port = doc.number("port", 0);
        read.connected = doc.number("connected", 0);
        read.end = doc.number("end", 0);
        read.said = doc.number("said", 0);
        read.told = doc.number("told", 0);
        read.intervals = Regularity.of(doc.get("intervals"));
        read.sizes = Regularity.of(doc.get("sizes"));
        if (doc.get("hours") instanceof List<?> list) {
            for (int hour = 0; hour < Math.min(HOURS, list.size()); hour++) {
                read.hours[hour] = (Long) list.get(hour);
            }
        }
        return read;
    }

    /** The form that is remembered. */
    Doc toDoc() {
        return new Doc()
                .with("first", first)
                .with("last", last)
                .with("calls", calls)
                .with("windows", windows)
                .with("port", port)
                .with("connected", connected)
                .with("end", end)
                .with("said", said)
                .with("told", told)
                .with("intervals", intervals.toState())
                .with("sizes", sizes.toState())
                .with("hours", hours());
    }

    /** Adds what {@code contact} shows of a window; {@code port} is the host's own. */
    void add(Contact contact, int local) {
        long sessions = Math.max(1, contact.sessions());
        boolean goesOn = windows > 0 && sessions == 1 && local == port && contact.first() - end <= GAP_SECONDS;
        if (!goesOn) {
            connected = contact.first();
            called(contact, sessions);
        }
        port = local;
        end = Math.max(end, contact.last());
    }

    private void called(Contact contact, long sessions) {
        if (windows == 0) {
            first = contact.first();
        } else {
            intervals.add(Math.max(1, (contact.first() - last) / Math.max(1, calls)));
        }
        sizes.add(contact.outBytes() / sessions);
        long passed = windows == 0 ? 0 : Math.floorDiv(contact.first(), HOUR) - Math.floorDiv(last, HOUR);
        if (passed > 0) {
            int gone = (int) Math.min(passed, HOURS);
            System.arraycopy(hours, gone, hours, 0, HOURS - gone);
            Arrays.fill(hours, HOURS - gone, HOURS, 0);
        }
        hours[HOURS - 1] += sessions;
        last = contact.first();
        calls = sessions;
        windows++;
    }

    /** Whether calls come in no rhythm. */
    boolean isIrregular() {
        return intervals.isSpread() || sizes.isSpread();
    }

    /** Hours on end in which it was called, up to the last one. */
    int hoursOnEnd() {
        int run = 0;
        while (run < HOURS && hours[HOURS - 1 - run] > 0) {
            run++;
        }
        return run;
    }

    /** Hours of the last {@link #HOURS} in which it was called. */
    int hoursCalled() {
        int called = 0;
        for (long count : hours) {
            called += count > 0 ? 1 : 0;
        }
        return called;
    }

    /**
     * RITA's beacon score, 0 to 1: the mean of the regularity of intervals and of sizes, of the evenness of the hours and
     * of how long it goes on, twelve hours on end being the whole.
     */
    double score() {
        return (intervals.score() + sizes.score() + evenness() + Math.min(1, hoursOnEnd() / 12.0)) / 4;
    }

    /** The regularity of the intervals alone, 0 to 1. */
    double rhythm() {
        return intervals.score();
    }

    /** One less the coefficient of variation of the whole hours on end; the first and last are cut. */
    private double evenness() {
        int run = hoursOnEnd();
        if (run < 4) {
            return 0;
        }
        double sum = 0;
        double squares = 0;
        int whole = run == HOURS ? run - 1 : run - 2;
        for (int i = 0; i < whole; i++) {
            double count = hours[HOURS - 2 - i];
            sum += count;
            squares += count * count;
        }
        double mean = sum / whole;
        double variance = Math.max(0, squares / whole - mean * mean);
        return Math.max(0, 1 - StrictMath.sqrt(variance) / mean);
    }

    /** The interval in the middle, in seconds. */
    long interval() {
        return Math.round(intervals.median());
    }

    /** Calls by hour, the last hour last. */
    List<Long> hours() {
        return Arrays.stream(hours).boxed().toList();
    }

    /** Epoch seconds of the first call. */
    long first() {
        return first;
    }

    /** Epoch seconds of the last packet. */
    long end() {
        return end;
    }

    /** Windows in which a call began. */
    long windows() {
        return windows;
    }

    /** How long the connection at hand has lasted, in seconds. */
    long connectedFor() {
        return end - connected;
    }

    /** Whether the desk was not told of it within a day before {@code at}; from then on it was. */
    boolean isToldAnew(long at) {
        if (told > 0 && at - told < HOURS * HOUR) {
            return false;
        }
        told = at;
        return true;
    }

    /** Whether nothing was said of it within a day before {@code at}; from then on something was. */
    boolean speaks(long at) {
        if (said > 0 && at - said < HOURS * HOUR) {
            return false;
        }
        said = at;
        return true;
    }
}
