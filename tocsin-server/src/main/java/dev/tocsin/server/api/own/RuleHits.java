package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.CustomRules;
import dev.tocsin.server.api.operation.RuleLibrary;
import dev.tocsin.server.store.FindingAttributes;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.AssociatedRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code GET /tocsin/v1/rule-hits}: of the custom detection rules that are on in the account and Region, in how many findings
 * each has part, and how often one that is only tried has matched since the service started.
 */
final class RuleHits {

    private static final int MOST_RULES = 1_000;

    private final Store store;
    private final FindingStore findings;
    private final Supplier<Stream<Map.Entry<AssociatedRules.Match, LongAdder>>> tried;

    RuleHits(Store store, Supplier<Stream<Map.Entry<AssociatedRules.Match, LongAdder>>> tried) {
        this.store = store;
        this.findings = new FindingStore(store);
        this.tried = tried;
    }

    void addTo(OwnApi api) {
        api.on("GET rule-hits", OwnApi.READERS, (caller, request) -> hits(caller));
    }

    private ApiAnswer hits(Call.Caller caller) throws StoreException {
        List<Resource> on = store.resources(caller.account(), caller.region(), CustomRules.KIND);
        Map<String, Long> byRule = on.isEmpty() ? Map.of() : byRule(caller);
        List<Doc> rules = new ArrayList<>();
        for (Resource association : on) {
            String id = String.valueOf(association.document().text("ruleId"));
            Rule rule = RuleLibrary.byId().get(id);
            if (rule != null) {
                rules.add(new Doc()
                        .with("ruleId", id)
                        .with("name", rule.name())
                        .with("type", rule.type().name())
                        .with("findings", byRule.getOrDefault(rule.name(), 0L))
                        .with("matchesTried", matches(caller, rule)));
            }
        }
        return OwnAnswers.json(200, new Doc().with("rules", rules));
    }

    private Map<String, Long> byRule(Call.Caller caller) throws StoreException {
        FindingQuery all = new FindingQuery(Set.of(caller.account()), Set.of(caller.region()), List.of(), false);
        Map<String, Long> counts = new HashMap<>();
        for (FindingStore.Group group : findings.byAttribute(all, List.of(FindingAttributes.RULE), MOST_RULES)) {
            counts.put(String.valueOf(group.keys().get("value")), group.total());
        }
        return counts;
    }

    private long matches(Call.Caller caller, Rule rule) {
        AssociatedRules.Match wanted = new AssociatedRules.Match(caller.account(), caller.region(), rule.name());
        return tried.get()
                .filter(one -> one.getKey().equals(wanted))
                .mapToLong(one -> one.getValue().sum())
                .sum();
    }
}
