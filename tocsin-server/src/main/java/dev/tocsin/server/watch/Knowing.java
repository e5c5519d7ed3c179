package dev.tocsin.server.watch;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.input.list.ListRequest;
import java.nio.file.Path;
import java.util.List;

/** Loads what the engine knows beforehand: the configured lists and geography, and further lists beside them. */
@FunctionalInterface
public interface Knowing {
    /** All that is configured, and {@code lists}. */
    EngineServices with(List<Extra> lists);

    /** Changes whenever what {@link #with} loads has changed. */
    default long version() {
        return 0;
    }

    /**
     * A list beside the configured ones.
     *
     * @param request how it is read
     * @param file where it lies
     */
    record Extra(ListRequest request, Path file) {}
}
