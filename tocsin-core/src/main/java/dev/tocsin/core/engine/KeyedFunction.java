package dev.tocsin.core.engine;

/**
 * The engine's part for one kind of key. A host calls it for one element or timer of a key at a time, elements in the
 * order of their objects, and each timer once the watermark has reached it, earlier timers first.
 *
 * @param <I> what comes in
 */
public interface KeyedFunction<I> {

    /** Takes one element of the key. */
    void onElement(I element, KeyContext context, Output out);

    /** Takes the timer set for {@code at}. */
    void onTimer(long at, KeyContext context, Output out);
}
