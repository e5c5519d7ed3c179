package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The state of one key, in memory. */
final class KeyState implements KeyContext {

    private final FunctionRunner<?> runner;
    private final String key;
    private final Map<StateKind<?>, Map<String, Object>> entries = new HashMap<>();
    private final TreeSet<Long> timers = new TreeSet<>();

    KeyState(FunctionRunner<?> runner, String key) {
        this.runner = runner;
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long watermark() {
        return runner.watermark();
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        Map<String, Object> named = entries.get(kind);
        return named == null ? null : cast(kind, named.get(name));
    }

    /** A kind holds only entries that were put under it. */
    @SuppressWarnings({"unchecked", "unused"}) // the map of a kind is filled by put alone, whose type the kind carries
    private static <S> @Nullable S cast(StateKind<S> kind, @Nullable Object entry) {
        return (S) entry;
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        entries.computeIfAbsent(kind, ignored -> new HashMap<>()).put(name, state);
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        Map<String, Object> named = entries.get(kind);
        if (named != null) {
            named.remove(name);
        }
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        Map<String, Object> named = entries.getOrDefault(kind, Map.of());
        new TreeMap<>(named).forEach((name, entry) -> {
            S state = cast(kind, entry);
            if (state != null) {
                visitor.accept(name, state);
            }
        });
    }

    @Override
    public void timerAt(long at) {
        if (timers.add(at)) {
            runner.schedule(at, this);
        }
    }

    /** Takes the timer {@code at} off; whether it was set. */
    boolean takeTimer(long at) {
        return timers.remove(at);
    }
}
