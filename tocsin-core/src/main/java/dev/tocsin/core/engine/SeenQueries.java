package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Which name queries of a key were seen: the digests of all their fields, by minute of event time, until the watermark
 * has passed the minute. A log counts in whole seconds, so a query may stand twice in one object and was asked twice; it
 * is a duplicate if another object had it, or this one at the same or a later place.
 */
final class SeenQueries {

    /** Digests an entry holds at most; beyond that duplicates of one minute's share pass. 16 bytes a digest. */
    static final int MAX_DIGESTS = StateKind.MAX_BYTES / 18;

    /** A forwarder asks for a whole network; a host's queries fit into few entries. */
    private static final int SHARES_OF_A_FORWARDER = 64;

    private static final int SHARES_OF_A_HOST = 4;
    private static final long MINUTE = 60;
    private static final long NOWHERE = -1;

    static final StateKind<LongPairs> KIND = new StateKind<>("seenQueries", 2, new StateKind.Codec<>() {
        @Override
        public void write(LongPairs seen, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (int i = 0; i < seen.size(); i++) {
                out.writeNumber(seen.key(i));
                out.writeNumber(seen.value(i));
            }
            out.writeEndArray();
        }

        @Override
        public LongPairs read(JsonParser in, int version) throws IOException {
            LongPairs seen = new LongPairs();
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                seen.add(in.getLongValue(), version < 2 ? NOWHERE : in.nextLongValue(NOWHERE));
            }
            return seen;
        }
    });

    /** Minutes of which the names of entries are kept; a power of two. */
    private static final int MINUTES_NAMED = 16;

    private final @Nullable Names[] named = new Names[MINUTES_NAMED];

    /** The names of a minute's entries, made when asked for: most queries fall into a minute met before. Threads may share it. */
    private static final class Names {

        private final long minute;
        private final @Nullable String[] ofShares = new String[SHARES_OF_A_FORWARDER];

        Names(long minute) {
            this.minute = minute;
        }

        String of(int share) {
            String name = ofShares[share];
            if (name == null) {
                name = minute + "/" + share;
                ofShares[share] = name;
            }
            return name;
        }
    }

    private Names names(long minute) {
        int place = (int) minute & (MINUTES_NAMED - 1);
        Names names = named[place];
        if (names == null || names.minute != minute) {
            names = new Names(minute);
            named[place] = names;
        }
        return names;
    }

    /** Whether {@code query} was seen in its minute; remembers it as long as the minute is open. */
    boolean check(NameQuery query, KeyContext context) {
        long minute = Math.floorDiv(query.at(), MINUTE);
        if ((minute + 1) * MINUTE <= context.watermark()) {
            return false;
        }
        long digest = query.contentHash();
        int shares = query.resolverEndpoint() == null ? SHARES_OF_A_HOST : SHARES_OF_A_FORWARDER;
        String name = names(minute).of((int) digest & (shares - 1));
        LongPairs seen = context.get(KIND, name);
        if (seen == null) {
            seen = new LongPairs();
            context.timerAt((minute + 1) * MINUTE);
        }
        long place = place(query);
        int known = seen.indexOf(digest);
        if (known < 0 && seen.size() < MAX_DIGESTS) {
            seen.add(digest, place);
            context.put(KIND, name, seen);
        } else if (known >= 0) {
            long before = seen.value(known);
            if (before >>> 32 != place >>> 32 || (int) before >= (int) place) {
                return true;
            }
            seen.set(known, place);
            context.put(KIND, name, seen);
        }
        return false;
    }

    /** The object in the upper half, the position in it in the lower; each record of a stream is an object. */
    private static long place(NameQuery query) {
        LogObject object = query.origin().object();
        long position = query.origin().position();
        if (object.isStream()) {
            return (long) (31 * object.source().hashCode() + Long.hashCode(position)) << 32;
        }
        return (long) object.source().hashCode() << 32 | Math.min(position, Integer.MAX_VALUE);
    }

    /** Forgets the minute that ends at {@code at}. */
    void forget(long at, KeyContext context) {
        if (Math.floorMod(at, MINUTE) != 0) {
            return;
        }
        Names names = names(Math.floorDiv(at, MINUTE) - 1);
        int shares = NameFunction.isInstance(context.key()) ? SHARES_OF_A_HOST : SHARES_OF_A_FORWARDER;
        for (int share = 0; share < shares; share++) {
            context.remove(KIND, names.of(share));
        }
    }
}
