package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;

/** Command and control traffic of instances and functions: a connection opened to a listed server. */
final class CAndCActivity implements FlowDetector {

    private static final String CATEGORY = "c2";

    static final FindingType TYPE = FlowTypes.instance("Backdoor:EC2/C&CActivity.B", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is talking to a known command and control server.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a command and control server ({threat}). Malware takes its"
                            + " orders from such a server: the instance may be compromised.")
            .firesWhen("the instance opens a connection to an address that a list of command and control servers"
                    + " holds, with the port that the entry names; also if a rule refused it (blocked).")
            .doesNotSee("connections that a listed address opens to the instance: measured, most are scanners;"
                    + " addresses listed without port that were not seen for 30 days; hosts behind a NAT"
                    + " gateway whose own interface is not logged; records without ports.")
            .nextSteps("Isolate the instance, take an image of disk and memory, find the process that holds the"
                    + " connection, and see what else its role and credentials did. If the address is"
                    + " expected, put it on a trusted list.")
            .technique("T1071")
            .needs(CATEGORY)
            .build();

    static final FindingType ON_LAMBDA = FlowTypes.onLambda(TYPE);

    @Override
    public List<FindingType> types() {
        return List.of(TYPE, ON_LAMBDA);
    }

    @Override
    public void observe(Conversation conversation, Context context, Consumer<Signal> out) {
        if (!conversation.opensOutward()) {
            return;
        }
        List<Listed> listed = FlowTypes.of(conversation, CATEGORY);
        if (!listed.isEmpty()) {
            out.accept(FlowSignal.of(TYPE, conversation, context)
                    .listed(listed)
                    .onLambda(ON_LAMBDA)
                    .build());
        }
    }
}
