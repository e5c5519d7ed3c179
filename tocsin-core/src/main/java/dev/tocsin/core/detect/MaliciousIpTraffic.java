package dev.tocsin.core.detect;

import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.List;
import java.util.function.Consumer;

/** {@code UnauthorizedAccess:EC2/MaliciousIPCaller.Custom} and its twin for functions: the operator's own list. */
final class MaliciousIpTraffic implements FlowDetector {

    private static final String CATEGORY = "custom";

    static final FindingType TYPE = FlowTypes.instance(
                    "UnauthorizedAccess:EC2/MaliciousIPCaller.Custom", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is communicating with an address on a custom threat list.",
                    "EC2 instance {host} exchanged traffic with IP address {address}, which is on your threat"
                            + " list {list}.")
            .firesWhen("traffic goes to or comes from an address on a threat list of the operator's own. Opened"
                    + " by the instance (also if a rule refused it) the instance is the actor; opened by the"
                    + " listed address and let in, it is the target.")
            .doesNotSee("connections from a listed address that a rule refused, or the password of which a"
                    + " service refused (records of at most " + BruteForce.MOST_BYTES + " bytes on ports 22, 3389,"
                    + " 5985 and 5986): on a public address they are noise; entries for private ranges.")
            .nextSteps("Look in the evidence for the list entry that matched and how wide it is, and at who"
                    + " opened the connection. An instance that calls a listed address comes first.")
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
        if (conversation.threats().isEmpty() || refusedAtTheDoor(conversation) || isGuess(conversation)) {
            return;
        }
        List<Listed> listed =
                conversation.threats().stream().filter(Listed::own).toList();
        if (listed.isEmpty()) {
            return;
        }
        FlowSignal signal = FlowSignal.of(TYPE, conversation, context).listed(listed);
        if (conversation.opener() == Opener.REMOTE) {
            out.accept(signal.role(Role.TARGET).aggregation("inbound").build());
        } else {
            out.accept(signal.onLambda(ON_LAMBDA).build());
        }
    }

    /** What a guesser of passwords gets everywhere: a session that ends before a login, and a type of its own if they are many. */
    private static boolean isGuess(Conversation conversation) {
        return conversation.opener() == Opener.REMOTE
                && TrafficWindow.PASSWORD_PORTS.contains(conversation.localPort())
                && conversation.flow().bytes() <= BruteForce.MOST_BYTES;
    }

    private static boolean refusedAtTheDoor(Conversation conversation) {
        return conversation.flow().rejected() && !conversation.opensOutward();
    }
}
