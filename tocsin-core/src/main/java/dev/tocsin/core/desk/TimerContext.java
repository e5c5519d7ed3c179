package dev.tocsin.core.desk;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A key's context while a timer runs: its watermark is the timer's time, though the host's may be further on. So what a
 * timer decides does not depend on how far time moved at once.
 */
record TimerContext(KeyContext host, long at) implements KeyContext {

    @Override
    public String key() {
        return host.key();
    }

    @Override
    public long watermark() {
        return at;
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        return host.get(kind, name);
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        host.put(kind, name, state);
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        host.remove(kind, name);
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        host.forEach(kind, visitor);
    }

    @Override
    public void timerAt(long time) {
        host.timerAt(time);
    }
}
