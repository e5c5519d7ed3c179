package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The causes that make most findings, each with a suppression filter drafted for it. A cause is a type and what its findings
 * share: an identity or host, a reason (address, call, name, port), or both. The causes are chosen one after the other, each
 * time the one that stands behind most findings not yet told; of two equal ones the narrower, so that a filter hides least.
 */
public final class Noise {

    /** How many causes are told. */
    static final int CAUSES = 10;

    private static final List<String> WHO = List.of(
            "resource.accessKeyDetails.userName",
            "resource.instanceDetails.instanceId",
            "resource.lambdaDetails.functionName");

    private static final List<String> REASONS = List.of(
            "service.action.awsApiCallAction.remoteIpDetails.ipAddressV4",
            "service.action.awsApiCallAction.api",
            "service.action.dnsRequestAction.domain",
            "service.action.networkConnectionAction.remoteIpDetails.ipAddressV4",
            "service.action.networkConnectionAction.localPortDetails.port");

    /**
     * One cause.
     *
     * @param criteria finding attributes and their values, the type among them
     * @param findings how many findings it makes that no cause before it does
     * @param events how often they happened
     * @param filter GuardDuty's CreateFilter request that would archive them
     */
    public record Cause(Map<String, String> criteria, long findings, long events, Doc filter) {

        /** The form of {@code tocsin.noise}. */
        Doc toDoc() {
            Doc shared = new Doc();
            criteria.forEach(shared::with);
            return new Doc()
                    .with("cause", shared)
                    .with("findings", findings)
                    .with("events", events)
                    .with("filter", filter);
        }
    }

    private Noise() {}

    /** The causes of {@code findings}, the loudest first. */
    public static List<Cause> of(List<FindingState> findings) {
        Map<Map<String, String>, Set<FindingState>> candidates = new HashMap<>();
        for (FindingState finding : findings) {
            candidates(finding)
                    .forEach(criteria -> candidates
                            .computeIfAbsent(criteria, ignored -> new HashSet<>())
                            .add(finding));
        }
        List<Cause> causes = new ArrayList<>();
        while (causes.size() < CAUSES && !candidates.isEmpty()) {
            Map.Entry<Map<String, String>, Set<FindingState>> loudest =
                    candidates.entrySet().stream().max(LOUDER).orElseThrow();
            Set<FindingState> told = Set.copyOf(loudest.getValue());
            causes.add(cause(loudest.getKey(), told, causes.size() + 1));
            candidates.values().forEach(left -> left.removeAll(told));
            candidates.values().removeIf(Set::isEmpty);
        }
        return causes;
    }

    private static final Comparator<Map.Entry<Map<String, String>, Set<FindingState>>> LOUDER =
            Comparator.<Map.Entry<Map<String, String>, Set<FindingState>>>comparingInt(
                            entry -> entry.getValue().size())
                    .thenComparingLong(entry -> events(entry.getValue()))
                    .thenComparingInt(entry -> entry.getKey().size())
                    .thenComparing(entry -> entry.getKey().toString());

    private static long events(Set<FindingState> findings) {
        return findings.stream()
                .mapToLong(finding -> finding.document().part("service").number("count", 1))
                .sum();
    }

    /** What {@code finding} may be filed under: its type with who, with a reason, and with both. */
    private static List<Map<String, String>> candidates(FindingState finding) {
        Map<String, String> who = values(finding, WHO);
        Map<String, String> reasons = values(finding, REASONS);
        List<Map<String, String>> all = new ArrayList<>();
        who.forEach((name, value) -> all.add(criteria(finding, Map.of(name, value))));
        reasons.forEach((name, value) -> all.add(criteria(finding, Map.of(name, value))));
        who.forEach((name, value) ->
                reasons.forEach((reason, what) -> all.add(criteria(finding, Map.of(name, value, reason, what)))));
        return all.isEmpty() ? List.of(criteria(finding, Map.of())) : all;
    }

    private static Map<String, String> criteria(FindingState finding, Map<String, String> more) {
        Map<String, String> criteria = new TreeMap<>(more);
        criteria.put("type", finding.type());
        return criteria;
    }

    private static Map<String, String> values(FindingState finding, List<String> attributes) {
        Map<String, String> values = new TreeMap<>();
        for (String attribute : attributes) {
            List<String> path = List.of(attribute.split("\\.", -1));
            Doc part = finding.document().at(path.subList(0, path.size() - 1).toArray(String[]::new));
            Object value = part == null ? null : part.get(path.getLast());
            if (value != null && !value.equals("")) {
                values.put(attribute, value.toString());
            }
        }
        return values;
    }

    private static Cause cause(Map<String, String> criteria, Set<FindingState> findings, int rank) {
        Doc criterion = new Doc();
        criteria.forEach((name, value) -> criterion.with(name, new Doc().with("equals", List.of(value))));
        Doc filter = new Doc()
                .with("name", "tocsin-noise-" + rank)
                .with("description", "Drafted from " + findings.size() + " findings. Read them before using this.")
                .with("action", "ARCHIVE")
                .with("rank", rank)
                .with("findingCriteria", new Doc().with("criterion", criterion));
        return new Cause(criteria, findings.size(), events(findings), filter);
    }

    /** {@code causes} for people, with the filters. */
    static String text(List<Cause> causes) {
        StringBuilder text =
                new StringBuilder("\nWhat makes most findings, each with a filter that would archive it:\n");
        for (Cause cause : causes) {
            text.append(cause.findings())
                    .append(cause.findings() == 1 ? " finding, " : " findings, ")
                    .append(cause.events())
                    .append(cause.events() == 1 ? " event: " : " events: ")
                    .append(Plain.text(String.join(", ", cause.criteria().values())))
                    .append("\n    ")
                    .append(Plain.text(cause.filter().toJson()))
                    .append('\n');
        }
        return text.toString();
    }
}
