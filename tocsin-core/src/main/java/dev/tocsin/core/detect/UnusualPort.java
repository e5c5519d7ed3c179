package dev.tocsin.core.detect;

import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.Fresh;
import dev.tocsin.core.profile.Habit;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code Behavior:EC2/NetworkPortUnusual}: the host uses a server port of public peers that neither it nor its group used
 * before. Ports that any release may bring (mail, databases, queues) and ports that peers choose at will say nothing.
 */
final class UnusualPort implements HabitDetector {

    /** Connections from which on a new port is told. anomaly.md, section 6. */
    static final int SESSIONS = 3;

    /** Or bytes both ways. anomaly.md, section 6. */
    static final long BYTES = 10_000;

    /** Ports from here on are clients' (Linux), given to passive FTP, peers and calls at will. */
    static final int CLIENT_PORTS = 32_768;

    /** UDP ports from here on are chosen at will by calls, games, tunnels and swarms. RFC 6335. */
    static final int UDP_PORTS = 1_024;

    /** LDAP, and the port that proofs of the Log4j hole use for it (finding-types: High). */
    private static final Set<Integer> CALLBACK_PORTS = Set.of(389, 1389);

    private static final int MOST_USUAL = 20;

    /**
     * Services that releases bring (IANA's names): SSH, SMTP, DNS, HTTP, POP3, NTP, IMAP, HTTPS, SMTPS, IKE, submission,
     * LDAPS, DNS over TLS, IMAPS, POP3S; SQL Server, Oracle, MySQL, PostgreSQL, Cassandra, MongoDB, Redis with and without
     * TLS, Elasticsearch; AMQP and MQTT with and without TLS, Kafka; OpenTelemetry; syslog over TLS. DNS, mail and volumes
     * have types of their own.
     */
    private static final Set<Integer> ORDINARY = Set.of(
            22, 25, 53, 80, 110, 123, 143, 443, 465, 500, 587, 636, 853, 993, 995, 1433, 1521, 2484, 3306, 5432, 9042,
            9142, 27017, 6379, 6380, 9200, 9243, 5671, 5672, 1883, 8883, 9092, 9093, 9094, 9096, 9098, 4317, 4318,
            6514);

    static final FindingType TYPE = FlowTypes.instance("Behavior:EC2/NetworkPortUnusual", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is communicating with a remote host on an unusual server port {port}.",
                    "EC2 instance {host} talks with remote host {address} on port {port}, which neither it nor a host of"
                            + " its group used in the {profileAgeDays} days that it is known.")
            .firesWhen("the instance opens at least " + SESSIONS + " answered connections, or moves " + BYTES
                    + " bytes, on a server port of public addresses that it never used before. It is known for at"
                    + " least " + HabitSignal.LEARN_DAYS + " days; a younger one is judged by its group (auto-scaling"
                    + " group, Kubernetes node group, image). A port that the group used on a day before is usual; if"
                    + " a fifth of the group, at least five hosts, begin within an hour, it is one finding on the"
                    + " group. Severity is high for ports 389 and 1389.")
            .doesNotSee("peers inside the network; common ports of web, mail, time, SSH, databases and queues; UDP from"
                    + " port " + UDP_PORTS + " and TCP from port " + CLIENT_PORTS
                    + " on, which peers choose at will; hosts that turn to new ports every few days.")
            .nextSteps("Ask whether a release or a new service brought the port. If not, find the program that has the"
                    + " connection, and look at what was sent. On port 389 or 1389 look for Log4j.")
            .technique("T1571")
            .threshold("UnusualPort.SESSIONS", SESSIONS, "connections")
            .threshold("UnusualPort.BYTES", BYTES, "bytes")
            .threshold("UnusualPort.CLIENT_PORTS", CLIENT_PORTS, "port")
            .threshold("UnusualPort.UDP_PORTS", UDP_PORTS, "port")
            .threshold("HabitSignal.LEARN_DAYS", HabitSignal.LEARN_DAYS, "days")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(TrafficWindow window, HostProfile profile, Context context, Consumer<Signal> out) {
        for (Contact contact : window.outward()) {
            if (!isServerPort(contact)
                    || !window.isAnswered(contact)
                    || !contact.remote().isPublic()) {
                continue;
            }
            long key = Habit.port(contact.protocol(), contact.port());
            if (!isOpenedForCertain(contact) && profile.fresh(key) == null) {
                continue;
            }
            Fresh fresh = profile.use(
                    key, contact.first(), window.start(), contact.sessions(), contact.outBytes() + contact.inBytes());
            if (fresh != null && isTold(fresh, profile) && !context.isOwn(contact.remote())) {
                HabitSignal.tell(fresh, profile, window.start(), context);
                out.accept(signal(key, contact, fresh, window, profile, context));
            }
        }
    }

    private static boolean isServerPort(Contact contact) {
        int port = contact.port();
        boolean server = contact.protocol() == Flow.TCP
                ? port < CLIENT_PORTS
                : contact.protocol() == Flow.UDP && port < UDP_PORTS;
        return server && port > 0 && !ORDINARY.contains(port);
    }

    /**
     * By a SYN, or, without flags, from a client's port; else the peer may be the client of a high port. Once a port was
     * opened so, what goes on without a SYN (one connection that is held) is the same use.
     */
    private static boolean isOpenedForCertain(Contact contact) {
        if (contact.protocol() != Flow.TCP || contact.port() < DirectionFinder.SYSTEM_PORTS) {
            return contact.isOpenedByHost();
        }
        Flow sample = contact.sample();
        int local = contact.isSampleOutbound() ? sample.sourcePort() : sample.targetPort();
        return sample.tcpFlags() >= 0 ? contact.openedOut() > 0 : contact.isOpenedByHost() && local >= CLIENT_PORTS;
    }

    @Override
    public List<Condition> conditions(FindingType type, TrafficWindow window, HostProfile profile, Context context) {
        List<List<Condition>> all = new ArrayList<>();
        for (Contact contact : window.outward()) {
            if (contact.remote().isPublic() && !context.isOwn(contact.remote())) {
                all.add(conditions(contact, window, profile, context));
            }
        }
        return HabitDetector.nearest(all);
    }

    private static List<Condition> conditions(
            Contact contact, TrafficWindow window, HostProfile profile, Context context) {
        long key = Habit.port(contact.protocol(), contact.port());
        Fresh fresh = profile.fresh(key);
        String peer = Habit.portText(key) + " of " + contact.remote();
        String used = fresh == null
                ? "used before"
                : "about " + fresh.sessions() + " connections, " + fresh.bytes() + " bytes";
        return List.of(
                new Condition(
                        isServerPort(contact) && (isOpenedForCertain(contact) || fresh != null),
                        "the host opens a server port that is none of the common ones nor chosen at will",
                        peer),
                new Condition(window.isAnswered(contact), "the peer answers", peer),
                new Condition(
                        fresh != null,
                        "the host did not use the port on a day before",
                        peer + ", used on " + profile.daysBefore(key) + " days before"),
                new Condition(
                        fresh != null && (fresh.sessions() >= SESSIONS || fresh.bytes() >= BYTES),
                        SESSIONS + " connections or " + BYTES + " bytes within a day",
                        used),
                new Condition(
                        !profile.isRestless(),
                        "the host does not turn to new ports every few days",
                        profile.isRestless() ? "it does" : "it does not"),
                HabitDetector.isKnown(profile, window.start(), context));
    }

    private static boolean isTold(Fresh fresh, HostProfile profile) {
        return !fresh.isTold() && (fresh.sessions() >= SESSIONS || fresh.bytes() >= BYTES) && !profile.isRestless();
    }

    private static Signal signal(
            long key, Contact contact, Fresh fresh, TrafficWindow window, HostProfile profile, Context context) {
        boolean callback = CALLBACK_PORTS.contains(contact.port());
        FlowSignal signal = FlowSignal.of(TYPE, contact, context)
                .severity(callback ? FlowTypes.HIGH : FlowTypes.MEDIUM)
                .aggregation(Habit.portText(key))
                .window("port/" + key + "/" + window.start())
                .during(fresh.first(), contact.last())
                .additional("unusual", new Doc().with("port", contact.port()))
                .additional("context", callback ? "Possible log4j callback" : null)
                .additional("connections", fresh.sessions())
                .additional("totalBytes", fresh.bytes())
                .additional("timeSeries", fresh.series().with("binSeconds", TrafficWindow.SECONDS))
                .additional(
                        "usualPorts",
                        profile.usual(MOST_USUAL).stream()
                                .filter(Habit::isPort)
                                .map(Habit::portText)
                                .toList());
        return new HabitSignal(key, fresh.first(), profile.age(window.start()), HabitSignal.learnDays(context), 0)
                .in(signal)
                .build();
    }
}
