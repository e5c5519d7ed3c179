package dev.tocsin.core.engine;

import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine asks of its host, for the key at hand: state entries, timers at an event time, and the watermark.
 * The engine never sees how they are made; every host passes one contract test.
 */
public interface KeyContext {

    /** The key at hand. */
    String key();

    /** Event time, in epoch seconds, before which no record is awaited any more; never falls. */
    long watermark();

    /** The entry {@code name} of {@code kind}, or null. A change of the object counts only once it is {@link #put}. */
    <S> @Nullable S get(StateKind<S> kind, String name);

    /** Keeps {@code state} under {@code name}. */
    <S> void put(StateKind<S> kind, String name, S state);

    /** Forgets the entry; nothing happens if there is none. */
    void remove(StateKind<?> kind, String name);

    /** Shows every entry of {@code kind} in the order of names; entries must not be put or removed meanwhile. */
    <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor);

    /** Calls the function's {@code onTimer} once the watermark has reached {@code at}; the same time twice is once. */
    void timerAt(long at);
}
