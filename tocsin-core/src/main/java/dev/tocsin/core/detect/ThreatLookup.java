package dev.tocsin.core.detect;

import java.util.List;

/** What the threat lists hold against addresses. */
@FunctionalInterface
public interface ThreatLookup {

    /** No list. */
    ThreatLookup NONE = (high, low, port, at) -> List.of();

    /**
     * The entries that fire against an address, the weightiest first; none against a private one.
     *
     * @param high upper half of the address
     * @param low lower half
     * @param port the port talked with there, 0 or less if not known
     * @param at the event's time, by which entries age
     */
    List<Listed> firing(long high, long low, int port, long at);
}
