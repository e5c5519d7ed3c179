package dev.tocsin.core.detect;

import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * {@code Recon:EC2/Portscan}, {@code Impact:EC2/PortSweep} and, of our own, {@code Discovery:EC2/InternalSweep}: the host
 * tries many ports of one peer, or one port of many peers, and hardly any answers. First contacts count, so a host that keeps asking what is down scans nothing; and failures
 * count against answers, so a crawler, a mail relay or a peer-to-peer client, most of whose peers are there, does not either.
 */
final class Scans implements TrafficDetector {

    /** Ports of a peer that failed within a window. Zeek: 15 in five minutes. */
    static final int PORTS_FAST = 15;

    /** System ports (RFC 6335) of one peer tried within a window, answered or not. Ours: of a domain controller, which has most, clients use eight. */
    static final int SYSTEM_PORTS_FAST = 15;

    /** The same within a day. Ours: what hardly ever answers may be fewer when it is spread. */
    static final int PORTS_SLOW = 20;

    /** Public peers that failed on one port within a window. Zeek: 25 in five minutes. */
    static final int PEERS_FAST = 25;

    /** The same within a day. Ours. */
    static final int PEERS_SLOW = 40;

    /** Peers inside the network that failed on one port within a window. Ours: a subnet may hold few hosts. */
    static final int INTERNAL_FAST = 20;

    /** The same within a day. Ours. */
    static final int INTERNAL_SLOW = 30;

    /**
     * Failures for each answer. Ours; of threshold random walk (Jung et al. 2004: four of five of a scanner's first contacts
     * fail, one of five of anybody else's) it is the ratio that a scanner has.
     */
    static final int FAILURES_AN_ANSWER = 4;

    /** Records shown of one signal. Ours. */
    private static final int MOST_RECORDS = 10;

    private static final int MOST_SAMPLES = 20;
    private static final String TRIES = "ports of a peer, or peers on a port, tried";

    static final FindingType PORTSCAN = FlowTypes.instance("Recon:EC2/Portscan", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is performing outbound port scans against remote host {address}.",
                    "EC2 instance {host} tried {ports} ports of remote host {address} for the first time, and"
                            + " {failed} of them did not answer. It looks for a way in.")
            .firesWhen("the instance tries at least " + PORTS_FAST + " ports of one peer within ten minutes, or "
                    + PORTS_SLOW + " within a day, that it had not tried before and that do not answer, and at least "
                    + FAILURES_AN_ANSWER + " fail for each that does; or at least " + SYSTEM_PORTS_FAST + " new ports"
                    + " below 1024 of one peer within ten minutes, answered or not.")
            .doesNotSee(
                    "scans of ports that nearly all answer; scanners named with --authorized-scanner; more than a day between the tries; who started the"
                            + " program that scans.")
            .nextSteps("If this is no scanner of yours, find the process that scans and how it came there, and what it"
                    + " found open. Name a scanner of your own with --authorized-scanner.")
            .technique("T1046")
            .threshold("Scans.PORTS_FAST", PORTS_FAST, "ports in ten minutes")
            .threshold("Scans.SYSTEM_PORTS_FAST", SYSTEM_PORTS_FAST, "ports below 1024 in ten minutes")
            .threshold("Scans.PORTS_SLOW", PORTS_SLOW, "ports in a day")
            .threshold("Scans.FAILURES_AN_ANSWER", FAILURES_AN_ANSWER, "failures an answer")
            .build();

    static final FindingType PORTSWEEP = FlowTypes.instance("Impact:EC2/PortSweep", Role.ACTOR, FlowTypes.HIGH)
            .texts(
                    "EC2 instance {host} is probing port {port} on a large number of IP addresses.",
                    "EC2 instance {host} tried port {port} of {peers} public addresses for the first time, and"
                            + " {failed} of them did not answer; the last was {address}. It looks for hosts to attack.")
            .firesWhen("the instance tries one port of at least " + PEERS_FAST + " public addresses within ten"
                    + " minutes, or " + PEERS_SLOW + " within a day, that it had not tried before and that do not"
                    + " answer, and at least " + FAILURES_AN_ANSWER + " fail for each that does.")
            .doesNotSee(
                    "sweeps inside the network; sweeps over IPv6 while no peer answers over it; scanners named with --authorized-scanner; sweeps of which most are answered, such as of a list of known"
                            + " servers.")
            .nextSteps("Treat the instance as compromised unless scanning is its work: find the process, isolate the"
                    + " instance, and look for what it did with the hosts that answered.")
            .technique("T1595.001")
            .threshold("Scans.PEERS_FAST", PEERS_FAST, "peers in ten minutes")
            .threshold("Scans.PEERS_SLOW", PEERS_SLOW, "peers in a day")
            .threshold("Scans.FAILURES_AN_ANSWER", FAILURES_AN_ANSWER, "failures an answer")
            .build();

    static final FindingType INTERNAL = FlowTypes.instance("Discovery:EC2/InternalSweep", Role.ACTOR, FlowTypes.MEDIUM)
            .feature(FindingType.Feature.TOCSIN_BEHAVIOR)
            .texts(
                    "EC2 instance {host} is probing port {port} on many addresses inside the network.",
                    "EC2 instance {host} tried port {port} of {peers} private addresses for the first time, and"
                            + " {failed} of them did not answer; the last was {address}. It looks for a way from host"
                            + " to host.")
            .firesWhen("the instance tries one port of at least " + INTERNAL_FAST + " private addresses within ten"
                    + " minutes, or " + INTERNAL_SLOW + " within a day, that it had not tried before and that do not"
                    + " answer, and at least " + FAILURES_AN_ANSWER + " fail for each that does.")
            .doesNotSee("sweeps of addresses that answer; scanners named with --authorized-scanner; hosts of the same"
                    + " subnet whose traffic is not logged at either end.")
            .nextSteps("If this is neither a scanner nor an inventory of yours, treat the instance as compromised: see"
                    + " which hosts answered and what they did since. Name a scanner of your own with"
                    + " --authorized-scanner.")
            .technique("T1018")
            .threshold("Scans.INTERNAL_FAST", INTERNAL_FAST, "peers in ten minutes")
            .threshold("Scans.INTERNAL_SLOW", INTERNAL_SLOW, "peers in a day")
            .threshold("Scans.FAILURES_AN_ANSWER", FAILURES_AN_ANSWER, "failures an answer")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(PORTSCAN, PORTSWEEP, INTERNAL);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        context.expire(this, window.start());
        boolean sixWorks = hasIpv6Answers(window);
        Map<String, List<Contact>> byPeer = new TreeMap<>();
        Map<String, List<Contact>> byPort = new TreeMap<>();
        Map<String, List<Contact>> inside = new TreeMap<>();
        for (Contact contact : window.outward()) {
            if (!counts(contact, window) || context.scanners().isHostOf(contact)) {
                continue;
            }
            byPeer.computeIfAbsent(contact.remoteText(), ignored -> new ArrayList<>())
                    .add(contact);
            if (!sixWorks && isPublicIpv6(contact)) {
                continue;
            }
            (contact.remote().isPublic() ? byPort : inside)
                    .computeIfAbsent(contact.protocol() + "/" + contact.port(), ignored -> new ArrayList<>())
                    .add(contact);
        }
        Usual usual = Usual.note(this, "usual", most(byPeer, byPort, inside), window.start(), context);
        byPeer.forEach((peer, contacts) -> portscan(peer, contacts, window, usual, context, out));
        byPort.forEach((port, contacts) -> sweep(PORTSWEEP, port, contacts, window, usual, context, out));
        inside.forEach((port, contacts) -> sweep(INTERNAL, port, contacts, window, usual, context, out));
    }

    /** The largest number of ports of one peer, or of peers on one port. */
    @SafeVarargs
    private static long most(Map<String, List<Contact>>... maps) {
        long most = 0;
        for (Map<String, List<Contact>> map : maps) {
            for (List<Contact> contacts : map.values()) {
                most = Math.max(most, contacts.size());
            }
        }
        return most;
    }

    /** Openings of the host on a port; floods and echo requests are no look for services. */
    private static boolean counts(Contact contact, TrafficWindow window) {
        return contact.isOpenedByHost()
                && contact.port() > 0
                && (contact.protocol() == Flow.TCP || contact.protocol() == Flow.UDP)
                && (contact.outPackets() < Floods.PACKETS_A_TARGET || window.isAnswered(contact));
    }

    /** Whether any public peer answers over IPv6; if none does, a host without a way out tries each of its peers in vain. */
    private static boolean hasIpv6Answers(TrafficWindow window) {
        for (Contact contact : window.outward()) {
            if (isPublicIpv6(contact) && (contact.refusals() > 0 || window.isAnswered(contact))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPublicIpv6(Contact contact) {
        return !contact.remote().isV4() && contact.remote().isPublic();
    }

    private void portscan(
            String peer,
            List<Contact> contacts,
            TrafficWindow window,
            Usual usual,
            Context context,
            Consumer<Signal> out) {
        Tries tries = Tries.of(this, "peer/" + peer, window, context);
        for (Contact contact : contacts) {
            tries.add(contact.protocol() << 16 | contact.port(), window.isAnswered(contact), contact);
        }
        tries.keep();
        boolean all = tries.fresh().stream()
                        .filter(contact -> contact.port() < DirectionFinder.SYSTEM_PORTS)
                        .count()
                >= SYSTEM_PORTS_FAST;
        if (all || tries.isScan(PORTS_FAST, PORTS_SLOW, FAILURES_AN_ANSWER)) {
            List<Contact> fresh = tries.fresh();
            out.accept(FlowSignal.of(PORTSCAN, fresh.getLast(), context)
                    .window("portscan/" + peer + "/" + window.start())
                    .during(tries.from(), fresh.getLast().last())
                    .evidence(records(fresh))
                    .fact("ports", tries.tried())
                    .counted(TRIES, fresh.size(), usual.toDoc())
                    .fact("failed", tries.failed())
                    .additional("portsScannedSample", samples(fresh, Contact::port))
                    .additional("scannedPorts", tries.tried())
                    .additional("unansweredPorts", tries.failed())
                    .build());
        }
    }

    private void sweep(
            FindingType type,
            String port,
            List<Contact> contacts,
            TrafficWindow window,
            Usual usual,
            Context context,
            Consumer<Signal> out) {
        boolean outside = type.equals(PORTSWEEP);
        Tries tries = Tries.of(this, (outside ? "port/" : "inside/") + port, window, context);
        for (Contact contact : contacts) {
            tries.add(contact.remote().hashCode(), window.isAnswered(contact), contact);
        }
        tries.keep();
        if (tries.isScan(
                outside ? PEERS_FAST : INTERNAL_FAST, outside ? PEERS_SLOW : INTERNAL_SLOW, FAILURES_AN_ANSWER)) {
            List<Contact> fresh = tries.fresh();
            Contact last = fresh.getLast();
            out.accept(FlowSignal.of(type, last, context)
                    .window((outside ? "portsweep/" : "inside/") + port + "/" + window.start())
                    .aggregation(port)
                    .during(tries.from(), last.last())
                    .evidence(records(fresh))
                    .fact(FlowSignal.ACTIVITY, port)
                    .fact("peers", tries.tried())
                    .counted(TRIES, fresh.size(), usual.toDoc())
                    .fact("failed", tries.failed())
                    .additional("scannedPort", last.port())
                    .additional(
                            "scannedAddressesSample",
                            samples(fresh, contact -> contact.remote().toString()))
                    .additional("scannedAddresses", tries.tried())
                    .additional("unansweredAddresses", tries.failed())
                    .build());
        }
    }

    private static List<Flow> records(List<Contact> fresh) {
        return fresh.stream().limit(MOST_RECORDS).map(Contact::sample).toList();
    }

    private static List<Object> samples(List<Contact> fresh, Function<Contact, Object> what) {
        return fresh.stream()
                .limit(MOST_SAMPLES)
                .map(what)
                .map(value -> value instanceof Integer number ? (Object) number.longValue() : value)
                .toList();
    }
}
