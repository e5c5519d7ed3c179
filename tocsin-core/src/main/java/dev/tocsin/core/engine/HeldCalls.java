package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.identity.Held;
import dev.tocsin.core.identity.Values;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Calls that wait until the end of a span of event time, to be judged in the order of time. */
final class HeldCalls {

    private static final int SHARES = 64;

    private final long span;
    private final StateKind<Held> held;

    /** Which shares of a span hold calls, as bits: so that the others are not asked for. */
    private final StateKind<Long> shared;

    /** Calls of spans of {@code span} seconds, kept under {@code calls} and {@code shares}. */
    HeldCalls(long span, String calls, String shares) {
        this.span = span;
        this.held = new StateKind<>(calls, 1, new StateKind.Codec<>() {
            @Override
            public void write(Held some, JsonGenerator out) throws IOException {
                some.write(out);
            }

            @Override
            public Held read(JsonParser in, int version) throws IOException {
                return Held.read(in);
            }
        });
        this.shared = new StateKind<>(shares, 1, new StateKind.Codec<>() {
            @Override
            public void write(Long bits, JsonGenerator out) throws IOException {
                out.writeNumber(bits);
            }

            @Override
            public Long read(JsonParser in, int version) throws IOException {
                in.nextToken();
                return in.getLongValue();
            }
        });
    }

    /** The end of the span that {@code at} is in, epoch seconds. */
    long end(long at) {
        return (Math.floorDiv(at, span) + 1) * span;
    }

    /** Holds {@code some} calls of {@code actor}, alike in {@code values}, to the end of the span that {@code at} is in. */
    void add(Held.Some some, Actor actor, Values values, long at, KeyContext context) {
        long number = Math.floorDiv(at, span);
        int share = actor.key().hashCode() & (SHARES - 1);
        String name = number + "/" + share;
        Held here = context.get(held, name);
        if (here == null) {
            here = new Held();
            String whole = Long.toString(number);
            Long shares = context.get(shared, whole);
            context.put(shared, whole, (shares == null ? 0 : shares) | 1L << share);
            context.timerAt((number + 1) * span);
        }
        here.add(some, actor, values);
        context.put(held, name, here);
    }

    /** Takes those that wait for {@code at}, in the order of time. */
    List<Held.Some> take(long at, KeyContext context) {
        if (Math.floorMod(at, span) != 0) {
            return List.of();
        }
        String number = Long.toString(at / span - 1);
        Long shares = context.get(shared, number);
        if (shares == null) {
            return List.of();
        }
        context.remove(shared, number);
        List<Held.Some> calls = new ArrayList<>();
        for (long rest = shares; rest != 0; rest &= rest - 1) {
            String name = number + "/" + Long.numberOfTrailingZeros(rest);
            Held here = context.get(held, name);
            if (here != null) {
                calls.addAll(here.all());
                context.remove(held, name);
            }
        }
        calls.sort(Held.ORDER);
        return calls;
    }
}
