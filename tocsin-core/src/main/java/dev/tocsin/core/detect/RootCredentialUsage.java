package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code Policy:IAMUser/RootCredentialUsage} and {@code …/ShortTermRootCredentialUsage}: the root user at work. */
final class RootCredentialUsage implements ApiCallDetector {

    static final FindingType ROOT = FindingType.named("Policy:IAMUser/RootCredentialUsage")
            .severity(2)
            .texts(
                    "API {api} was invoked using root credentials.",
                    "API {api} was invoked using root credentials from IP address {address}. The root user can do"
                            + " anything in the account; everyday work should not need it.")
            .firesWhen("any call or console sign-in is made with the account's root user: password or root access key.")
            .doesNotSee("calls that AWS made for itself on the root identity (invokedBy, a service event or a"
                    + " service's name as source): they are not the root user at work.")
            .nextSteps("Ask the owner of the root mailbox whether this was them. If not: change the root password,"
                    + " delete root access keys, check MFA, and read all calls of this session.")
            .technique("T1078.004")
            .build();

    static final FindingType SHORT_TERM = FindingType.named("Policy:IAMUser/ShortTermRootCredentialUsage")
            .severity(2)
            .texts(
                    "API {api} was invoked using short-term root credentials.",
                    "API {api} was invoked from IP address {address} using restricted, short-term root credentials"
                            + " made for this account by sts:AssumeRoot.")
            .firesWhen("any call is made with short-term root credentials (sessionContext.assumedRoot).")
            .doesNotSee("the AssumeRoot call itself, which stands in the management account's own trail.")
            .nextSteps("Find the AssumeRoot call in the management or delegated account and check that the task"
                    + " policy and its caller are expected.")
            .technique("T1078.004")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(ROOT, SHORT_TERM);
    }

    @Override
    public Set<String> actions() {
        return Set.of();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (!call.identity().isRoot() || call.byService()) {
            return;
        }
        FindingType type = "true".equals(call.identity().assumedRoot()) ? SHORT_TERM : ROOT;
        out.accept(ApiCallSignal.of(type, call, context).build());
    }
}
