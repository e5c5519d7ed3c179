package dev.tocsin.core.engine;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import java.util.function.Function;

/**
 * What the engine's functions share and never change while they run.
 *
 * @param geography remoteIpDetails' country and network members of a public address
 */
public record EngineServices(Function<Address, Doc> geography) {

    /** No geography. */
    public static final EngineServices NONE = new EngineServices(address -> new Doc());
}
