package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.identity.CallCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/** Calls that wait, each whole, until no earlier one is awaited. */
final class OrderedCalls {

    /** Calls of an account that wait at once; beyond that one is judged by what is known when it comes. */
    static final int MAX = 10_000;

    /** Characters kept of a call's fields, so that its entry keeps within 64 KB; S3 policies have at most 20 KB. */
    private static final int ROOM = 24_000;

    private static final long SPAN = 60;
    private static final String ALL = "all";
    private static final Comparator<ApiCall> ORDER = Comparator.comparingLong(ApiCall::at)
            .thenComparing(ApiCall::eventId)
            .thenComparingLong(ApiCall::contentHash);

    private static final StateKind<ApiCall> CALLS = new StateKind<>("orderedCalls", 1, new StateKind.Codec<>() {
        @Override
        public void write(ApiCall call, JsonGenerator out) throws IOException {
            out.writeStartArray();
            CallCodec.write(call, new HashMap<>(), ROOM, ROOM, out);
            out.writeEndArray();
        }

        @Override
        public ApiCall read(JsonParser in, int version) throws IOException {
            in.nextToken();
            in.nextToken();
            return CallCodec.read(new ArrayList<>(), in);
        }
    });

    /** How many wait, in sum and by the end of their span. */
    private static final StateKind<Long> COUNTS = new StateKind<>("orderedCounts", 1, new StateKind.Codec<>() {
        @Override
        public void write(Long count, JsonGenerator out) throws IOException {
            out.writeNumber(count);
        }

        @Override
        public Long read(JsonParser in, int version) throws IOException {
            in.nextToken();
            return in.getLongValue();
        }
    });

    private OrderedCalls() {}

    /** When a call of {@code at} is judged: the end of its minute, epoch seconds. */
    static long due(long at) {
        return (Math.floorDiv(at, SPAN) + 1) * SPAN;
    }

    /** Lets {@code call} wait; false if it is behind the watermark or too many wait. */
    static boolean add(ApiCall call, KeyContext context) {
        long due = due(call.at());
        long all = count(ALL, context);
        if (due <= context.watermark() || all >= MAX) {
            return false;
        }
        long here = count(String.valueOf(due), context);
        context.put(COUNTS, ALL, all + 1);
        context.put(COUNTS, String.valueOf(due), here + 1);
        context.put(CALLS, due + "/" + here, call);
        context.timerAt(due);
        return true;
    }

    /** Whether none waits. */
    static boolean isEmpty(KeyContext context) {
        return count(ALL, context) == 0;
    }

    /** Takes those due at {@code at}, in the order of time. */
    static List<ApiCall> take(long at, KeyContext context) {
        String due = String.valueOf(at);
        long here = count(due, context);
        if (here == 0) {
            return List.of();
        }
        List<ApiCall> calls = new ArrayList<>();
        for (long i = 0; i < here; i++) {
            ApiCall call = context.get(CALLS, due + "/" + i);
            if (call != null) {
                calls.add(call);
            }
            context.remove(CALLS, due + "/" + i);
        }
        context.remove(COUNTS, due);
        context.put(COUNTS, ALL, count(ALL, context) - here);
        calls.sort(ORDER);
        return calls;
    }

    private static long count(String name, KeyContext context) {
        Long count = context.get(COUNTS, name);
        return count == null ? 0 : count;
    }
}
