package dev.tocsin.core.detect;

import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code UnauthorizedAccess:EC2/TorClient} and its twin for functions: connections into the Tor network. */
final class TorClient implements FlowDetector {

    /**
     * Distinct relays in an hour from which on a function, which nobody can connect to, works as a relay. Ours: a client
     * keeps two guards and asks a handful of directories.
     */
    static final int RELAYS_OF_A_FUNCTION = 8;

    private static final String OUT = "out";

    /** Where clients enter; {@code tor} is a relay whose role the list does not tell. */
    private static final Set<String> ENTRIES = Set.of("tor-guard", "tor-authority", "tor");

    static final FindingType TYPE = FlowTypes.instance("UnauthorizedAccess:EC2/TorClient", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is communicating with a Tor entry node.",
                    "EC2 instance {host} opened a connection to IP address {address}, port {port}, which list"
                            + " {list} knows as a guard or authority node of the Tor network. Tor hides who"
                            + " talks with whom: an instance that uses it may have been made to send data out"
                            + " unseen.")
            .firesWhen("the instance opens a TCP connection to a Tor guard or authority node, on the node's own"
                    + " port where the list names it.")
            .doesNotSee("bridges, which no list holds; relays listed for exit alone; UDP, and the ports 25, 53"
                    + " and 123, where such an address serves mail, names or time; refused connections from outside.")
            .nextSteps("Ask whether Tor is wanted on this instance. If not, find the program: many kinds of"
                    + " ransomware and backdoors bring Tor along.")
            .technique("T1090.003")
            .needs("tor-guard", "tor-authority", "tor")
            .threshold("TorClient.RELAYS_OF_A_FUNCTION", RELAYS_OF_A_FUNCTION, "relays in the window")
            .threshold("TorRelays.WINDOW_SECONDS", TorRelays.WINDOW_SECONDS, "seconds")
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
        List<Listed> relays = TorRelays.entries(conversation);
        if (relays.isEmpty()) {
            return;
        }
        int distinct = TorRelays.meet(this, OUT, conversation, context);
        List<Listed> entries = relays.stream()
                .filter(entry -> ENTRIES.contains(entry.category()))
                .toList();
        if (!entries.isEmpty()) {
            out.accept(FlowSignal.of(TYPE, conversation, context)
                    .listed(entries)
                    .additional("torRelays", distinct)
                    .onLambda(distinct >= RELAYS_OF_A_FUNCTION ? TorRelay.ON_LAMBDA : ON_LAMBDA)
                    .build());
        }
    }
}
