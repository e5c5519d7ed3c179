package dev.tocsin.core.detect;

import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code UnauthorizedAccess:EC2/TorRelay} and its twin for functions: the host itself is a node of the Tor network. */
final class TorRelay implements FlowDetector {

    /** Distinct relays in an hour that the host opened connections to. Ours: a client meets a handful, a relay hundreds. */
    static final int RELAYS_OUT = 10;

    /** Distinct relays in an hour that opened connections to the host and were answered. Ours: exits visit web servers. */
    static final int RELAYS_IN = 10;

    /** Distinct relays met each way in a day, not counting those that come to a web server. Ours: a slow or new relay. */
    static final int RELAYS_A_DAY = 8;

    /** Relays of two spans add up: twelve hours to a day. */
    private static final long SPAN_SECONDS = 43_200;

    private static final Set<Integer> WEB_PORTS = Set.of(80, 443);

    private static final String OUT = "out";
    private static final String IN = "in";

    static final FindingType TYPE = FlowTypes.instance("UnauthorizedAccess:EC2/TorRelay", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is acting as a Tor relay.",
                    "EC2 instance {host} opened connections to many relays of the Tor network and accepted"
                            + " connections from many, the last with IP address {address}. It passes on traffic"
                            + " of others, who stay unknown.")
            .firesWhen("within an hour the instance opens connections to at least " + RELAYS_OUT
                    + " relays and answers connections from at least " + RELAYS_IN + " relays, on TCP; or, on"
                    + " other ports of its own than 80 and 443, " + RELAYS_A_DAY + " each way within a day.")
            .doesNotSee("a server that Tor users merely visit: the exits come in, but nothing goes out to"
                    + " relays; relays slower than the thresholds.")
            .nextSteps("Running a relay is allowed, but hardly by accident. If it is not wanted, treat the"
                    + " instance as compromised.")
            .technique("T1090.003")
            .needs("tor", "tor-guard", "tor-exit", "tor-authority")
            .threshold("TorRelay.RELAYS_OUT", RELAYS_OUT, "relays in the window")
            .threshold("TorRelay.RELAYS_IN", RELAYS_IN, "relays in the window")
            .threshold("TorRelay.RELAYS_A_DAY", RELAYS_A_DAY, "relays a day")
            .threshold("TorRelays.WINDOW_SECONDS", TorRelays.WINDOW_SECONDS, "seconds")
            .build();

    static final FindingType ON_LAMBDA = FlowTypes.onLambda(TYPE);

    @Override
    public List<FindingType> types() {
        return List.of(TYPE, ON_LAMBDA);
    }

    @Override
    public void observe(Conversation conversation, Context context, Consumer<Signal> out) {
        boolean in = conversation.outbound() && conversation.opener() == Opener.REMOTE && conversation.answered();
        if (conversation.flow().rejected() || (!in && !conversation.opensOutward())) {
            return;
        }
        List<Listed> relays = TorRelays.entries(conversation);
        if (relays.isEmpty()) {
            return;
        }
        TorRelays.meet(this, in ? IN : OUT, conversation, context);
        boolean relay = (TorRelays.met(this, OUT, conversation, context) >= RELAYS_OUT
                        && TorRelays.met(this, IN, conversation, context) >= RELAYS_IN)
                || isRelayOverADay(in, conversation, context);
        if (relay && TorRelays.first(this, conversation, context)) {
            out.accept(FlowSignal.of(TYPE, conversation, context)
                    .listed(relays)
                    .window("relay/" + TorRelays.window(conversation))
                    .onLambda(ON_LAMBDA)
                    .build());
        }
    }

    private boolean isRelayOverADay(boolean in, Conversation conversation, Context context) {
        if (in && WEB_PORTS.contains(conversation.localPort())) {
            return false;
        }
        TorRelays.meet(this, "day-" + (in ? IN : OUT), SPAN_SECONDS, conversation, context);
        return TorRelays.metInTwo(this, "day-" + OUT, SPAN_SECONDS, conversation, context) >= RELAYS_A_DAY
                && TorRelays.metInTwo(this, "day-" + IN, SPAN_SECONDS, conversation, context) >= RELAYS_A_DAY;
    }
}
