package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.ApiCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Calls of one span of time that must be judged in their order: held until no earlier one is awaited. Alike ones are one, which
 * is the earliest of them; the same whatever the order in which they came.
 */
public final class Held {

    /** Different calls held; beyond that those with the highest digests go. */
    static final int MOST = 160;

    /** Longest value of a field kept: what evidence shows. */
    private static final int LONGEST_VALUE = 256;

    /** Characters that the fields of all calls of an entry may take when it is written, so that it keeps within 64 KB. */
    private static final int FIELDS_ROOM = 24_000;

    /** The earliest by time and id. */
    public static final Comparator<Held.Some> ORDER = Comparator.comparingLong(
                    (Some some) -> some.first().at())
            .thenComparing(some -> some.first().eventId());

    private final NavigableMap<Long, Some> bySignature = new TreeMap<>();

    /** Calls that are alike, of which {@code first} is the earliest. */
    public record Some(ApiCall first, int count) {}

    /** Adds calls, alike to those of their signature. */
    public void add(Some one, Actor actor, Values values) {
        ApiCall call = one.first();
        long signature = signature(call, actor, values);
        Some known = bySignature.get(signature);
        if (known != null) {
            ApiCall first = earlier(call, known.first()) ? call : known.first();
            bySignature.put(signature, new Some(first, known.count() + one.count()));
        } else if (bySignature.size() < MOST) {
            bySignature.put(signature, one);
        } else if (signature < bySignature.lastKey()) {
            bySignature.pollLastEntry();
            bySignature.put(signature, one);
        }
    }

    private static boolean earlier(ApiCall one, ApiCall other) {
        return one.at() != other.at() ? one.at() < other.at() : one.eventId().compareTo(other.eventId()) < 0;
    }

    private static long signature(ApiCall call, Actor actor, Values values) {
        long mixed = mixed(actor.key().hashCode(), values.api());
        mixed = mixed(mixed, values.network());
        mixed = mixed(mixed, values.agent());
        mixed = mixed(mixed, values.place());
        return mixed(mixed, call.errorCode() == null ? 0 : call.errorCode().hashCode());
    }

    private static long mixed(long one, long other) {
        long mixed = (one ^ other) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 32;
    }

    /** All of them, by signature. */
    public List<Some> all() {
        return List.copyOf(bySignature.values());
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        Map<Object, Integer> written = new HashMap<>();
        int room = FIELDS_ROOM;
        out.writeStartArray();
        for (Map.Entry<Long, Some> entry : bySignature.entrySet()) {
            Some some = entry.getValue();
            out.writeNumber(entry.getKey());
            out.writeNumber(some.count());
            room = CallCodec.write(some.first(), written, LONGEST_VALUE, room, out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static Held read(JsonParser in) throws IOException {
        Held held = new Held();
        List<Object> known = new ArrayList<>();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long signature = in.getLongValue();
            int count = in.nextIntValue(1);
            in.nextToken();
            held.bySignature.put(signature, new Some(CallCodec.read(known, in), count));
        }
        return held;
    }
}
