package dev.tocsin.core.identity;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.FieldPlan;
import java.util.List;
import java.util.Set;

/** Sign-ins by a browser: judged by where they come from alone, as what is done is always the same (anomaly research 3.6). */
public final class SignIns {

    private static final Set<String> ACTIONS = Set.of("ConsoleLogin", "UserAuthentication", "Federate");

    /** Where a console sign-in says how it ended; most that fail have no errorCode. */
    private static final FieldPath OUTCOME = FieldPath.of("responseElements.ConsoleLogin");

    /** The same of a sign-in at the portal of IAM Identity Center. */
    private static final FieldPath PORTAL_OUTCOME = FieldPath.of("serviceEventDetails.UserAuthentication");

    /** Whether a console sign-in came with a second factor; of those through an identity provider it is always No. */
    private static final FieldPath SECOND_FACTOR = FieldPath.of("additionalEventData.MFAUsed");

    private SignIns() {}

    /** Adds what is read of sign-ins to {@code plan}. */
    static void plan(FieldPlan.Builder plan) {
        plan.take(ACTIONS, List.of(OUTCOME, PORTAL_OUTCOME, SECOND_FACTOR));
    }

    /** Whether {@code call} is a sign-in. */
    static boolean is(ApiCall call) {
        return ACTIONS.contains(call.action());
    }

    /** Whether {@code call} is a sign-in that failed: anybody may try one, so it says nothing of whose name it bears. */
    public static boolean isFailed(ApiCall call) {
        return is(call)
                && (call.failed()
                        || "Failure".equals(call.field(OUTCOME))
                        || "Failure".equals(call.field(PORTAL_OUTCOME)));
    }

    /** What is to be said of a sign-in; one whose network is known to the identity is never told. */
    static Judged judge(Trial trial, Account account) {
        boolean young = trial.ownDays() == 0;
        boolean network = !trial.knows(Feature.NETWORK);
        boolean agent = !young && !trial.knows(Feature.AGENT);
        Commons networks = account.commons(Feature.NETWORK);
        long value = trial.value(Feature.NETWORK);
        boolean nobodys =
                networks.users(value, Actor.Peers.PEOPLE) == 0 && networks.users(value, Actor.Peers.USERS) == 0;
        boolean unproven =
                nobodys && !hasSecondFactor(trial.call()); // who travels shows it, who found a password cannot
        boolean strange =
                network && (young ? networks.kinds(value) == 0 && hasNoSecondFactor(trial.call()) : agent || unproven);
        return new Judged(
                trial.call(),
                Tactic.INITIAL_ACCESS.typeName(),
                trial.actor().key(),
                List.of(
                        new Judged.Part("network new to the identity", network ? 1 : 0),
                        new Judged.Part(
                                "and to all people, without a second factor; or the tool to the identity",
                                agent || unproven ? 1 : 0)),
                List.of(new Judged.Channel("context", (network ? 1 : 0) + (strange ? 1 : 0), 2, 0)),
                account.activeBefore(trial.day()),
                trial.activeDays(),
                null,
                strange);
    }

    /** Whether a password was enough: of an IAM user or root, who have their second factor from AWS. */
    private static boolean hasNoSecondFactor(ApiCall call) {
        String type = call.identity().type();
        return ("IAMUser".equals(type) || "Root".equals(type)) && "No".equals(call.field(SECOND_FACTOR));
    }

    /** Whether a second factor was shown as well. */
    private static boolean hasSecondFactor(ApiCall call) {
        return "Yes".equals(call.field(SECOND_FACTOR));
    }
}
