package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.ApiCall;
import java.io.IOException;

/**
 * Which API calls of an account were seen: eventID and content, for two hours of event time (measured: true duplicates
 * come up to 25 minutes late). Kept by minute of event time; a busy minute is divided into shares, so that no entry grows
 * large.
 */
final class SeenCalls {

    /** How long an id is remembered, in seconds of event time (design: Duplicates). */
    static final long HORIZON_SECONDS = 2 * 60 * 60;

    /** Ids an entry holds at most; beyond that duplicates of one share of a minute pass. 16 bytes an id. */
    static final int MAX_IDS = StateKind.MAX_BYTES / 18;

    private static final int SHARES = 64;
    private static final long MINUTE = 60;

    /** What is known of a call's id. */
    enum Verdict {
        /** Never seen. */
        NEW,
        /** Seen with the same content. */
        DUPLICATE,
        /** Seen with other content. */
        CONFLICT
    }

    static final StateKind<LongPairs> KIND = new StateKind<>("seenCalls", 1, new StateKind.Codec<>() {
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
                long key = in.getLongValue();
                in.nextToken();
                seen.add(key, in.getLongValue());
            }
            return seen;
        }
    });

    private final BinNames names = new BinNames();

    /** Whether {@code call} was seen before; remembers it. */
    Verdict check(ApiCall call, KeyContext context) {
        long id = Hash.of(call.eventId());
        long minute = Math.floorDiv(call.at(), MINUTE);
        String name = names.of(minute);
        LongPairs seen = context.get(KIND, name);
        if (seen == null) {
            seen = new LongPairs();
            context.timerAt((minute + 1) * MINUTE + HORIZON_SECONDS);
        }
        Verdict verdict = seen.find(id, call.contentHash());
        if (verdict == Verdict.DUPLICATE) {
            return verdict;
        }
        if (seen.size() >= MAX_IDS) {
            Verdict inShare = checkShare(share(name, (int) (id & (SHARES - 1))), id, call.contentHash(), context);
            return inShare == Verdict.NEW ? verdict : inShare;
        }
        seen.add(id, call.contentHash());
        context.put(KIND, name, seen);
        return verdict;
    }

    private static Verdict checkShare(String share, long id, long content, KeyContext context) {
        LongPairs seen = context.get(KIND, share);
        if (seen == null) {
            seen = new LongPairs();
        }
        Verdict verdict = seen.find(id, content);
        if (verdict != Verdict.DUPLICATE && seen.size() < MAX_IDS) {
            seen.add(id, content);
            context.put(KIND, share, seen);
        }
        return verdict;
    }

    private static String share(String minute, int share) {
        return minute + "/" + share;
    }

    /** Forgets the minute whose horizon ends at {@code at}. */
    static void forget(long at, KeyContext context) {
        String minute = Long.toString(Math.floorDiv(at - HORIZON_SECONDS, MINUTE) - 1);
        LongPairs seen = context.get(KIND, minute);
        if (seen == null) {
            return;
        }
        context.remove(KIND, minute);
        for (int share = 0; seen.size() >= MAX_IDS && share < SHARES; share++) {
            context.remove(KIND, share(minute, share));
        }
    }
}
