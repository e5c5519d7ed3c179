package dev.tocsin.core.credential;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From which public places a holder's credentials were used: when first, and in which of the last 64 spans of ten minutes. What comes in
 * another order leaves the same behind.
 */
public final class Uses implements Bounded.Entry {

    /** Places remembered of a holder; beyond that the one of longest ago goes, but never the first. Ours: bounded state. */
    static final int PLACES = 8;

    private static final long SPAN = 600;

    private static final class Used {
        private final long origin;
        private long first;
        private long spans;

        Used(long origin, long first, long spans) {
            this.origin = origin;
            this.first = first;
            this.spans = spans;
        }
    }

    private final List<Used> places = new ArrayList<>(1);
    private long lastSpan = Long.MIN_VALUE;

    @Override
    public long last() {
        return lastSpan;
    }

    /** Notes a use of {@code origin} at {@code at}, epoch seconds; whether it says anything new. */
    public boolean note(long origin, long at) {
        long span = Math.floorDiv(at, SPAN);
        if (span > lastSpan) {
            moveTo(span);
        }
        Used known = find(origin);
        if (known == null) {
            known = new Used(origin, at, 0);
            places.add(known);
            bound(known);
        }
        long bit = lastSpan - span < Long.SIZE ? 1L << (lastSpan - span) : 0;
        boolean news = bit == 0 || (known.spans & bit) == 0 || at < known.first || known.first == at;
        known.spans |= bit;
        known.first = Math.min(known.first, at);
        return news;
    }

    private void moveTo(long span) {
        long later = span - lastSpan;
        if (lastSpan != Long.MIN_VALUE) {
            for (Used used : places) {
                used.spans = later < Long.SIZE ? used.spans << later : 0;
            }
        }
        lastSpan = span;
    }

    private void bound(Used added) {
        if (places.size() <= PLACES) {
            return;
        }
        Used home = null;
        for (Used used : places) {
            home = home == null || used.first < home.first ? used : home;
        }
        Used oldest = null;
        for (Used used : places) {
            if (used != home && used != added && (oldest == null || isBefore(used, oldest))) {
                oldest = used;
            }
        }
        if (oldest != null) {
            places.remove(oldest);
        }
    }

    /** Whether {@code one} was used last longer ago than {@code other}. */
    private static boolean isBefore(Used one, Used other) {
        int later = Long.compare(Long.numberOfTrailingZeros(one.spans), Long.numberOfTrailingZeros(other.spans));
        return later != 0 ? later > 0 : one.origin < other.origin;
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
            if (Place.alike(used.origin, origin)
                    && (home == null
                            || used.first < home.first
                            || (used.first == home.first && used.origin < home.origin))) {
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
     * Whether they were used from another place of the same address family in ten minutes after those of {@code from} and not
     * after those of {@code to}, both epoch seconds.
     */
    public boolean elsewhere(long origin, long from, long to) {
        long after = Math.floorDiv(from, SPAN);
        long until = Math.floorDiv(to, SPAN);
        for (Used used : places) {
            if (used.origin != origin && Place.alike(used.origin, origin) && isUsed(used.spans, after + 1, until)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUsed(long spans, long from, long to) {
        long newest = Math.max(0, lastSpan - to);
        long oldest = Math.min(Long.SIZE - 1, lastSpan - from);
        if (oldest < newest) {
            return false;
        }
        long upTo = oldest == Long.SIZE - 1 ? -1L : (1L << (oldest + 1)) - 1;
        return (spans & upTo & -1L << newest) != 0;
    }

    @Override
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(lastSpan);
        for (Used used : places) {
            out.writeNumber(used.origin);
            out.writeNumber(used.first);
            out.writeNumber(used.spans);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands before it. */
    public static Uses read(JsonParser in) throws IOException {
        Uses uses = new Uses();
        in.nextToken();
        uses.lastSpan = in.nextLongValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long origin = in.getLongValue();
            uses.places.add(new Used(origin, in.nextLongValue(0), in.nextLongValue(0)));
        }
        return uses;
    }
}
