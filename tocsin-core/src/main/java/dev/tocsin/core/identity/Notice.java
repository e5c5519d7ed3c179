package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;

/**
 * A call that is unusual for its identity, whether or not it made a finding: what attack sequences are put together from.
 *
 * @param call the first of the like calls of its minute
 * @param count how many like it
 * @param actor whose habits it was held against
 * @param entry what it serves, and how well it is known as an attacker's
 * @param bits evidence of the call itself, see {@link Surprise#bits}
 * @param networkBits how unusual the network is, in bits
 * @param agentBits how unusual the tool is
 * @param regionBits how unusual the Region is
 * @param fresh the values that the identity had not used before this day and session
 * @param freshInAccount those that nobody in the account had
 * @param learned whether the account is known for long enough to say what is unusual about place and tool
 */
public record Notice(
        ApiCall call,
        int count,
        Actor actor,
        ApiTactics.Entry entry,
        double bits,
        double networkBits,
        double agentBits,
        double regionBits,
        Fresh fresh,
        Fresh freshInAccount,
        boolean learned) {

    /** Which features of a call are new. */
    public record Fresh(boolean api, boolean network, boolean agent, boolean region) {}
}
