package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Hit;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Match;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the lists say of the address a call came from.
 *
 * @param malicious entries of intelligence for addresses that attack
 * @param custom entries of the operator's own threat lists
 * @param torExit entries for Tor exits; guards and middle relays are no callers
 */
record CallerLists(List<Hit> malicious, List<Hit> custom, List<Hit> torExit) {

    static final CallerLists NOTHING = new CallerLists(List.of(), List.of(), List.of());

    private static final Set<Category> ATTACKING = EnumSet.of(
            Category.C2,
            Category.CRYPTOMINING,
            Category.PHISHING,
            Category.DRIVE_BY,
            Category.EXFILTRATION,
            Category.MALWARE,
            Category.SUSPICIOUS,
            Category.ABUSED,
            Category.SCANNER);

    /** Looks up who called; nothing for services and private addresses. */
    static CallerLists of(ApiCall call, Context context) {
        Caller caller = call.caller();
        if (caller == null || caller.address() == null || !caller.isPublic() || call.byService()) {
            return NOTHING;
        }
        Match match = context.intelligence().address(caller.address(), 0, call.at());
        if (match == null || !match.fires()) {
            return NOTHING;
        }
        List<Hit> firing = match.hits().stream().filter(Hit::fires).toList();
        return new CallerLists(
                firing.stream()
                        .filter(hit -> !isOwn(hit)
                                && ATTACKING.contains(hit.indicator().effectiveCategory()))
                        .toList(),
                firing.stream().filter(CallerLists::isOwn).toList(),
                firing.stream()
                        .filter(hit -> !isOwn(hit) && hit.indicator().effectiveCategory() == Category.TOR_EXIT)
                        .toList());
    }

    private static boolean isOwn(Hit hit) {
        return hit.list().kind() == IndicatorList.Kind.OPERATOR_THREAT;
    }

    boolean isEmpty() {
        return malicious.isEmpty() && custom.isEmpty() && torExit.isEmpty();
    }
}
