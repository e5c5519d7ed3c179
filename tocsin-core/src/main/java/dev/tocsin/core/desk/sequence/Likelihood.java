package dev.tocsin.core.desk.sequence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How likely a set of signals is an intrusion, in bits of evidence: the logarithm of how much likelier an attacker's day makes
 * them than a day of the identity's own. docs/sequences.md derives it.
 *
 * @param bits of all together
 * @param context of the place: network, tool and Region
 * @param clues of clues, each kind once
 * @param tactics bits of each tactic, in words
 */
record Likelihood(double bits, double context, double clues, Map<String, Double> tactics) {

    /** Bits from which a set is a sequence of an identity. Measured: docs/sequences.md. */
    static final int LEAST_BITS = 24;

    /** Bits of a tactic from which it counts. Measured: docs/sequences.md. */
    static final int TACTIC_BITS = 4;

    /** Tactics that must count: one alone is a finding, not a sequence. */
    static final int LEAST_TACTICS = 2;

    /**
     * Bits of its own context from which a call counts, unless there is a clue of as many: unusual calls from the usual place
     * are a person's new work, wherever that person was an hour ago (benign-patterns.tsv).
     */
    static final int OUTSIDE_BITS = 3;

    /** Bits from which a set of a host's findings is a sequence. Ours: docs/sequences.md. */
    static final int HOST_BITS = 20;

    /** Bits that one finding of a host must have: several unsure ones are a role that is not known. */
    static final int HOST_STRONG_BITS = 7;

    private static final double MILLI = 1_000;

    /** Weight of the context against the calls (anomaly.md 3.4). */
    private static final double CONTEXT_WEIGHT = 1.25;

    /** The likelihood of {@code items}. */
    static Likelihood of(Collection<Item> items) {
        Map<String, Map<String, Double>> parts = new TreeMap<>();
        Map<String, Double> clues = new HashMap<>();
        Map<String, Double> ruled = new HashMap<>();
        for (Item item : items) {
            switch (item.kind()) {
                case RULE -> ruled.merge(item.api(), item.milliBits() / MILLI, Math::max);
                case CLUE -> clues.merge(item.family(), item.milliBits() / MILLI, Math::max);
                case OWN -> {
                    if (!item.family().equals(Weights.NAMES)) {
                        add(parts, item, item.milliBits() / MILLI);
                    }
                }
                case CALL, STORY -> {}
            }
        }
        items.stream()
                .filter(item -> item.family().equals(Weights.NAMES))
                .max(Comparator.comparingInt(Item::milliBits).thenComparing(Item::uid))
                .ifPresent(name -> add(parts, name, name.milliBits() / MILLI));
        double clue = clues.values().stream().mapToDouble(Double::doubleValue).sum();
        double[] most = {-1, -1, -1};
        for (Item item : items) {
            if (item.kind() == Item.Kind.CALL && (clue >= OUTSIDE_BITS || isFromOutside(item))) {
                most[0] = Math.max(most[0], item.networkMilliBits() / MILLI);
                most[1] = Math.max(most[1], item.agentMilliBits() / MILLI);
                most[2] = Math.max(most[2], item.regionMilliBits() / MILLI);
                double bits = Math.max(item.milliBits() / MILLI, ruled.getOrDefault(item.api(), 0.0));
                add(parts, item, bits + StrictMath.log((double) item.count()) / StrictMath.log(2) / 2);
            }
        }
        Map<String, Double> tactics = new TreeMap<>();
        parts.forEach((tactic, of) -> tactics.put(tactic, damped(of.values())));
        double context = Math.max(0, CONTEXT_WEIGHT * (most[0] + most[1] + most[2]));
        double calls =
                tactics.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Likelihood(context + clue + calls, context, clue, tactics);
    }

    /** Whether the call came from a place, or was made by a tool, that is unusual for its identity. */
    static boolean isFromOutside(Item item) {
        double context = item.networkMilliBits() + item.agentMilliBits() + item.regionMilliBits();
        return CONTEXT_WEIGHT * context / MILLI >= OUTSIDE_BITS;
    }

    private static void add(Map<String, Map<String, Double>> parts, Item item, double bits) {
        parts.computeIfAbsent(item.tactic(), tactic -> new TreeMap<>()).merge(item.family(), bits, Math::max);
    }

    /** The largest whole, the next by half, by a third: what is alike is not independent (anomaly.md 3.4). */
    private static double damped(Collection<Double> parts) {
        List<Double> ordered = new ArrayList<>(parts);
        ordered.sort(Comparator.reverseOrder());
        double sum = 0;
        for (int i = 0; i < ordered.size(); i++) {
            sum += ordered.get(i) / (i + 1);
        }
        return sum;
    }

    /** How many tactics count. */
    long tacticsThatCount() {
        return tactics.values().stream().filter(bits -> bits >= TACTIC_BITS).count();
    }

    /** Whether it is a sequence of an identity. */
    boolean isSequence() {
        return bits >= LEAST_BITS && tacticsThatCount() >= LEAST_TACTICS && context + clues >= OUTSIDE_BITS;
    }

    /** Whether it is a sequence of a group of hosts, of which {@code items} are the signals. */
    boolean isSequenceOfHosts(Collection<Item> items) {
        return bits >= HOST_BITS
                && tacticsThatCount() >= LEAST_TACTICS
                && items.stream().anyMatch(Likelihood::isStrongOfHost);
    }

    /** Whether the finding of a host is strong by itself. */
    static boolean isStrongOfHost(Item item) {
        return item.milliBits() >= HOST_STRONG_BITS * MILLI && !item.family().equals(Weights.NAMES);
    }
}
