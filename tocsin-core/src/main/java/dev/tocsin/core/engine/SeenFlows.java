package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Flow;
import java.io.IOException;

/**
 * Which flows of an interface were seen, by the digest of all their fields, in bins of event time until the bin closes.
 * A busy bin is divided into shares, so that no entry grows large.
 */
final class SeenFlows {

    /** Length of a bin, in seconds: one delivery of flow logs to a bucket (AWS: every five minutes). */
    static final long BIN_SECONDS = 300;

    /** Digests an entry holds at most; 9 bytes each. Beyond that, duplicates of one share of a bin pass. */
    static final int MAX_DIGESTS = 6_000;

    private static final int SHARES = 64;

    static final StateKind<LongSet> KIND = new StateKind<>("seenFlows", 1, new StateKind.Codec<>() {
        @Override
        public void write(LongSet seen, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (long digest : seen.sorted()) {
                out.writeNumber(digest);
            }
            out.writeEndArray();
        }

        @Override
        public LongSet read(JsonParser in, int version) throws IOException {
            LongSet seen = new LongSet();
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                seen.add(in.getLongValue());
            }
            return seen;
        }
    });

    private final BinNames names = new BinNames();

    /** Whether {@code flow} is new; remembers it. */
    boolean add(Flow flow, KeyContext context) {
        long bin = Math.floorDiv(flow.at(), BIN_SECONDS);
        String name = names.of(bin);
        LongSet seen = context.get(KIND, name);
        if (seen == null) {
            seen = new LongSet();
            context.timerAt((bin + 1) * BIN_SECONDS);
        }
        if (seen.contains(flow.contentHash())) {
            return false;
        }
        if (seen.size() < MAX_DIGESTS) {
            seen.add(flow.contentHash());
            context.put(KIND, name, seen);
            return true;
        }
        return addToShare(name + "/" + (flow.contentHash() >>> 58), flow.contentHash(), context);
    }

    private static boolean addToShare(String share, long digest, KeyContext context) {
        LongSet seen = context.get(KIND, share);
        if (seen == null) {
            seen = new LongSet();
        }
        if (seen.contains(digest)) {
            return false;
        }
        if (seen.size() < MAX_DIGESTS) {
            seen.add(digest);
            context.put(KIND, share, seen);
        }
        return true;
    }

    /** Forgets the bin that closes at {@code at}, if one does. */
    static void forget(long at, KeyContext context) {
        if (Math.floorMod(at, BIN_SECONDS) != 0) {
            return;
        }
        String bin = Long.toString(at / BIN_SECONDS - 1);
        LongSet seen = context.get(KIND, bin);
        if (seen == null) {
            return;
        }
        context.remove(KIND, bin);
        for (int share = 0; seen.size() >= MAX_DIGESTS && share < SHARES; share++) {
            context.remove(KIND, bin + "/" + share);
        }
    }
}
