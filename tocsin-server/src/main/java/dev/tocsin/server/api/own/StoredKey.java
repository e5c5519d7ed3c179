package dev.tocsin.server.api.own;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.StateEntries;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The state of a key as the last checkpoint left it, to be looked at beside the engine. */
final class StoredKey implements KeyContext {

    private final StateEntries state;
    private final String function;
    private final String key;

    StoredKey(StateEntries state, String function, String key) {
        this.state = state;
        this.function = function;
        this.key = key;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long watermark() {
        return Long.MIN_VALUE;
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        try {
            Packed entry = state.entry(function, key, kind.name(), name);
            return entry == null ? null : entry.unpack(kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all entries of {@code kind}. */
    Set<String> names(StateKind<?> kind) throws StoreException {
        return state.names(function, key, kind.name());
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        try {
            for (String name : new TreeSet<>(names(kind))) {
                S entry = get(kind, name);
                if (entry != null) {
                    visitor.accept(name, entry);
                }
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S entry) {
        throw new UnsupportedOperationException("only the engine writes state");
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        throw new UnsupportedOperationException("only the engine writes state");
    }

    @Override
    public void timerAt(long at) {
        throw new UnsupportedOperationException("only the engine sets timers");
    }
}
