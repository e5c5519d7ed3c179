package dev.tocsin.server.serve;

import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.store.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The filters that archive, at one moment.
 *
 * @param rules of each account and Region
 */
record Suppression(Map<String, List<List<FindingCondition>>> rules) {

    /** What those of {@code filters} that archive hide. */
    static Suppression of(List<Resource> filters) {
        Map<String, List<List<FindingCondition>>> rules = new HashMap<>();
        for (Resource filter : filters) {
            if ("ARCHIVE".equals(filter.document().text("action"))) {
                rules.computeIfAbsent(filter.account() + "/" + filter.region(), scope -> new ArrayList<>())
                        .add(FindingCondition.all(
                                filter.document().part("findingCriteria").part("criterion")));
            }
        }
        return new Suppression(rules);
    }

    /** Whether {@code finding} is archived if it is new. */
    boolean hides(FindingState finding) {
        return rules.getOrDefault(finding.account() + "/" + finding.region(), List.of()).stream()
                .anyMatch(rule -> FindingCondition.allHold(rule, finding.document()));
    }
}
