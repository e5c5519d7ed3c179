package dev.tocsin.core.engine;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Intelligence;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the engine's functions share and never change while they run.
 *
 * @param geography remoteIpDetails' country and network members of a public address
 * @param intelligenceNow gives the threat lists of the moment
 */
public record EngineServices(Function<Address, Doc> geography, Supplier<Intelligence> intelligenceNow) {

    /** No geography and no lists. */
    public static final EngineServices NONE = new EngineServices(address -> new Doc(), () -> Intelligence.EMPTY);

    /** The threat lists of the moment. */
    public Intelligence intelligence() {
        return intelligenceNow.get();
    }
}
