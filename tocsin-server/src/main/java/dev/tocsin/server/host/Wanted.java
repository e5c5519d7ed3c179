package dev.tocsin.server.host;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import org.jspecify.annotations.Nullable;

/** Which records are taken. Asked by several threads. */
@FunctionalInterface
public interface Wanted {
    /** Why {@code event} is left out, or null if it is taken. */
    @Nullable
    String leavesOut(Event event);

    /** Why {@code event} of {@code object} is not believed, or null if it is: it is rejected, whoever may want it. */
    default @Nullable String rejects(LogObject object, Event event) {
        return null;
    }
}
