package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The filters that archive, at one moment: an account's own, and its administrator's (F51, F73).
 *
 * @param rules of each account and Region
 */
public record Suppression(Map<String, List<List<FindingCondition>>> rules) {

    /** What those of {@code store} that archive hide. */
    public static Suppression of(Store store) throws StoreException {
        Map<String, List<List<FindingCondition>>> rules = new HashMap<>();
        for (Resource filter : store.resources(Filters.KIND)) {
            if (Filters.archives(filter)) {
                rules.computeIfAbsent(scope(filter.account(), filter.region()), scope -> new ArrayList<>())
                        .add(FindingCondition.all(
                                filter.document().part("findingCriteria").part("criterion")));
            }
        }
        if (!rules.isEmpty()) {
            ofAdministrators(store, rules);
        }
        return new Suppression(rules);
    }

    private static void ofAdministrators(Store store, Map<String, List<List<FindingCondition>>> rules)
            throws StoreException {
        Map<String, List<List<FindingCondition>>> own = Map.copyOf(rules);
        for (Resource administrator : store.resources(Membership.ADMINISTRATOR)) {
            List<List<FindingCondition>> theirs = own.get(scope(administrator.id(), administrator.region()));
            if (theirs != null && Membership.isJoined(administrator)) {
                String member = scope(administrator.account(), administrator.region());
                List<List<FindingCondition>> all = new ArrayList<>(rules.getOrDefault(member, List.of()));
                all.addAll(theirs);
                rules.put(member, all);
            }
        }
    }

    private static String scope(String account, String region) {
        return account + "/" + region;
    }

    /** Whether {@code finding} is archived if it is new. */
    public boolean hides(FindingState finding) {
        // Written in full: this package has detectors of its own.
        return !dev.tocsin.core.detect.Detectors.neverHidden(finding.type())
                && rules.getOrDefault(scope(finding.account(), finding.region()), List.of()).stream()
                        .anyMatch(rule -> FindingCondition.allHold(rule, finding.document()));
    }
}
