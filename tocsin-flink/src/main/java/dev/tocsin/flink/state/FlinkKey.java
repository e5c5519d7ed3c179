package dev.tocsin.flink.state;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.flink.wire.WireType;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** The key that Flink is at, as the engine sees it: a map state for each kind of entry. */
public final class FlinkKey implements KeyContext {

    private static final WireType<StateEntry> ENTRIES = new WireType<>(StateEntry.class, new StateEntrySerializer());

    private final RuntimeContext runtime;
    private final Map<String, MapState<String, StateEntry>> kinds = new HashMap<>();
    private String key = "";
    private long watermark = Long.MIN_VALUE;
    private LongConsumer timers = at -> {};

    /** A context over the state of {@code runtime}. */
    public FlinkKey(RuntimeContext runtime) {
        this.runtime = runtime;
    }

    /** Is from now on at {@code current}, with the engine's watermark at {@code time}; timers go to {@code set}. */
    public FlinkKey at(String current, long time, LongConsumer set) {
        key = current;
        watermark = time;
        timers = set;
        return this;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long watermark() {
        return watermark;
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        return quietly(() -> {
            StateEntry entry = entries(kind).get(name);
            return entry == null ? null : entry.value(kind);
        });
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        quietly(() -> {
            entries(kind).put(name, StateEntry.of(kind, state));
            return null;
        });
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        quietly(() -> {
            entries(kind).remove(name);
            return null;
        });
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        quietly(() -> {
            TreeMap<String, S> sorted = new TreeMap<>();
            for (Map.Entry<String, StateEntry> entry : entries(kind).entries()) {
                sorted.put(entry.getKey(), entry.getValue().value(kind));
            }
            sorted.forEach(visitor);
            return null;
        });
    }

    @Override
    public void timerAt(long at) {
        timers.accept(at);
    }

    private MapState<String, StateEntry> entries(StateKind<?> kind) {
        MapState<String, StateEntry> entries = kinds.get(kind.name());
        if (entries == null) {
            entries = runtime.getMapState(new MapStateDescriptor<>("engine-" + kind.name(), Types.STRING, ENTRIES));
            kinds.put(kind.name(), entries);
        }
        return entries;
    }

    private interface Work<T extends @Nullable Object> {
        T run() throws Exception;
    }

    private static <T extends @Nullable Object> T quietly(Work<T> work) {
        try {
            return work.run();
        } catch (Exception e) {
            throw new IllegalStateException("Flink's state failed", e);
        }
    }
}
