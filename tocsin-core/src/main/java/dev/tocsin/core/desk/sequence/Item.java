package dev.tocsin.core.desk.sequence;

import dev.tocsin.core.finding.Doc;

/**
 * One signal of a sequence, as the model weighs it. Signals of one {@link #uid} are one item.
 *
 * @param uid the finding's ARN, or {@code service:Action} of a call
 * @param kind what part it has
 * @param tactic in words, such as {@code Credential Access}
 * @param family what is counted once: the service of a call, the kind of clue, the family of a host's type
 * @param api {@code service:Action} of the call, or empty
 * @param milliBits evidence, in thousandths of a bit
 * @param networkMilliBits how unusual the network is, in thousandths of a bit
 * @param agentMilliBits how unusual the tool is
 * @param regionMilliBits how unusual the Region is
 * @param last epoch seconds of the last record
 * @param count records
 */
record Item(
        String uid,
        Kind kind,
        String tactic,
        String family,
        String api,
        int milliBits,
        int networkMilliBits,
        int agentMilliBits,
        int regionMilliBits,
        long last,
        long count) {

    /** What part a signal has in the verdict. */
    enum Kind {
        /** A call that is unusual for its identity and known as an attacker's: its bits are of its tactic. */
        CALL,
        /** A finding about a call: it lifts the bits of the call where that is unusual for its identity. */
        RULE,
        /** A finding that says by itself whose hand it is: a listed address, an attacker's tool, a theft. */
        CLUE,
        /** A finding whose bits are of its tactic, without a call beside it. */
        OWN,
        /** Only part of the story: what it rests on is there as calls. */
        STORY
    }

    /** The same signal, met once more. */
    Item merged(Item other) {
        return new Item(
                uid,
                kind,
                tactic,
                family,
                api,
                Math.max(milliBits, other.milliBits),
                Math.max(networkMilliBits, other.networkMilliBits),
                Math.max(agentMilliBits, other.agentMilliBits),
                Math.max(regionMilliBits, other.regionMilliBits),
                Math.max(last, other.last),
                count + other.count);
    }

    Doc toState() {
        return new Doc()
                .with("uid", uid)
                .with("kind", kind.name())
                .with("tactic", tactic)
                .with("family", family)
                .with("api", api)
                .with("bits", milliBits)
                .with("network", networkMilliBits)
                .with("agent", agentMilliBits)
                .with("region", regionMilliBits)
                .with("last", last)
                .with("count", count);
    }

    static Item of(Doc state) {
        return new Item(
                String.valueOf(state.text("uid")),
                Kind.valueOf(String.valueOf(state.text("kind"))),
                String.valueOf(state.text("tactic")),
                String.valueOf(state.text("family")),
                String.valueOf(state.text("api")),
                (int) state.number("bits", 0),
                (int) state.number("network", 0),
                (int) state.number("agent", 0),
                (int) state.number("region", 0),
                state.number("last", 0),
                state.number("count", 1));
    }
}
