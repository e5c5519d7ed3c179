package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.function.Consumer;

/** {@code Trojan:EC2/BlackholeTraffic} and its twin for functions: a connection opened to a black hole or sinkhole. */
final class BlackholeTraffic implements FlowDetector {

    private static final String CATEGORY = "blackhole";

    static final FindingType TYPE = FlowTypes.instance("Trojan:EC2/BlackholeTraffic", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is trying to reach an address that is a known black hole.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a black hole or sinkhole ({threat}). Defenders put such"
                            + " addresses in the place of malicious servers: what calls them is probably malware.")
            .firesWhen("the instance opens a connection to an address listed as a black hole or sinkhole, or to a"
                    + " listed server that is in a defender's hands.")
            .doesNotSee("other addresses in the network of who runs the sinkhole; connections from the sinkhole to"
                    + " the instance; records without ports.")
            .nextSteps("Treat it like a host that calls a command and control server: the server is harmless now,"
                    + " the malware is still there.")
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
