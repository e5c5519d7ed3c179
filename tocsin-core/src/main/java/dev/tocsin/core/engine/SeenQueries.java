package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.NameQuery;
import java.io.IOException;

/**
 * Which name queries of a key were seen: the digests of all their fields, by minute of event time, until the watermark
 * has passed the minute.
 */
final class SeenQueries {

    /** Digests an entry holds at most; beyond that duplicates of one minute's share pass. 16 bytes a digest. */
    static final int MAX_DIGESTS = StateKind.MAX_BYTES / 18;

    /** A forwarder asks for a whole network; a host's queries fit into few entries. */
    private static final int SHARES_OF_A_FORWARDER = 64;

    private static final int SHARES_OF_A_HOST = 4;
    private static final long MINUTE = 60;

    static final StateKind<LongPairs> KIND = new StateKind<>("seenQueries", 1, new StateKind.Codec<>() {
        @Override
        public void write(LongPairs seen, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (int i = 0; i < seen.size(); i++) {
                out.writeNumber(seen.key(i));
            }
            out.writeEndArray();
        }

        @Override
        public LongPairs read(JsonParser in, int version) throws IOException {
            LongPairs seen = new LongPairs();
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                seen.add(in.getLongValue(), 0);
            }
            return seen;
        }
    });

    private SeenQueries() {}

    /** Whether {@code query} was seen in its minute; remembers it as long as the minute is open. */
    static boolean check(NameQuery query, KeyContext context) {
        long minute = Math.floorDiv(query.at(), MINUTE);
        if ((minute + 1) * MINUTE <= context.watermark()) {
            return false;
        }
        long digest = query.contentHash();
        int shares = query.resolverEndpoint() == null ? SHARES_OF_A_HOST : SHARES_OF_A_FORWARDER;
        String name = minute + "/" + (digest & (shares - 1));
        LongPairs seen = context.get(KIND, name);
        if (seen == null) {
            seen = new LongPairs();
            context.timerAt((minute + 1) * MINUTE);
        }
        if (seen.find(digest, 0) == SeenCalls.Verdict.DUPLICATE) {
            return true;
        }
        if (seen.size() < MAX_DIGESTS) {
            seen.add(digest, 0);
            context.put(KIND, name, seen);
        }
        return false;
    }

    /** Forgets the minute that ends at {@code at}. */
    static void forget(long at, KeyContext context) {
        long minute = Math.floorDiv(at, MINUTE) - 1;
        for (int share = 0; share < SHARES_OF_A_FORWARDER; share++) {
            context.remove(KIND, minute + "/" + share);
        }
    }
}
