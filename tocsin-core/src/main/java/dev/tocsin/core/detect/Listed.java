package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import java.util.ArrayList;
import java.util.List;

/**
 * A list entry that fires against an address at an event's time: fresh enough, trusted by no list, and with the port
 * that it names.
 *
 * @param category what the list says of it, as lists write it: {@code c2}, {@code tor-guard}
 * @param own whether it is from the operator's own threat list
 * @param port the port it is listed with, 0 for any
 * @param match the form a finding carries
 */
public record Listed(String category, boolean own, int port, ThreatMatch match) {

    /** What fires against an address in {@code intelligence}; nothing does against a private one, see {@link ThreatLookup}. */
    public static List<Listed> firing(Intelligence intelligence, long high, long low, int port, long at) {
        Match match = intelligence.address(high, low, Math.max(port, 0), at);
        if (match == null || match.trusted() || !new Address(high, low).isPublic()) {
            return List.of();
        }
        List<Listed> firing = new ArrayList<>(match.hits().size());
        for (Hit hit : match.hits()) {
            if (hit.fires()) {
                firing.add(of(hit));
            }
        }
        return firing;
    }

    private static Listed of(Hit hit) {
        return new Listed(
                hit.indicator().effectiveCategory().wireName(),
                hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT,
                hit.indicator().port(),
                hit.evidence());
    }
}
