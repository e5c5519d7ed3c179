package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Listed;
import dev.tocsin.core.detect.ThreatLookup;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.util.ArrayList;
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
        Match match = intelligence.address(high, low, Math.max(port, 0), at);
        if (match == null || match.trusted() || !new Address(high, low).isPublic()) {
            return List.of();
        }
        List<Listed> firing = new ArrayList<>(match.hits().size());
        for (Hit hit : match.hits()) {
            if (hit.fires()) {
                firing.add(listed(hit));
            }
        }
        return firing;
    }

    private static Listed listed(Hit hit) {
        return new Listed(
                hit.indicator().effectiveCategory().wireName(),
                hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT,
                hit.indicator().port(),
                hit.evidence());
    }
}
