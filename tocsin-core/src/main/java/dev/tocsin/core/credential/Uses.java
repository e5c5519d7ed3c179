package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which places a holder's credentials were used, or a person called: when first, and in which of the last spans of ten
 * minutes. What comes in another order leaves the same behind.
 */
public final class Uses implements Bounded.Entry {

    /** Places remembered of a holder; beyond that the one of longest ago goes, but never the first. Ours: bounded state. */
    static final int PLACES = 8;

    private static final class Used {
        private final long origin;
        private final Spans spans;
        private long first;

        Used(long origin, long first, Spans spans) {
            this.origin = origin;
            this.first = first;
            this.spans = spans;
        }
    }

    /**
     * A place and how near its use was.
     *
     * @param origin the place
     * @param seconds between a time and the nearest use, at most; a use is known to ten minutes
     */
    public record Near(long origin, long seconds) {}

    /** Chooses among places by how near their use was. */
    public interface Choice {
        /** Whether the place {@code origin}, used within {@code seconds}, counts. */
        boolean test(long origin, long seconds);
    }

    private static final Comparator<Used> HOME =
            Comparator.<Used>comparingLong(used -> used.first).thenComparingLong(used -> used.origin);

    private static final Comparator<Used> SILENCE =
            Comparator.<Used>comparingInt(used -> used.spans.newest()).thenComparingLong(used -> used.origin);

    private final List<Used> places = new ArrayList<>(1);
    private long last = Long.MIN_VALUE;

    @Override
    public long last() {
        return last;
    }

    /** Notes a use of {@code origin} at {@code at}, epoch seconds; whether it says anything new. */
    public boolean note(long origin, long at) {
        long span = Spans.of(at);
        if (span > last) {
            long later = span - last;
            for (Used used : places) {
                used.spans.shift(later);
            }
            last = span;
        }
        Used known = find(origin);
        boolean news = known == null || at < known.first;
        if (known == null) {
            known = new Used(origin, at, new Spans());
            places.add(known);
            bound(known);
        }
        known.first = Math.min(known.first, at);
        return known.spans.set(last - span) || news;
    }

    private void bound(Used added) {
        if (places.size() > PLACES) {
            Used home = places.stream().min(HOME).orElse(added);
            places.stream()
                    .filter(used -> !used.equals(home) && !used.equals(added))
                    .max(SILENCE)
                    .ifPresent(places::remove);
        }
    }

    private @Nullable Used find(long origin) {
        for (Used used : places) {
            if (used.origin == origin) {
                return used;
            }
        }
        return null;
    }

    /** When {@code origin} was first used, epoch seconds; {@link Long#MAX_VALUE} if it never was. */
    public long first(long origin) {
        Used used = find(origin);
        return used == null ? Long.MAX_VALUE : used.first;
    }

    /** Whether {@code origin} is the place of its address family from which the credentials were used first. */
    public boolean isHome(long origin) {
        Used home = null;
        for (Used used : places) {
            if (Place.alike(used.origin, origin) && (home == null || HOME.compare(used, home) < 0)) {
                home = used;
            }
        }
        return home != null && home.origin == origin;
    }

    /** Other places than {@code origin} from which they were used before {@code until}, epoch seconds. */
    public int others(long origin, long until) {
        int others = 0;
        for (Used used : places) {
            others += used.origin != origin && used.first < until ? 1 : 0;
        }
        return others;
    }

    /**
     * Whether they were used from another place of the same address family in ten minutes after those of {@code from} and
     * before {@code until}, both epoch seconds, the latter at the end of ten minutes.
     */
    public boolean elsewhere(long origin, long from, long until) {
        for (Used used : places) {
            if (used.origin != origin && Place.alike(used.origin, origin)) {
                for (long span = Math.max(Spans.of(from) + 1, last - Spans.KEPT); span < Spans.of(until); span++) {
                    if (used.spans.get(last - span)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /**
     * The place of {@code choice} that was used nearest to {@code at} before {@code until}, both epoch seconds, the latter at
     * the end of ten minutes; null if there is none.
     */
    public @Nullable Near nearest(long at, long until, Choice choice) {
        Near nearest = null;
        for (Used used : places) {
            long seconds = Long.MAX_VALUE;
            for (long span = last - Spans.KEPT + 1; span < Spans.of(until); span++) {
                if (used.spans.get(last - span)) {
                    long start = span * Spans.SECONDS;
                    seconds = Math.min(seconds, Math.max(Math.abs(at - start), Math.abs(at - start - Spans.SECONDS)));
                }
            }
            if (seconds != Long.MAX_VALUE
                    && choice.test(used.origin, seconds)
                    && (nearest == null
                            || seconds < nearest.seconds()
                            || (seconds == nearest.seconds() && used.origin < nearest.origin()))) {
                nearest = new Near(used.origin, seconds);
            }
        }
        return nearest;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(last);
        for (Used used : places.stream()
                .sorted(Comparator.comparingLong(one -> one.origin))
                .toList()) {
            out.writeNumber(used.origin);
            out.writeNumber(used.first);
            used.spans.write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands before it. */
    public static Uses read(JsonParser in) throws IOException {
        Uses uses = new Uses();
        in.nextToken();
        uses.last = in.nextLongValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long origin = in.getLongValue();
            long first = in.nextLongValue(0);
            uses.places.add(new Used(origin, first, Spans.read(in)));
        }
        return uses;
    }
}
