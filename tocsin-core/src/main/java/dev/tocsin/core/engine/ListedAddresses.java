package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Listed;
import dev.tocsin.core.detect.ThreatLookup;
import dev.tocsin.core.intel.Intelligence;
import java.util.List;

/**
 * Looks addresses up in the loaded intelligence and gives what fires; nothing fires against a private address, which
 * means another host in every network.
 */
public final class ListedAddresses implements ThreatLookup {

    private final Intelligence intelligence;

    /** Looks up in {@code intelligence}. */
    public ListedAddresses(Intelligence intelligence) {
        this.intelligence = intelligence;
    }

    @Override
    public List<Listed> firing(long high, long low, int port, long at) {
        return Listed.firing(intelligence, high, low, port, at);
    }
}
