package dev.tocsin.core.identity;

/**
 * How improbable a value is for an identity: interpolated Kneser-Ney back-off from its own days to its peers, the account
 * and the world (anomaly research 3.3, formulas and constants). Counts are of the days before.
 */
final class Surprise {

    /** Uses a day that an identity without history is taken to have. */
    private static final double FRESH_RATE = 15;

    private static final double PEER_DISCOUNT = 0.75;
    private static final double PEER_WEIGHT = 3;
    private static final double ACCOUNT_WEIGHT = 5;

    private Surprise() {}

    /** The share of {@code world} for a value of {@code feature}; an API is likelier if it is {@code catalogued}. */
    static double world(Feature feature, boolean catalogued) {
        return switch (feature) {
            case API -> catalogued ? 1.0 / 4_000 : 1.0 / 12_000;
            case NETWORK -> 1.0 / 2_000;
            case AGENT -> 1.0 / 20;
            case REGION -> 1.0 / 30;
            case BUCKET -> 1.0 / 1_000;
            case USER_TYPE, USER_NAME -> throw new IllegalArgumentException("not judged: " + feature);
        };
    }

    /** The probability among {@code peers}. */
    static double amongPeers(Commons commons, long value, Actor.Peers peers, double world) {
        double account = (Math.max(commons.kinds(value) - PEER_DISCOUNT, 0)
                        + (ACCOUNT_WEIGHT + PEER_DISCOUNT * commons.values()) * world)
                / (commons.totalKinds() + ACCOUNT_WEIGHT);
        return (Math.max(commons.users(value, peers) - PEER_DISCOUNT, 0)
                        + (PEER_WEIGHT + PEER_DISCOUNT * commons.values(peers)) * account)
                / (commons.total(peers) + PEER_WEIGHT);
    }

    /** The identity's own probability, used on {@code days} days before, backing off to its {@code peers}'. */
    static double own(int days, ValueTable.Counts counts, double peers) {
        double discount = Math.clamp((counts.once() + 0.5) / (counts.once() + 2.0 * counts.twice() + 1), 0.05, 0.9);
        return (Math.max(days - discount, 0) + (1 + discount * counts.values()) * peers) / (counts.days() + 1);
    }

    /** Expected uses of a value on a day on which the identity acts. */
    static double rate(double own, ValueTable.Counts counts, int activeDays, double peers) {
        return activeDays == 0 ? FRESH_RATE * peers : own * counts.days() / activeDays;
    }

    /** Bits of evidence: log2 of how much likelier an attacker's session makes the call than the identity does. */
    static double bits(double attackers, double rate) {
        return log2(attackers / Math.max(rate, 1e-12));
    }

    static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }
}
