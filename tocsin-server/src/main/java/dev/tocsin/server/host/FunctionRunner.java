package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Runs one keyed function over its keys: elements as they come, timers as the watermark passes them, in the order of
 * time and key. Used by one thread at a time.
 *
 * @param <I> the function's input
 */
final class FunctionRunner<I> {

    private record Timer(long at, KeyState key) {}

    private final KeyedFunction<I> function;
    private final Output output;
    private final Map<String, KeyState> keys = new HashMap<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at)
            .thenComparing(timer -> timer.key().key()));
    private long watermark = Long.MIN_VALUE;

    FunctionRunner(KeyedFunction<I> function, Output output) {
        this.function = function;
        this.output = output;
    }

    void accept(String key, I element) {
        KeyState state = keys.get(key);
        if (state == null) {
            state = new KeyState(this, key);
            keys.put(key, state);
        }
        function.onElement(element, state, output);
    }

    /** Moves the watermark to {@code at} (never back) and calls the timers it has reached. */
    void advance(long at) {
        if (at <= watermark) {
            return;
        }
        watermark = at;
        while (!timers.isEmpty() && timers.element().at() <= at) {
            Timer timer = timers.remove();
            if (timer.key().takeTimer(timer.at())) {
                function.onTimer(timer.at(), timer.key(), output);
            }
        }
    }

    long watermark() {
        return watermark;
    }

    void schedule(long at, KeyState key) {
        timers.add(new Timer(at, key));
    }
}
