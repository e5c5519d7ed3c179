package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * {@code Backdoor:EC2/Beacon} and {@code Behavior:EC2/LongConnection}: the host calls one public address like a clock, or
 * holds a connection to it for hours. Agents, updates and monitoring do the same; so the desk lets a signal pass only where
 * the peer's network is new to the whole account and few hosts turn to it.
 */
public final class Beacons implements TrafficDetector {

    /** Beacon score in percent from which on it is one. RITA's bands are 50, 70, 90. Ours. */
    static final int SCORE_PERCENT = 80;

    /** Score of the intervals alone, in percent. Ours: calls at random times (Poisson) reach 52, a third of jitter 90. */
    static final int RHYTHM_PERCENT = 75;

    /** Hours on end before intervals are believed. RITA v5: six. */
    static final int LEAST_HOURS = 6;

    /** Windows of ten minutes with a call, at least. Ours: three an hour. */
    static final int LEAST_WINDOWS = 18;

    /** How long a connection lasts that is long, in hours. RITA's bands are 1, 4, 8 and 12. */
    static final int LONG_HOURS = 8;

    /** Days that some host of the account must have been known before a peer can be new. Ours, as for mail. */
    static final int LEARN_DAYS = 3;

    /** Peers of a host whose rhythm is followed. Ours: bounded state. */
    static final int MOST_PEERS = 24;

    /** Hours after which a silent peer is forgotten. Ours. */
    static final int SILENT_HOURS = 30;

    /** Time and names: regular by nature, and judged by types of their own. IANA: DNS, NTP. */
    private static final Set<Integer> CLOCKS = Set.of(53, 123);

    private static final String PEERS = "peers";
    private static final String HOST = "host";
    private static final int PERCENT = 100;
    private static final long HOUR = 3600;

    public static final FindingType BEACON = FlowTypes.instance("Backdoor:EC2/Beacon", Role.ACTOR, FlowTypes.MEDIUM)
            .feature(Feature.TOCSIN_BEHAVIOR)
            .texts(
                    "EC2 instance {host} calls remote host {address} like a clock.",
                    "EC2 instance {host} calls remote host {address}, port {port}, about every {interval} seconds, for"
                            + " {hours} hours of the last day, and no host of the account did before. Malware that asks"
                            + " its server for orders looks like this; so does a new agent.")
            .firesWhen("for at least " + LEAST_HOURS + " hours on end the instance calls one public address over TCP,"
                    + " and the mean of four scores (intervals, sizes, evenness of hours, duration) is at least "
                    + SCORE_PERCENT + " percent, that of intervals " + RHYTHM_PERCENT
                    + "; the address's network (/24 or /48) was not called so in the first "
                    + LEARN_DAYS + " days that the account is known, and less than three hosts call it.")
            .doesNotSee("beacons to a network that was called from the beginning or by several hosts, as agents,"
                    + " updates and monitoring are; UDP, ports 53 and 123; peers inside the network; jitter that"
                    + " spreads intervals over three octaves; pauses of an hour.")
            .nextSteps("Find the process that calls and who runs the address. If it is an agent that was installed,"
                    + " suppress by the address; if nobody knows it, isolate the instance.")
            .technique("T1071.001")
            .threshold("Beacons.SCORE_PERCENT", SCORE_PERCENT, "percent")
            .threshold("Beacons.RHYTHM_PERCENT", RHYTHM_PERCENT, "percent")
            .threshold("Beacons.LEAST_HOURS", LEAST_HOURS, "hours on end")
            .threshold("Beacons.LEAST_WINDOWS", LEAST_WINDOWS, "windows of ten minutes")
            .threshold("Beacons.LEARN_DAYS", LEARN_DAYS, "days")
            .build();

    public static final FindingType LONG = FlowTypes.instance("Behavior:EC2/LongConnection", Role.ACTOR, FlowTypes.LOW)
            .feature(Feature.TOCSIN_BEHAVIOR)
            .texts(
                    "EC2 instance {host} holds a connection to remote host {address} for {hours} hours.",
                    "EC2 instance {host} opened a connection to remote host {address}, port {port}, which has lasted"
                            + " {hours} hours, and no host of the account held one there before. Tunnels and remote"
                            + " control look like this; so do queues and live feeds.")
            .firesWhen("one TCP connection that the instance opened to a public address goes on for at least "
                    + LONG_HOURS + " hours without a pause of 15 minutes; the address's network was not held or called"
                    + " like a clock in the first " + LEARN_DAYS + " days that the account is known, and less than"
                    + " three hosts do so.")
            .doesNotSee("connections that are opened anew every few hours; UDP, VPN protocols; peers inside the"
                    + " network; networks that several hosts hold connections to.")
            .nextSteps("Find the process that holds the connection and who runs the address. Suppress by the address"
                    + " what is meant to be.")
            .technique("T1572")
            .threshold("Beacons.LONG_HOURS", LONG_HOURS, "hours")
            .threshold("Beacons.LEARN_DAYS", LEARN_DAYS, "days")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(BEACON, LONG);
    }

    @Override
    public void observe(TrafficWindow window, Context context, Consumer<Signal> out) {
        Doc known = context.recall(this, PEERS);
        Doc before = known == null ? new Doc() : known;
        DaysSeen host = DaysSeen.in(before, HOST).with(window.start());
        PeerHabits peers = PeerHabits.in(before, PEERS);
        for (Contact contact : window.outward()) {
            if (counts(contact)) {
                String peer = contact.remoteText() + "/" + contact.port();
                PeerHabit habit = peers.of(peer);
                habit.add(contact, localPort(contact));
                judge(habit, contact, peer, host.age(window.start()), window, context, out);
            }
        }
        peers.keep(MOST_PEERS, window.start() - SILENT_HOURS * HOUR);
        context.remember(this, PEERS, new Doc().with(HOST, host).with(PEERS, peers));
    }

    private static boolean counts(Contact contact) {
        return contact.protocol() == Flow.TCP
                && contact.port() > 0
                && !CLOCKS.contains(contact.port())
                && contact.isOpenedByHost()
                && contact.remote().isPublic();
    }

    private static int localPort(Contact contact) {
        return contact.isSampleOutbound()
                ? contact.sample().sourcePort()
                : contact.sample().targetPort();
    }

    private static void judge(
            PeerHabit habit,
            Contact contact,
            String peer,
            int age,
            TrafficWindow window,
            Context context,
            Consumer<Signal> out) {
        if (habit.connectedFor() >= LONG_HOURS * HOUR) {
            if (habit.speaks(window.start())) {
                out.accept(signal(LONG, habit, contact, peer, age, window, context)
                        .fact("hours", habit.connectedFor() / HOUR)
                        .additional("connectedSeconds", habit.connectedFor())
                        .build());
            }
        } else if (isBeacon(habit) && habit.speaks(window.start())) {
            out.accept(signal(BEACON, habit, contact, peer, age, window, context)
                    .fact("interval", habit.interval())
                    .fact("hours", habit.hoursCalled())
                    .additional("intervalSeconds", habit.interval())
                    .additional("score", String.format(Locale.ROOT, "%.2f", habit.score()))
                    .additional("callsByHour", habit.hours())
                    .build());
        } else if (habit.hoursCalled() >= LEAST_HOURS && habit.isToldAnew(window.start())) {
            out.accept(signal(BEACON, habit, contact, peer, age, window, context)
                    .fact(NewPeer.KNOWN, true)
                    .build());
        }
    }

    private static boolean isBeacon(PeerHabit habit) {
        return habit.windows() >= LEAST_WINDOWS
                && habit.hoursOnEnd() >= LEAST_HOURS
                && !habit.isIrregular()
                && habit.rhythm() * PERCENT >= RHYTHM_PERCENT
                && habit.score() * PERCENT >= SCORE_PERCENT;
    }

    private static FlowSignal signal(
            FindingType type,
            PeerHabit habit,
            Contact contact,
            String peer,
            int age,
            TrafficWindow window,
            Context context) {
        Integer asked = context.learnDays();
        return FlowSignal.of(type, contact, context)
                .aggregation(peer)
                .window(type.name() + "/" + peer + "/" + window.start())
                .during(habit.first(), habit.end())
                .fact(NewPeer.KNOWN_DAYS, age)
                .fact(NewPeer.LEARN_DAYS, asked == null ? LEARN_DAYS : asked);
    }
}
