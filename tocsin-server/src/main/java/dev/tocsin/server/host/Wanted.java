package dev.tocsin.server.host;

import dev.tocsin.core.event.Event;
import org.jspecify.annotations.Nullable;

/** Which records are taken. Asked by several threads. */
@FunctionalInterface
public interface Wanted {
    /** Why {@code event} is left out, or null if it is taken. */
    @Nullable
    String leavesOut(Event event);
}
