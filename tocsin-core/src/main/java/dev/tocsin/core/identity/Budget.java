package dev.tocsin.core.identity;

import java.util.Map;

/**
 * How many false alarms an account the operator puts up with for what habits of identities find: the bits from which each
 * score speaks (docs/identity.md says what each preset measured).
 */
public enum Budget {
    /** About 0.2 an account-day: what is all but certain. */
    QUIET(1.8, 1.8),
    /** About 0.5 an account-day. */
    NORMAL(0, 0),
    /** About 0.9 an account-day: for a hunt. */
    KEEN(-0.9, -0.9);

    /** From where the score with context speaks, of every tactic. */
    private static final double CONTEXT = 7.3;

    /**
     * From where the score of the calls alone speaks. Each tactic's share of the budget was equal where these come from
     * (anomaly research 4a, budget 0.3); 1.7 bits more, as the score has parts that theirs had not.
     */
    private static final Map<Tactic, Double> CALLS = Map.of(
            Tactic.DISCOVERY, 11.0,
            Tactic.CREDENTIAL_ACCESS, 8.5,
            Tactic.DEFENSE_EVASION, 10.2,
            Tactic.EXFILTRATION, 10.4,
            Tactic.IMPACT, 11.3,
            Tactic.INITIAL_ACCESS, 8.9,
            Tactic.PERSISTENCE, 10.7,
            Tactic.PRIVILEGE_ESCALATION, 8.1);

    private final double contextMore;
    private final double callsMore;

    Budget(double contextMore, double callsMore) {
        this.contextMore = contextMore;
        this.callsMore = callsMore;
    }

    /** Bits of {@link Evidence#context} from which it speaks. */
    double context() {
        return CONTEXT + contextMore;
    }

    /** Bits of {@link Evidence#calls} of {@code tactic} from which it speaks. */
    double calls(Tactic tactic) {
        return CALLS.getOrDefault(tactic, 11.0) + callsMore;
    }
}
