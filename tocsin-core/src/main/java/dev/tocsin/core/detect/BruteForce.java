package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code UnauthorizedAccess:EC2/SSHBruteForce}, {@code …/RDPBruteForce} and {@code Impact:EC2/WinRMBruteForce}, in both roles:
 * many sessions as short as a refused password makes them. A session that is let in goes on and is larger; a health check
 * exchanges no keys and is smaller. Peers with a habit (configuration management, monitoring, jobs) do not count.
 */
final class BruteForce implements TrafficDetector {

    /** Sessions like tries of a password within ten minutes. Ours: faster than a person who mistypes, slower than any tool. */
    static final int TRIES = 20;

    /**
     * Least bytes each way of a session that asked for a password: an SSH key exchange alone takes more. Measured on the exposed
     * server of the network corpus: 95 % of 11,422 guesses lie between 1,882 and 2,136 bytes in and 2,358 and 2,638 out.
     */
    static final int LEAST_BYTES = 1_000;

    /** Most bytes each way, on average. Ours: six tries in one session, which OpenSSH allows, stay below. */
    static final int MOST_BYTES = 4_500;

    /** Days on which a peer came before, from which on it is a habit. Ours. */
    static final int HABIT_DAYS = 3;

    /** Peers remembered of one service and direction. */
    static final int MOST_PEERS = 64;

    private static final int MOST_RECORDS = 10;

    static final FindingType SSH = type("UnauthorizedAccess:EC2/SSHBruteForce", "SSH", "22");
    static final FindingType RDP = type("UnauthorizedAccess:EC2/RDPBruteForce", "RDP", "3389");
    static final FindingType WINRM = type("Impact:EC2/WinRMBruteForce", "WinRM", "5985 or 5986");

    private static final Map<Integer, FindingType> BY_PORT = Map.of(22, SSH, 3389, RDP, 5985, WINRM, 5986, WINRM);

    private static FindingType type(String name, String service, String ports) {
        return FlowTypes.instance(name, Role.TARGET, FlowTypes.LOW)
                .texts(
                        "{address} is performing " + service + " brute force attacks {way} EC2 instance {host}.",
                        "Within ten minutes {tries} " + service
                                + " sessions {way} EC2 instance {host} ended like refused"
                                + " passwords, with {peers} peers; the busiest was {address}.")
                .firesWhen("within ten minutes at least " + TRIES + " sessions on port " + ports + " have the size of a"
                        + " refused password (" + LEAST_BYTES + " to " + MOST_BYTES + " bytes each way on average of a"
                        + " peer), not counting peers that came on " + HABIT_DAYS
                        + " days before. Severity is low where"
                        + " the instance is the target, high where it is the actor.")
                .doesNotSee(
                        "services on other ports; scanners named with --authorized-scanner, to their targets by address; guesses slower than the threshold; whether a guess was right.")
                .nextSteps(
                        "As the target: close the port to the internet or allow keys alone, and look in the host's log"
                                + " for a login that worked. As the actor: treat the instance as compromised.")
                .technique("T1110.001")
                .threshold("BruteForce.TRIES", TRIES, "sessions in ten minutes")
                .threshold("BruteForce.LEAST_BYTES", LEAST_BYTES, "bytes")
                .threshold("BruteForce.MOST_BYTES", MOST_BYTES, "bytes")
                .threshold("BruteForce.HABIT_DAYS", HABIT_DAYS, "days")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(SSH, RDP, WINRM);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        BY_PORT.forEach((port, type) -> {
            judge(type, port, window.inward(), window, context, out);
            judge(type, port, window.outward(), window, context, out);
        });
    }

    private void judge(
            FindingType type,
            int port,
            List<Contact> contacts,
            TrafficWindow window,
            Context context,
            Consumer<Signal> out) {
        List<Contact> some = contacts.stream()
                .filter(contact -> contact.port() == port && contact.protocol() == Flow.TCP)
                .toList();
        if (some.isEmpty()) {
            return;
        }
        boolean inward = some.getFirst().isServed();
        Usual usual = Usual.note(
                this,
                (inward ? "usual/in/" : "usual/out/") + port,
                some.stream().mapToInt(Contact::sessions).sum(),
                window.start(),
                context);
        List<Contact> tries = strangers((inward ? "in/" : "out/") + port, some, window, context).stream()
                .filter(BruteForce::isLikeTries)
                .filter(contact -> !isAuthorized(contact, context))
                .sorted(Comparator.comparingInt(Contact::sessions).reversed().thenComparing(Contact.ORDER))
                .toList();
        int sessions = tries.stream().mapToInt(Contact::sessions).sum();
        if (sessions >= TRIES) {
            Contact busiest = tries.getFirst();
            out.accept(FlowSignal.of(type, busiest, context)
                    .role(inward ? Role.TARGET : Role.ACTOR)
                    .severity(inward ? FlowTypes.LOW : FlowTypes.HIGH)
                    .aggregation(inward ? "" : "outbound")
                    .window("brute/" + inward + "/" + port + "/" + window.start())
                    .evidence(tries.stream()
                            .limit(MOST_RECORDS)
                            .map(Contact::sample)
                            .toList())
                    .fact(FlowSignal.ACTIVITY, (inward ? FlowSignal.INWARD : FlowSignal.OUTWARD) + port)
                    .fact("way", inward ? "against" : "from")
                    .fact("tries", sessions)
                    .counted("sessions", sessions, usual.toDoc())
                    .fact("peers", tries.size())
                    .additional("sessions", sessions)
                    .additional("peers", tries.size())
                    .build());
        }
    }

    private static boolean isAuthorized(Contact contact, Context context) {
        return contact.isServed()
                ? context.scanners().holds(contact.remote())
                : context.scanners().isHostOf(contact);
    }

    private static boolean isLikeTries(Contact contact) {
        long sessions = Math.max(1, contact.sessions());
        return isLikeTry(contact.outBytes() / sessions) && isLikeTry(contact.inBytes() / sessions);
    }

    private static boolean isLikeTry(long bytes) {
        return bytes >= LEAST_BYTES && bytes <= MOST_BYTES;
    }

    /** Those of {@code contacts} whose peers have no habit; remembers who came. */
    private List<Contact> strangers(String name, List<Contact> contacts, TrafficWindow window, Context context) {
        Doc known = context.recall(this, name);
        Doc before = known == null ? new Doc() : known;
        Doc now = new Doc();
        List<Contact> strangers = new ArrayList<>();
        for (Contact contact : contacts) {
            String peer = contact.remoteText();
            DaysSeen seen = DaysSeen.in(before, peer).with(window.start());
            if (before.get(peer) != seen) {
                now.with(peer, seen);
            }
            if (seen.before(window.start()) < HABIT_DAYS) {
                strangers.add(contact);
            }
        }
        if (!now.isEmpty()) {
            context.remember(this, name, bounded(new Doc().withAll(before).withAll(now)));
        }
        return strangers;
    }

    /** The peers that came on most days stay, then those that came last. */
    private static Doc bounded(Doc peers) {
        if (peers.members().size() <= MOST_PEERS) {
            return peers;
        }
        List<Ranked> ranked = new ArrayList<>(peers.members().size());
        for (String peer : peers.members().keySet()) {
            DaysSeen seen = DaysSeen.in(peers, peer);
            ranked.add(new Ranked(peer, seen.count(), seen.last()));
        }
        Ranked.beyond(MOST_PEERS, ranked).forEach(one -> peers.without(one.name()));
        return peers;
    }
}
