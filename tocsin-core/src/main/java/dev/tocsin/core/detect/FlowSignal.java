package dev.tocsin.core.detect;

import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.traffic.Contact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the signal of a flow: the same subject, action and evidence members whatever the type. */
public final class FlowSignal {

    /** The fact that names what a host does to many peers, by which the desk knows it again at a middle box. */
    public static final String ACTIVITY = "activity";

    /** Begins an activity that comes to the host from many. */
    public static final String INWARD = "in/";

    /** Begins the same activity as the one who does it shows it. */
    public static final String OUTWARD = "out/";

    private final FindingType type;
    private final Conversation conversation;
    private final Context context;
    private final Doc additional = new Doc();
    private final Map<String, String> facts = new HashMap<>();
    private List<ThreatMatch> matches = List.of();
    private double severity;
    private FindingType.Role role;
    private String aggregation = "";
    private String recordId;
    private @Nullable String onLambda;
    private @Nullable Doc action;
    private List<Flow> records;
    private long first;
    private long last;

    private FlowSignal(FindingType type, Conversation conversation, Context context) {
        this.type = type;
        this.conversation = conversation;
        this.context = context;
        this.severity = type.severity();
        this.role = type.role();
        Flow flow = conversation.flow();
        this.recordId = recordId(flow);
        this.records = List.of(flow);
        this.first = flow.start();
        this.last = flow.at();
        boolean instance = flow.instanceId() != null && !flow.instanceId().equals("-");
        facts.put("host", instance ? String.valueOf(flow.instanceId()) : flow.interfaceId());
        facts.put("address", conversation.remote().toString());
        facts.put("port", port(conversation.remotePort()));
        facts.put("localPort", port(conversation.localPort()));
    }

    private static String port(int port) {
        return port < 0 ? "unknown" : Integer.toString(port);
    }

    private static String recordId(Flow flow) {
        return flow.interfaceId() + "/" + flow.at() + "/" + Long.toHexString(flow.contentHash());
    }

    /** Starts a signal of {@code type} about whatever stands behind the interface of {@code conversation}. */
    public static FlowSignal of(FindingType type, Conversation conversation, Context context) {
        return new FlowSignal(type, conversation, context);
    }

    /**
     * Starts a signal of {@code type} about what an interface did with {@code contact}: its time is the contact's, its
     * record the earliest one.
     */
    public static FlowSignal of(FindingType type, Contact contact, Context context) {
        Opener opener = contact.isOpenedByHost() ? Opener.LOCAL : Opener.REMOTE;
        Conversation conversation =
                Conversation.of(contact.sample(), contact.isSampleOutbound(), opener, contact.isAnswered(), List.of());
        FlowSignal signal = new FlowSignal(type, conversation, context);
        signal.first = contact.first();
        signal.last = contact.last();
        return signal;
    }

    /** Names the list entries that matched, in evidence and additionalInfo; the first gives the texts their names. */
    public FlowSignal listed(List<Listed> entries) {
        matches = entries.stream().map(Listed::match).toList();
        ThreatMatch first = matches.getFirst();
        additional.with("threatListName", first.list()).with("threatName", first.threat());
        facts.put("list", first.list());
        facts.put("threat", first.threat() == null ? "" : first.threat());
        return this;
    }

    /** The type to report if a function stands behind the interface; see {@link Subject.Interface#onLambda}. */
    public FlowSignal onLambda(FindingType lambda) {
        onLambda = lambda.name();
        return this;
    }

    /** Overrides the type's severity. */
    public FlowSignal severity(double value) {
        severity = value;
        return this;
    }

    /** Overrides the type's role. */
    public FlowSignal role(FindingType.Role value) {
        role = value;
        return this;
    }

    /** Adds a part to the finding's id beside the interface. */
    public FlowSignal aggregation(String part) {
        aggregation = part;
        return this;
    }

    /** Counts the signal by {@code window} instead of by its record. */
    public FlowSignal window(String window) {
        recordId = conversation.flow().interfaceId() + "/" + window;
        return this;
    }

    /** Shows {@code flows} as evidence, in place of the one that the signal began with. */
    public FlowSignal evidence(List<Flow> flows) {
        records = List.copyOf(flows);
        return this;
    }

    /** Widens the time that the signal is about to {@code from} and {@code to}, epoch seconds. */
    public FlowSignal during(long from, long to) {
        first = Math.min(first, from);
        last = Math.max(last, to);
        return this;
    }

    /** Adds a fact for the texts. */
    public FlowSignal fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
        return this;
    }

    /**
     * Says what the finding counts and how much of it is new in this signal: shown over time.
     *
     * @param of what, such as {@code sessions}
     * @param usual what the host had of it in a window before, as {@link Usual#toDoc} tells
     */
    FlowSignal counted(String of, long amount, Doc usual) {
        facts.put(Signal.AMOUNT_OF, of);
        facts.put(Signal.AMOUNT, String.valueOf(amount));
        additional.with("baseline", new Doc().with("of", of + " in ten minutes").withAll(usual));
        return this;
    }

    /** Adds a member of additionalInfo. */
    public FlowSignal additional(String name, @Nullable Object value) {
        additional.with(name, value);
        return this;
    }

    /** Replaces the action, which else is the network connection itself. */
    public FlowSignal action(Doc value) {
        action = value;
        return this;
    }

    /** The signal. */
    public Signal build() {
        Flow flow = conversation.flow();
        counters(flow);
        return new Signal(
                type,
                flow.account(),
                flow.region(),
                new Subject.Interface(
                        flow.interfaceId(),
                        flow.instanceId(),
                        flow.vpcId(),
                        flow.subnetId(),
                        conversation.local().toString(),
                        onLambda),
                aggregation,
                recordId,
                first,
                last,
                severity,
                role,
                action == null ? connection() : action,
                additional,
                matches,
                facts,
                records.stream().map(FlowSignal::evidence).toList(),
                false);
    }

    private void counters(Flow flow) {
        additional
                .with(conversation.outbound() ? "outBytes" : "inBytes", flow.bytes())
                .with(conversation.outbound() ? "packetsOut" : "packetsIn", flow.packets());
    }

    private Doc connection() {
        Flow flow = conversation.flow();
        String protocol = PortNames.protocol(flow.protocol());
        return new Doc()
                .with("actionType", "NETWORK_CONNECTION")
                .with(
                        "networkConnectionAction",
                        new Doc()
                                .with("connectionDirection", direction(conversation.opener()))
                                .with("protocol", protocol.isEmpty() ? null : protocol)
                                .with("blocked", flow.rejected())
                                .with("localPortDetails", portDetails(conversation.localPort()))
                                .with("localIpDetails", localIpDetails(conversation))
                                .with("localNetworkInterface", flow.interfaceId())
                                .with("remotePortDetails", portDetails(conversation.remotePort()))
                                .with(
                                        "remoteIpDetails",
                                        ApiCallSignal.remoteIpDetails(conversation.remote(), context)));
    }

    private static String direction(Opener opener) {
        return switch (opener) {
            case LOCAL -> "OUTBOUND";
            case REMOTE -> "INBOUND";
            case UNKNOWN -> "UNKNOWN";
        };
    }

    /** GuardDuty's localPortDetails or remotePortDetails, or null if the port is not known. */
    static @Nullable Doc portDetails(int port) {
        return port < 0 ? null : new Doc().with("port", port).with("portName", PortNames.port(port));
    }

    /** GuardDuty's localIpDetails. */
    static Doc localIpDetails(Conversation conversation) {
        Address local = conversation.local();
        return new Doc().with(local.isV4() ? "ipAddressV4" : "ipAddressV6", local.toString());
    }

    private static Evidence evidence(Flow flow) {
        Doc fields = new Doc()
                .with("interface-id", flow.interfaceId())
                .with("instance-id", flow.instanceId())
                .with("srcaddr", new Address(flow.sourceHigh(), flow.sourceLow()).toString())
                .with("dstaddr", new Address(flow.targetHigh(), flow.targetLow()).toString())
                .with("pkt-srcaddr", packet(flow.packetSourceHigh(), flow.packetSourceLow(), flow))
                .with("pkt-dstaddr", packet(flow.packetTargetHigh(), flow.packetTargetLow(), flow))
                .with("srcport", flow.sourcePort() < 0 ? null : flow.sourcePort())
                .with("dstport", flow.targetPort() < 0 ? null : flow.targetPort())
                .with("protocol", flow.protocol() < 0 ? null : flow.protocol())
                .with("packets", flow.packets())
                .with("bytes", flow.bytes())
                .with("tcp-flags", flow.tcpFlags() < 0 ? null : flow.tcpFlags())
                .with("start", flow.start())
                .with("end", flow.at())
                .with("action", flow.rejected() ? "REJECT" : "ACCEPT");
        return new Evidence(
                flow.origin().object().source(), flow.origin().position(), null, flow.at(), recordId(flow), fields);
    }

    /** A packet-level address where it says more than the interface's view. */
    private static @Nullable String packet(long high, long low, Flow flow) {
        boolean source = high == flow.sourceHigh() && low == flow.sourceLow();
        boolean target = high == flow.targetHigh() && low == flow.targetLow();
        return source || target ? null : new Address(high, low).toString();
    }
}
