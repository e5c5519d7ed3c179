package dev.tocsin.server.host;

import dev.tocsin.core.engine.StateKind;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.StateBlock;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One state entry in memory, and whether the store must still hear of it.
 *
 * @param <S> the entry's class
 */
final class StateSlot<S> {

    /** What an entry is taken to weigh before it was first written, in bytes. */
    private static final int UNKNOWN_BYTES = 512;

    private final StateKind<S> kind;
    private final String name;
    private @Nullable S value;
    private boolean stored;
    private boolean dirty;
    private int bytes;

    /** An entry not in memory so far; {@code stored} if the store has it. */
    StateSlot(StateKind<S> kind, String name, boolean stored) {
        this.kind = kind;
        this.name = name;
        this.stored = stored;
        this.bytes = UNKNOWN_BYTES;
    }

    /** An entry as the store has it. */
    StateSlot(StateKind<S> kind, String name, Packed packed) throws IOException {
        this(kind, name, true);
        value = packed.unpack(kind);
        bytes = packed.size();
    }

    String name() {
        return name;
    }

    /** Whether it is the entry {@code otherName} of {@code otherKind}. */
    boolean is(StateKind<?> otherKind, String otherName) {
        return kind.equals(otherKind) && name.equals(otherName);
    }

    @Nullable
    S value() {
        return value;
    }

    /** Changes the entry; null removes it. Whether it was clean before. */
    boolean set(@Nullable S changed) {
        boolean wasClean = !dirty;
        value = changed;
        dirty = true;
        return wasClean;
    }

    /** Notes that the store must hear of it. */
    void touch() {
        dirty = true;
    }

    /** Its weight in memory, in bytes as last written. */
    int bytes() {
        return bytes;
    }

    /** Writes it; one that came and went since the last time leaves no trace. */
    void save(String function, String key, StateBlock block) throws IOException {
        S state = value;
        if (state != null) {
            Packed packed = Packed.of(kind, state);
            bytes = packed.size();
            block.put(function, key, kind.name(), name, packed);
        } else if (stored) {
            block.remove(function, key, kind.name(), name);
        }
        stored = state != null;
        dirty = false;
    }
}
