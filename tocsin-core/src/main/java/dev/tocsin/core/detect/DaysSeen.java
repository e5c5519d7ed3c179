package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import org.jspecify.annotations.Nullable;

/**
 * On which of the last days something was seen: what a detector of habits remembers of a host, a peer or a service. Days
 * behind the last one may be added late; the set of days is the same whatever the order.
 */
final class DaysSeen implements Doc.Form {

    /** Days remembered. */
    static final int MOST = 62;

    private static final long DAY_SECONDS = 86_400;

    private final long last;
    private final long days;

    private DaysSeen(long last, long days) {
        this.last = last;
        this.days = days;
    }

    /** What {@code doc} holds under {@code name}; nothing seen if that is absent. */
    static DaysSeen in(@Nullable Doc doc, String name) {
        if (doc != null && doc.get(name) instanceof DaysSeen known) {
            return known;
        }
        Doc kept = doc == null ? new Doc() : doc.part(name);
        return new DaysSeen(kept.number("last", 0), kept.number("days", 0));
    }

    /** With a sight at {@code at}, epoch seconds; the same object if that day is noted. */
    DaysSeen with(long at) {
        long day = Math.floorDiv(at, DAY_SECONDS);
        if (days == 0) {
            return new DaysSeen(day, 1);
        }
        long later = day - last;
        if (later > 0) {
            return new DaysSeen(day, later < MOST ? (days << later | 1) & ((1L << MOST) - 1) : 1);
        }
        boolean known = -later >= MOST || (days & 1L << -later) != 0;
        return known ? this : new DaysSeen(last, days | 1L << -later);
    }

    /** On how many days before the one of {@code at} it was seen. */
    int before(long at) {
        long back = last - Math.floorDiv(at, DAY_SECONDS);
        if (days == 0 || back >= MOST) {
            return 0;
        }
        return Long.bitCount(back < 0 ? days : days >>> (back + 1));
    }

    /** On how many of the days remembered it was seen. */
    int count() {
        return Long.bitCount(days);
    }

    /** How many days lie between the first day remembered and the one of {@code at}. */
    int age(long at) {
        if (days == 0) {
            return 0;
        }
        long first = last - (Long.SIZE - 1 - Long.numberOfLeadingZeros(days));
        return (int) Math.max(0, Math.floorDiv(at, DAY_SECONDS) - first);
    }

    /** The day it was seen last, in days since 1970. */
    long last() {
        return last;
    }

    @Override
    public Doc toDoc() {
        return new Doc().with("last", last).with("days", days);
    }
}
