package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code Stealth:IAMUser/PasswordPolicyChange}: the account's password policy was weakened. */
final class PasswordPolicyChange implements ApiCallDetector {

    /** Steps from which the severity is Medium. Ours: AWS says only that it follows the change. */
    static final int STEPS_MEDIUM = 2;

    /** Steps from which the severity is High. Ours. */
    static final int STEPS_HIGH = 4;

    static final FindingType TYPE = FindingType.named("Stealth:IAMUser/PasswordPolicyChange")
            .severity(2)
            .texts(
                    "The account password policy was weakened.",
                    "{user} called {api} and weakened the account's password policy: {weaker}. Weak passwords are easier"
                            + " to guess and to keep.")
            .firesWhen("the password policy is deleted, or set so that a member is weaker than in the last known policy"
                    + " (else AWS's default): shorter, fewer kinds of character, expiring later, reused sooner. Failed"
                    + " attempts count. Severity is Low for one step, Medium for two or three, High for more.")
            .doesNotSee("members that become stronger; a first policy that is no weaker than AWS's default.")
            .nextSteps("Restore the policy and ask the caller why. Look for new users, login profiles and password"
                    + " changes by the same credentials.")
            .technique("T1556")
            .threshold("PasswordPolicyChange.STEPS_MEDIUM", STEPS_MEDIUM, "steps weaker for medium")
            .threshold("PasswordPolicyChange.STEPS_HIGH", STEPS_HIGH, "steps weaker for high")
            .build();

    private static final String KNOWN = "policy";
    private static final List<FieldPath> FIELDS = PasswordPolicy.MEMBERS.stream()
            .map(member -> FieldPath.of("requestParameters." + member))
            .toList();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Set.of("UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy");
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public List<FieldPath> fields() {
        return FIELDS;
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (!call.service().equals("iam.amazonaws.com")) {
            return;
        }
        Doc known = context.recall(this, KNOWN);
        PasswordPolicy old = known == null ? PasswordPolicy.DEFAULT : PasswordPolicy.of(known::get);
        boolean deleted = call.action().startsWith("Delete");
        PasswordPolicy now = deleted
                ? PasswordPolicy.DEFAULT
                : PasswordPolicy.of(member -> call.field(FieldPath.of("requestParameters." + member)));
        if (!call.failed()) {
            context.remember(this, KNOWN, now.toDoc());
        }
        List<String> weaker = now.weakerThan(old);
        if (deleted || !weaker.isEmpty()) {
            out.accept(ApiCallSignal.of(TYPE, call, context)
                    .severity(severity(weaker.size()))
                    .fact("weaker", deleted ? "the policy was deleted" : String.join(", ", weaker))
                    .additional("oldPolicy", old.toDoc())
                    .additional("oldPolicyKnown", known != null)
                    .additional("newPolicy", now.toDoc())
                    .build());
        }
    }

    private static double severity(int steps) {
        if (steps >= STEPS_HIGH) {
            return 8;
        }
        return steps >= STEPS_MEDIUM ? 5 : 2;
    }
}
