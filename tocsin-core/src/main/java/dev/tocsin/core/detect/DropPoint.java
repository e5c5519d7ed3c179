package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;

/** {@code Trojan:EC2/DropPoint} and its twin for functions: a connection opened to a place for stolen data. */
final class DropPoint implements FlowDetector {

    private static final String CATEGORY = "exfiltration";

    static final FindingType TYPE = FlowTypes.instance("Trojan:EC2/DropPoint", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is talking to a host known to hold stolen data.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a host that collects credentials and data stolen by malware"
                            + " ({threat}).")
            .firesWhen(
                    "the instance opens a connection to an address listed as a place where malware puts stolen data.")
            .doesNotSee("shared storage and paste services, which lists mark as popular and which never count alone;"
                    + " connections opened by the listed host; records without ports.")
            .nextSteps("Find out what was sent (additionalInfo.outBytes), by which process, and which secrets were"
                    + " within its reach; rotate those first.")
            .technique("T1041")
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
