package dev.tocsin.server.host;

import dev.tocsin.core.engine.EngineServices;
import java.util.Map;

/**
 * Lists and geography, by whose event asks.
 *
 * @param everywhere for events of which no scope says more
 * @param byScope by {@code account/Region}, and by {@code account} for what is decided over all its Regions
 */
public record Knowledge(EngineServices everywhere, Map<String, EngineServices> byScope) {}
