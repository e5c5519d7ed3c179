package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code Backdoor:EC2/DenialOfService} in its five forms: the host sends a public address far more packets than it gets
 * back. What is answered (uploads, calls, video, tunnels) or has gone on for days (collectors of logs) is no flood.
 */
final class Floods implements TrafficDetector {

    /** Packets to one service of one peer within ten minutes. Ours: 400 a second, or a minute at 4,000. */
    static final long PACKETS = 240_000;

    /** The same for protocols that hosts do not use on their own. Ours. */
    static final long PACKETS_UNUSUAL = 30_000;

    /** Packets sent for each that comes back, at least. Ours: video over UDP gets a few of a hundred back. */
    static final int SENT_A_RETURN = 100;

    /** The same over TCP. Ours: an upload gets an acknowledgement for every second or third packet. */
    static final int SENT_A_RETURN_TCP = 10;

    /** The same for questions to a name server, which may answer some. Ours. */
    static final int SENT_A_RETURN_DNS = 3;

    /** Days on which a peer was sent as much before, from which on it is a habit. Ours. */
    static final int HABIT_DAYS = 2;

    private static final int DNS = 53;

    /** What hosts send by themselves: ICMP, TCP, UDP, ICMPv6 (IANA); and what the log does not say, -1. */
    private static final Set<Integer> USUAL_PROTOCOLS = Set.of(-1, 1, Flow.TCP, Flow.UDP, 58);

    /**
     * Services that speak TCP alone (IANA): FTP, SSH, Telnet, SMTP, HTTP, POP3, IMAP, SMB, submission, SQL Server, MySQL, RDP,
     * PostgreSQL. 443 and 853 are not among them: QUIC and DNS over QUIC use them.
     */
    private static final Set<Integer> TCP_PORTS =
            Set.of(20, 21, 22, 23, 25, 80, 110, 143, 445, 465, 587, 993, 995, 1433, 3306, 3389, 5432, 8080, 8443);

    static final FindingType DNS_TYPE = type("Dns", "DNS", "of DNS over UDP to port 53");
    static final FindingType TCP_TYPE = type("Tcp", "TCP", "over TCP");
    static final FindingType UDP_TYPE = type("Udp", "UDP", "over UDP");
    static final FindingType UDP_ON_TCP_TYPE =
            type("UdpOnTcpPorts", "UDP on a TCP port", "over UDP to a port whose service speaks TCP");
    static final FindingType UNUSUAL_TYPE =
            type("UnusualProtocol", "an unusual protocol", "over a protocol other than TCP, UDP and ICMP");

    private static FindingType type(String form, String kind, String over) {
        return FlowTypes.instance("Backdoor:EC2/DenialOfService." + form, Role.ACTOR, FlowTypes.HIGH)
                .texts(
                        "EC2 instance {host} is behaving as if it is used for a denial-of-service attack using " + kind
                                + ".",
                        "EC2 instance {host} sent {packets} packets within ten minutes to remote host {address} and got"
                                + " {returned} back (" + kind + ", port {port}).")
                .firesWhen("the instance sends a public address at least "
                        + (form.equals("UnusualProtocol") ? PACKETS_UNUSUAL : PACKETS) + " packets within ten minutes "
                        + over + " and gets hardly any back, and did not do so on " + HABIT_DAYS + " days before.")
                .doesNotSee("floods spread over many addresses so that none gets as many; floods of a host that sent as"
                        + " much for days; targets inside the network; spoofed source addresses, which AWS drops.")
                .nextSteps(
                        "Isolate the instance: it harms others, and AWS may act on abuse reports. Then find what sends"
                                + " and how it came there.")
                .technique("T1498.001")
                .threshold("Floods.PACKETS", PACKETS, "packets in ten minutes")
                .threshold("Floods.PACKETS_UNUSUAL", PACKETS_UNUSUAL, "packets in ten minutes")
                .threshold("Floods.SENT_A_RETURN", SENT_A_RETURN, "packets sent for one back")
                .threshold("Floods.SENT_A_RETURN_TCP", SENT_A_RETURN_TCP, "packets sent for one back")
                .threshold("Floods.SENT_A_RETURN_DNS", SENT_A_RETURN_DNS, "packets sent for one back")
                .threshold("Floods.HABIT_DAYS", HABIT_DAYS, "days")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(DNS_TYPE, TCP_TYPE, UDP_TYPE, UDP_ON_TCP_TYPE, UNUSUAL_TYPE);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        long most = 0;
        for (Contact contact : window.outward()) {
            most = Math.max(most, contact.remote().isPublic() ? contact.outPackets() : 0);
        }
        Usual usual = Usual.note(this, "usual", most, window.start(), context);
        for (Contact contact : window.outward()) {
            FindingType type = type(contact);
            if (isFlood(contact, type) && !isHabit(contact, context)) {
                out.accept(FlowSignal.of(type, contact, context)
                        .window("flood/" + contact.remote() + "/" + contact.protocol() + "/" + contact.port() + "/"
                                + window.start())
                        .fact("packets", contact.outPackets())
                        .counted("packets sent to a peer", contact.outPackets(), usual.toDoc())
                        .fact("returned", contact.inPackets())
                        .additional("totalPacketsOut", contact.outPackets())
                        .additional("totalBytesOut", contact.outBytes())
                        .additional("totalPacketsIn", contact.inPackets())
                        .additional("averagePacketSizeOut", contact.outBytes() / contact.outPackets())
                        .build());
            }
        }
    }

    private static FindingType type(Contact contact) {
        if (contact.protocol() == Flow.UDP) {
            if (contact.port() == DNS) {
                return DNS_TYPE;
            }
            return TCP_PORTS.contains(contact.port()) ? UDP_ON_TCP_TYPE : UDP_TYPE;
        }
        return USUAL_PROTOCOLS.contains(contact.protocol()) ? TCP_TYPE : UNUSUAL_TYPE;
    }

    private static boolean isFlood(Contact contact, FindingType type) {
        boolean unusual = type.equals(UNUSUAL_TYPE);
        if (contact.outPackets() < (unusual ? PACKETS_UNUSUAL : PACKETS)
                || !contact.remote().isPublic()
                || (type.equals(TCP_TYPE) && contact.protocol() != Flow.TCP)) {
            return false;
        }
        int sentAReturn =
                type.equals(DNS_TYPE) ? SENT_A_RETURN_DNS : type.equals(TCP_TYPE) ? SENT_A_RETURN_TCP : SENT_A_RETURN;
        return contact.outPackets() >= sentAReturn * contact.inPackets();
    }

    private boolean isHabit(Contact contact, Context context) {
        String name = contact.remote() + "/" + contact.protocol() + "/" + contact.port();
        DaysSeen seen = DaysSeen.in(context.recall(this, name), "seen").with(contact.last());
        context.remember(this, name, new Doc().with("seen", seen));
        return seen.before(contact.last()) >= HABIT_DAYS;
    }
}
