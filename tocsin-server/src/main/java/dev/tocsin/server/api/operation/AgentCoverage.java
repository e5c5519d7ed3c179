package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.Agents;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which hosts have an agent that reports: instances each for itself, nodes and tasks by their cluster. What never had an agent is not
 * known here.
 */
public final class AgentCoverage {

    private final Store store;
    private final Detectors detectors;
    private final InstantSource clock;

    /** Of the accounts that {@code detectors} show. */
    public AgentCoverage(Store store, Detectors detectors, InstantSource clock) {
        this.store = store;
        this.detectors = detectors;
        this.clock = clock;
    }

    /** Adds the operations on coverage. */
    public void register(Operations operations) {
        operations.on("ListCoverage", this::list).on("GetCoverageStatistics", this::statistics);
    }

    private Doc list(Call call) throws StoreException {
        Doc sort = call.input().part("sortCriteria");
        String by = sort.text("attributeName");
        Comparator<Covered> order = Comparator.comparing(Covered::id);
        if (by != null) {
            Comparator<Covered> asked =
                    Comparator.comparing(one -> one.attributes().getOrDefault(by, ""));
            order = ("DESC".equals(sort.text("orderBy")) ? asked.reversed() : asked).thenComparing(order);
        }
        List<Covered> all = covered(call).stream().sorted(order).toList();
        return Pages.page(call, "resources", all, Covered::id, Covered::document);
    }

    private Doc statistics(Call call) throws StoreException {
        List<Covered> all = covered(call);
        Doc statistics = new Doc();
        for (String type : call.texts("statisticsType")) {
            if (type.equals("COUNT_BY_RESOURCE_TYPE")) {
                statistics.with("countByResourceType", counts(all, "RESOURCE_TYPE", List.of("EC2", "ECS", "EKS")));
            } else {
                statistics.with(
                        "countByCoverageStatus", counts(all, "COVERAGE_STATUS", List.of("HEALTHY", "UNHEALTHY")));
            }
        }
        return new Doc().with("coverageStatistics", statistics);
    }

    private static Doc counts(List<Covered> all, String attribute, List<String> values) {
        Doc counts = new Doc();
        for (String value : values) {
            counts.with(
                    value.toUpperCase(Locale.ROOT),
                    all.stream()
                            .filter(one -> value.equals(one.attributes().get(attribute)))
                            .count());
        }
        return counts;
    }

    /** What the caller's detector shows of what the criteria ask for. */
    private List<Covered> covered(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Set<String> shown = detectors.membership().shown(detector);
        long now = clock.instant().getEpochSecond();
        Map<String, List<Agents.Reported>> byResource = new TreeMap<>();
        for (Agents.Reported one : Agents.all(store)) {
            if (shown.contains(one.report().account()) && one.report().region().equals(detector.region())) {
                byResource
                        .computeIfAbsent(Covered.idOf(one.report()), any -> new ArrayList<>())
                        .add(one);
            }
        }
        List<Covered> all = new ArrayList<>();
        byResource.forEach((id, agents) -> all.add(Covered.of(id, detector.id(), agents, now)));
        return all.stream().filter(one -> isAsked(one, call.input())).toList();
    }

    private static boolean isAsked(Covered one, Doc input) {
        for (Doc criterion : Features.docs(input.part("filterCriteria"), "filterCriterion")) {
            String value = one.attributes().getOrDefault(String.valueOf(criterion.text("criterionKey")), "");
            Doc condition = criterion.part("filterCondition");
            if (condition.get("equals") instanceof List<?> wanted && !wanted.contains(value)) {
                return false;
            }
            if (condition.get("notEquals") instanceof List<?> unwanted && unwanted.contains(value)) {
                return false;
            }
        }
        return true;
    }
}
