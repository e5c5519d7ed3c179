package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** Packets to one service of one peer from which on it counts among the targets of a flood over TCP that has several. Ours. */
    static final long PACKETS_A_TARGET = 2_000;

    /** Times {@link #PACKETS} that a port of {@link #ONE_WAY_PORTS} takes. Ours: 4,000 a second. */
    static final int ONE_WAY_TIMES = 10;

    private static final int DNS = 53;

    /**
     * Services that answer nothing by design (IANA; 8125 and 12201 by their programs): SNMP traps, syslog, NetFlow, IPFIX, statsd,
     * sFlow, GELF.
     */
    private static final Set<Integer> ONE_WAY_PORTS = Set.of(162, 514, 2055, 4739, 6343, 8125, 9995, 9996, 12201);

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
                        + over + " and gets hardly any back, and did not do so on " + HABIT_DAYS
                        + " days before. Packets"
                        + " over UDP to all ports of an address count together, and packets over TCP to a port of all"
                        + " addresses that get " + PACKETS_A_TARGET + ". Ports of services that answer nothing by"
                        + " design (syslog, NetFlow, statsd) take " + ONE_WAY_TIMES + " times as many.")
                .doesNotSee(
                        "floods over UDP spread over many addresses so that none gets as many; floods of a host that"
                                + " sent as much for days; targets inside the network; spoofed source addresses, which AWS"
                                + " drops.")
                .nextSteps(
                        "Isolate the instance: it harms others, and AWS may act on abuse reports. Then find what sends"
                                + " and how it came there.")
                .technique("T1498.001")
                .threshold("Floods.PACKETS", PACKETS, "packets in ten minutes")
                .threshold("Floods.PACKETS_UNUSUAL", PACKETS_UNUSUAL, "packets in ten minutes")
                .threshold("Floods.SENT_A_RETURN", SENT_A_RETURN, "packets sent for one back")
                .threshold("Floods.SENT_A_RETURN_TCP", SENT_A_RETURN_TCP, "packets sent for one back")
                .threshold("Floods.SENT_A_RETURN_DNS", SENT_A_RETURN_DNS, "packets sent for one back")
                .threshold("Floods.PACKETS_A_TARGET", PACKETS_A_TARGET, "packets to one of several targets")
                .threshold("Floods.ONE_WAY_TIMES", ONE_WAY_TIMES, "times as many packets")
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
        long sum = 0;
        for (Contact contact : window.outward()) {
            long sent = contact.remote().isPublic() ? contact.outPackets() : 0;
            most = Math.max(most, sent);
            sum += sent;
        }
        Usual usual = Usual.note(this, "usual", most, window.start(), context);
        double kept = window.outward().size() / (double) Math.max(1, window.distinctOutward());
        Set<String> told = new HashSet<>();
        for (Contact contact : window.outward()) {
            FindingType type = type(contact);
            if (isFlood(contact, type)) {
                told.add(spreadOf(contact));
                if (!isHabit(contact, contact.port(), context)) {
                    out.accept(signal(type, contact, contact.outPackets(), contact.outBytes(), usual, window, context)
                            .fact("returned", contact.inPackets())
                            .additional("totalPacketsIn", contact.inPackets())
                            .build());
                }
            }
        }
        if (sum >= PACKETS * kept) {
            addUp(window, told, kept, usual, context, out);
        }
    }

    /** Judges contacts that are no flood each, but may be one together; not those that were {@code told} of. */
    private void addUp(
            TrafficWindow window, Set<String> told, double kept, Usual usual, Context context, Consumer<Signal> out) {
        Map<String, Spread> spreads = new TreeMap<>();
        for (Contact contact : window.outward()) {
            if (isPartOfSpread(contact)) {
                spreads.computeIfAbsent(spreadOf(contact), key -> new Spread()).add(contact);
            }
        }
        spreads.forEach((key, spread) -> {
            Contact largest = spread.largest;
            if (largest == null || told.contains(key) || !spread.isFlood(kept)) {
                return;
            }
            boolean udp = largest.protocol() == Flow.UDP;
            if (!isHabit(largest, udp ? 0 : largest.port(), context)) {
                long sent = Math.round(spread.sent / kept);
                long bytes = Math.round(spread.bytes / kept);
                FlowSignal signal = signal(udp ? UDP_TYPE : TCP_TYPE, largest, sent, bytes, usual, window, context);
                if (udp) {
                    signal.fact("port", "of many");
                }
                long returned = Math.round(spread.returned / kept);
                out.accept(signal.fact("returned", returned)
                        .additional("totalPacketsIn", returned)
                        .additional(udp ? "portsSeen" : "targetsSeen", spread.count)
                        .build());
            }
        });
    }

    private static FlowSignal signal(
            FindingType type,
            Contact contact,
            long packets,
            long bytes,
            Usual usual,
            TrafficWindow window,
            Context context) {
        return FlowSignal.of(type, contact, context)
                .window("flood/" + contact.remote() + "/" + contact.protocol() + "/" + contact.port() + "/"
                        + window.start())
                .fact("packets", packets)
                .counted("packets sent to a peer", packets, usual.toDoc())
                .additional("totalPacketsOut", packets)
                .additional("totalBytesOut", bytes)
                .additional("averagePacketSizeOut", bytes / packets);
    }

    /** Which contacts are one flood: those over UDP to one address, those over TCP to one port. */
    private static String spreadOf(Contact contact) {
        return contact.protocol() == Flow.UDP ? "udp " + contact.remoteText() : "tcp " + contact.port();
    }

    private static boolean isPartOfSpread(Contact contact) {
        if (!contact.remote().isPublic() || contact.outPackets() == 0) {
            return false;
        }
        return contact.protocol() == Flow.UDP
                ? contact.port() != DNS && !ONE_WAY_PORTS.contains(contact.port())
                : contact.protocol() == Flow.TCP
                        && contact.outPackets() >= PACKETS_A_TARGET
                        && contact.outPackets() >= SENT_A_RETURN_TCP * contact.inPackets();
    }

    /** Several contacts whose packets count together. */
    private static final class Spread {

        private @Nullable Contact largest;
        private int count;
        private long sent;
        private long bytes;
        private long returned;

        void add(Contact contact) {
            if (largest == null || contact.outPackets() > largest.outPackets()) {
                largest = contact;
            }
            count++;
            sent += contact.outPackets();
            bytes += contact.outBytes();
            returned += contact.inPackets();
        }

        /** Whether they flood, where the window kept but the share {@code kept} of its contacts. */
        boolean isFlood(double kept) {
            boolean udp = largest != null && largest.protocol() == Flow.UDP;
            return count > 1 && sent >= PACKETS * kept && sent >= (udp ? SENT_A_RETURN : SENT_A_RETURN_TCP) * returned;
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
        boolean oneWay = contact.protocol() == Flow.UDP && ONE_WAY_PORTS.contains(contact.port());
        if (contact.outPackets() < (unusual ? PACKETS_UNUSUAL : oneWay ? ONE_WAY_TIMES * PACKETS : PACKETS)
                || !contact.remote().isPublic()
                || (type.equals(TCP_TYPE) && contact.protocol() != Flow.TCP)) {
            return false;
        }
        int sentAReturn =
                type.equals(DNS_TYPE) ? SENT_A_RETURN_DNS : type.equals(TCP_TYPE) ? SENT_A_RETURN_TCP : SENT_A_RETURN;
        return contact.outPackets() >= sentAReturn * contact.inPackets();
    }

    private boolean isHabit(Contact contact, int port, Context context) {
        String name = contact.remoteText() + "/" + contact.protocol() + "/" + port;
        DaysSeen seen = DaysSeen.in(context.recall(this, name), "seen").with(contact.last());
        context.remember(this, name, new Doc().with("seen", seen));
        return seen.before(contact.last()) >= HABIT_DAYS;
    }
}
