package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Raises the priority of findings that make a chain: of several purposes, about one identity or host, close in time. One
 * stopped trail may be maintenance; a stopped trail, a tester's computer and a bucket made public by the same user are
 * not. A function of the set of findings, so their order changes nothing.
 */
public final class PriorityChain {

    /** Findings of one actor that lie no further apart belong together. Ours: docs/thresholds.md. */
    static final long SPAN_SECONDS = 86_400;

    /** Purposes (the part of a type before the colon) that make a chain. Ours: docs/thresholds.md. */
    static final int LEAST_PURPOSES = 3;

    private PriorityChain() {}

    /** When something of one purpose happened to one actor. */
    private static final class Times {
        private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();

        void add(FindingState finding) {
            lastByFirst.merge(finding.firstSeen(), finding.lastSeen(), Math::max);
        }

        /** From each beginning on, the latest end so far. */
        void close() {
            long latest = Long.MIN_VALUE;
            for (Map.Entry<Long, Long> entry : lastByFirst.entrySet()) {
                latest = Math.max(latest, entry.getValue());
                entry.setValue(latest);
            }
        }

        boolean isNear(FindingState finding) {
            Map.Entry<Long, Long> before = lastByFirst.floorEntry(finding.lastSeen() + SPAN_SECONDS);
            return before != null && before.getValue() >= finding.firstSeen() - SPAN_SECONDS;
        }
    }

    /** {@code findings}, those in a chain with the priority {@code now} and the reason. */
    public static List<FindingState> raised(Collection<FindingState> findings) {
        Map<String, Map<String, Times>> actors = new LinkedHashMap<>();
        findings.forEach(finding -> actors(finding)
                .forEach(actor -> actors.computeIfAbsent(actor, name -> new TreeMap<>())
                        .computeIfAbsent(purpose(finding), name -> new Times())
                        .add(finding)));
        actors.values().forEach(purposes -> purposes.values().forEach(Times::close));
        return findings.stream().map(finding -> raised(finding, actors)).toList();
    }

    private static FindingState raised(FindingState finding, Map<String, Map<String, Times>> actors) {
        return actors(finding).stream()
                .map(actor -> near(finding, actors.getOrDefault(actor, Map.of())))
                .filter(purposes -> purposes.size() >= LEAST_PURPOSES)
                .max(Comparator.<Set<String>>comparingInt(Set::size).thenComparing(Set::toString))
                .map(purposes -> withReason(finding, purposes))
                .orElse(finding);
    }

    private static Set<String> near(FindingState finding, Map<String, Times> purposes) {
        Set<String> near = new TreeSet<>();
        purposes.forEach((purpose, times) -> {
            if (times.isNear(finding)) {
                near.add(purpose);
            }
        });
        return near;
    }

    private static FindingState withReason(FindingState finding, Set<String> purposes) {
        Doc document = finding.document();
        Doc tocsin = document.part("tocsin");
        List<Object> reasons = new ArrayList<>();
        if (tocsin.part("priority").get("reasons") instanceof List<?> known) {
            reasons.addAll(known);
        }
        reasons.add("part of a chain within a day: " + String.join(", ", purposes));
        Doc priority = new Doc().with("level", "now").with("reasons", reasons);
        return finding.with(new Doc()
                .withAll(document)
                .with("tocsin", new Doc().withAll(tocsin).with("priority", priority)));
    }

    private static String purpose(FindingState finding) {
        int colon = finding.type().indexOf(':');
        return colon < 0 ? finding.type() : finding.type().substring(0, colon);
    }

    /** Whom the finding is about: an identity, a host. */
    private static List<String> actors(FindingState finding) {
        Doc resource = finding.document().part("resource");
        List<String> actors = new ArrayList<>();
        String principal = resource.part("accessKeyDetails").text("principalId");
        if (principal != null && !principal.isEmpty()) {
            // The part behind the colon is the session's name; the chain is the role's.
            actors.add(finding.account() + " " + principal.split(":", 2)[0]);
        }
        String instance = resource.part("instanceDetails").text("instanceId");
        if (instance != null) {
            actors.add(finding.account() + " " + instance);
        }
        return actors;
    }
}
