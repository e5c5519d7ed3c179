package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Bounds the entries of a kind: once there are too many, a tenth goes, those that nobody used for longest. They are counted
 * as they are made, and looked through only when the count is reached.
 */
final class Cap {

    /** Profiles of an account: some 10 MB. */
    static final int MOST_PROFILES = 10_000;

    private static final String ONLY = "";

    private final StateKind<Long> count;
    private final int most;

    private record Entry(String name, long used) {}

    /** Counts under {@code name} up to {@code most}. */
    Cap(String name, int most) {
        this.count = new StateKind<>(name, 1, new StateKind.Codec<>() {
            @Override
            public void write(Long entries, JsonGenerator out) throws IOException {
                out.writeNumber(entries);
            }

            @Override
            public Long read(JsonParser in, int version) throws IOException {
                in.nextToken();
                return in.getLongValue();
            }
        });
        this.most = most;
    }

    /** An entry of {@code kind} was added; {@code used} says when one was used last. */
    <S> void added(StateKind<S> kind, ToLongFunction<S> used, KeyContext context) {
        Long before = context.get(count, ONLY);
        long now = before == null ? 1 : before + 1;
        context.put(count, ONLY, now > most ? evict(kind, used, context) : now);
    }

    private <S> long evict(StateKind<S> kind, ToLongFunction<S> used, KeyContext context) {
        List<Entry> entries = new ArrayList<>();
        context.forEach(kind, (name, state) -> entries.add(new Entry(name, used.applyAsLong(state))));
        entries.sort(Comparator.comparingLong(Entry::used).thenComparing(Entry::name));
        int gone = entries.size() > most ? entries.size() - most + most / 10 : 0;
        entries.subList(0, gone).forEach(entry -> context.remove(kind, entry.name()));
        return (long) entries.size() - gone;
    }
}
