package dev.tocsin.server.watch;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.RulesInForce;
import dev.tocsin.core.rule.RulesInForce.Mode;
import dev.tocsin.server.api.operation.CustomRules;
import dev.tocsin.server.api.operation.RuleLibrary;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Which rules of the library are associated where (F81), and how often those that are only tried matched. */
public final class AssociatedRules {

    /** Where calls of global services are recorded, by partition. */
    private static final List<String> GLOBAL_REGIONS = List.of("us-east-1", "cn-north-1", "us-gov-west-1");

    private final Map<Match, LongAdder> tried = new ConcurrentHashMap<>();

    /** Where a rule that is only tried matched. */
    public record Match(String account, String region, String rule) {}

    /**
     * The associations at one moment.
     *
     * @param modes by account, Region and rule
     */
    record Seen(Map<String, Map<String, Map<String, Mode>>> modes) {

        /** None. */
        static final Seen NOTHING = new Seen(Map.of());

        /** Those of {@code store} that have not ended at {@code now}, epoch seconds. */
        static Seen of(Store store, long now) throws StoreException {
            Map<String, Map<String, Map<String, Mode>>> modes = new TreeMap<>();
            for (Resource one : store.resources(CustomRules.KIND)) {
                Rule rule = RuleLibrary.byId().get(String.valueOf(one.document().text("ruleId")));
                if (rule != null && one.document().number("expiresAt", Long.MAX_VALUE) > now) {
                    modes.computeIfAbsent(one.account(), account -> new TreeMap<>())
                            .computeIfAbsent(one.region(), region -> new TreeMap<>())
                            .merge(
                                    rule.name(),
                                    Mode.valueOf(String.valueOf(one.document().text("mode"))),
                                    RulesInForce::stronger);
                }
            }
            return new Seen(modes);
        }

        /** The accounts that have some. */
        Set<String> accounts() {
            return modes.keySet();
        }

        /** The Regions of {@code account} in which they count: its own, and those that record global services. */
        Set<String> regions(String account) {
            Set<String> regions = new TreeSet<>(GLOBAL_REGIONS);
            regions.addAll(modes.getOrDefault(account, Map.of()).keySet());
            return regions;
        }

        private Map<String, Mode> in(String account, String region) {
            return modes.getOrDefault(account, Map.of()).getOrDefault(region, Map.of());
        }

        private Map<String, Mode> anywhere(String account) {
            Map<String, Mode> all = new HashMap<>();
            modes.getOrDefault(account, Map.of())
                    .values()
                    .forEach(one -> one.forEach((rule, mode) -> all.merge(rule, mode, RulesInForce::stronger)));
            return all;
        }
    }

    /** {@code base}, and what {@code seen} says of {@code account} in {@code region}. */
    RulesInForce with(RulesInForce base, Seen seen, String account, String region) {
        return base.with(seen.in(account, region), seen.anywhere(account), this::matched);
    }

    private void matched(Rule rule, ApiCall call) {
        tried.computeIfAbsent(new Match(call.account(), call.region(), rule.name()), match -> new LongAdder())
                .increment();
    }

    /** How often rules that are only tried matched since the start. */
    Stream<Map.Entry<Match, LongAdder>> tried() {
        return tried.entrySet().stream();
    }
}
