package dev.tocsin.core.detect;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code DefenseEvasion:EC2/UnusualDNSResolver}, {@code …/UnusualDoHActivity} and {@code …/UnusualDoTActivity}: the host asks
 * a public resolver that neither it nor its group asked lately, and so escapes the query logs of the VPC.
 */
final class UnusualResolver implements HabitDetector {

    /** Connections or exchanges from which on a new resolver is told. Ours: one or two are somebody's test. */
    static final int SESSIONS = 3;

    /**
     * The same for a name server on port 53 that is none of the public resolvers known, where only windows of
     * {@link #OTHERS_A_WINDOW} count. Ours: who waits for a record to appear asks the zone's own servers a few times.
     */
    static final int SESSIONS_OTHER = 30;

    /** Exchanges within ten minutes from which on they count for a name server that is not known. Ours. */
    static final int OTHERS_A_WINDOW = 5;

    /** Peers on port 53 within ten minutes from which on a host is a resolver itself, which walks the tree of names. Ours. */
    static final int WALKS_FROM = 8;

    private static final int DNS = 53;
    private static final int HTTPS = 443;
    private static final int DOT = 853;

    static final FindingType DNS_TYPE = type(
            "UnusualDNSResolver",
            "a public DNS resolver",
            "sends at least " + SESSIONS + " answered queries to port 53 of a public resolver, or " + SESSIONS_OTHER
                    + " to another public address (those of ten minutes with " + OTHERS_A_WINDOW + " of them)");
    static final FindingType DOH_TYPE = type(
            "UnusualDoHActivity",
            "a public DNS over HTTPS server",
            "opens at least " + SESSIONS + " answered connections to port 443 of a public resolver that serves DNS over"
                    + " HTTPS");
    static final FindingType DOT_TYPE = type(
            "UnusualDoTActivity",
            "a DNS over TLS server",
            "opens at least " + SESSIONS + " answered connections to port 853 (RFC 7858) of a public address");

    private static FindingType type(String name, String what, String does) {
        return FlowTypes.instance("DefenseEvasion:EC2/" + name, Role.ACTOR, FlowTypes.MEDIUM)
                .texts(
                        "EC2 instance {host} is communicating with " + what + " in an unusual way.",
                        "EC2 instance {host} asks " + what
                                + ", {address} ({resolver}), which neither it nor a host of its"
                                + " group asked in the {profileAgeDays} days that it is known. Such queries pass by"
                                + " the resolver of the VPC, its query logs and its firewall.")
                .firesWhen("the instance " + does + " and neither it nor its group (auto-scaling group, Kubernetes node"
                        + " group, image) did so on a day before. It is known for at least " + HabitSignal.LEARN_DAYS
                        + " days; a younger one is judged by its group. If a fifth of the group, at least five hosts,"
                        + " begin within an hour, it is one finding on the group.")
                .doesNotSee(
                        "DNS over HTTPS to resolvers that are not among the public ones known; few queries to such over"
                                + " port 53; hosts that resolve for themselves and ask many name servers; networks named as own.")
                .nextSteps("Ask who set this resolver: images with a fixed resolver, browsers and VPN clients do. If"
                        + " nobody did, look for the program that asks; what it asked is in no query log.")
                .technique("T1572")
                .threshold("UnusualResolver.SESSIONS", SESSIONS, "connections")
                .threshold("UnusualResolver.SESSIONS_OTHER", SESSIONS_OTHER, "exchanges")
                .threshold("UnusualResolver.OTHERS_A_WINDOW", OTHERS_A_WINDOW, "exchanges in ten minutes")
                .threshold("UnusualResolver.WALKS_FROM", WALKS_FROM, "peers on port 53 in ten minutes")
                .threshold("HabitSignal.LEARN_DAYS", HabitSignal.LEARN_DAYS, "days")
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(DNS_TYPE, DOH_TYPE, DOT_TYPE);
    }

    @Override
    public void observe(TrafficWindow window, HostProfile profile, Context context, Consumer<Signal> out) {
        for (Contact contact : window.outward()) {
            FindingType type = type(contact);
            String name = type == null ? null : resolver(type, contact);
            if (type == null
                    || name == null
                    || !isUsed(contact, window)
                    || !isUsedEnough(contact, window)
                    || context.isOwn(contact.remote())) {
                continue;
            }
            Fresh fresh = profile.use(
                    key(type, name), contact.first(), window.start(), contact.sessions(), contact.outBytes());
            boolean enough = fresh != null && !fresh.isTold() && fresh.sessions() >= sessions(type, contact);
            if (fresh != null && enough && !(type.equals(DNS_TYPE) && walks(window))) {
                HabitSignal.tell(fresh, profile, window.start(), context);
                out.accept(signal(type, name, contact, fresh, window, profile, context));
            }
        }
    }

    private static boolean isUsed(Contact contact, TrafficWindow window) {
        return contact.isOpenedByHost() && window.isAnswered(contact);
    }

    /** Of a name server that is not known, whether it is used as a resolver is. */
    private static boolean isUsedEnough(Contact contact, TrafficWindow window) {
        return !isOther(contact) || (contact.sessions() >= OTHERS_A_WINDOW && !walks(window));
    }

    /** Whether the peer may be somebody's name server: on port 53, and none that is known. */
    private static boolean isOther(Contact contact) {
        return contact.port() == DNS && PublicResolvers.KNOWN.operator(contact.remote()) == null;
    }

    private static int sessions(FindingType type, Contact contact) {
        return type.equals(DNS_TYPE) && isOther(contact) ? SESSIONS_OTHER : SESSIONS;
    }

    /** Who runs the resolver that {@code contact} would be for {@code type}: DNS over HTTPS alone is not told by its port. */
    private static @Nullable String resolver(FindingType type, Contact contact) {
        if (!contact.remote().isPublic()) {
            return null;
        }
        String operator = PublicResolvers.KNOWN.operator(contact.remote());
        if (type.equals(DOH_TYPE)) {
            return PublicResolvers.KNOWN.servesHttps(contact.remote()) ? operator : null;
        }
        return operator == null ? contact.remoteText() : operator;
    }

    @Override
    public List<Condition> conditions(FindingType type, TrafficWindow window, HostProfile profile, Context context) {
        List<List<Condition>> all = new ArrayList<>();
        for (Contact contact : window.outward()) {
            FindingType asked = type(contact);
            if (asked != null && asked.equals(type)) {
                all.add(conditions(type, contact, window, profile, context));
            }
        }
        return HabitDetector.nearest(all);
    }

    private static List<Condition> conditions(
            FindingType type, Contact contact, TrafficWindow window, HostProfile profile, Context context) {
        String name = resolver(type, contact);
        String peer = contact.remote() + " on port " + contact.port();
        long key = name == null ? 0 : key(type, name);
        Fresh fresh = profile.fresh(key);
        return List.of(
                new Condition(
                        name != null && !context.isOwn(contact.remote()),
                        "the peer is a public resolver that serves it",
                        peer + (name == null ? ", none that is known" : ", " + name)),
                new Condition(isUsed(contact, window), "the host asks and the resolver answers", peer),
                new Condition(
                        isUsedEnough(contact, window),
                        "it is a resolver that is known, or asked " + OTHERS_A_WINDOW + " times in ten minutes",
                        isOther(contact)
                                ? "it is not known, and asked about " + contact.sessions() + " times"
                                : "it is known"),
                new Condition(
                        fresh != null,
                        "the host did not ask this resolver on a day before",
                        name + ", asked on " + profile.daysBefore(key) + " days before"),
                new Condition(
                        fresh != null && fresh.sessions() >= sessions(type, contact),
                        sessions(type, contact) + " connections within a day",
                        fresh == null ? "asked before" : "about " + fresh.sessions()),
                new Condition(
                        !(type.equals(DNS_TYPE) && walks(window)),
                        "the host is no resolver itself, with " + WALKS_FROM + " peers on port 53 in ten minutes",
                        walks(window) ? "it is" : "it is none"),
                HabitDetector.isKnown(profile, window.start(), context));
    }

    private static @Nullable FindingType type(Contact contact) {
        boolean carried = contact.protocol() == Flow.TCP || contact.protocol() == Flow.UDP;
        return switch (carried ? contact.port() : 0) {
            case DNS -> DNS_TYPE;
            case HTTPS -> DOH_TYPE;
            case DOT -> DOT_TYPE;
            default -> null;
        };
    }

    private static long key(FindingType type, String resolver) {
        return type.equals(DNS_TYPE)
                ? Habit.dns(resolver)
                : type.equals(DOH_TYPE) ? Habit.doh(resolver) : Habit.dot(resolver);
    }

    private static boolean walks(TrafficWindow window) {
        Set<Object> servers = new HashSet<>();
        for (Contact contact : window.outward()) {
            if (contact.port() == DNS && contact.remote().isPublic()) {
                servers.add(contact.remote());
            }
        }
        return servers.size() >= WALKS_FROM;
    }

    private static Signal signal(
            FindingType type,
            String resolver,
            Contact contact,
            Fresh fresh,
            TrafficWindow window,
            HostProfile profile,
            Context context) {
        FlowSignal signal = FlowSignal.of(type, contact, context)
                .aggregation(resolver)
                .window("resolver/" + contact.port() + "/" + resolver + "/" + window.start())
                .during(fresh.first(), contact.last())
                .fact("resolver", resolver)
                .additional(
                        "unusual",
                        new Doc()
                                .with("resolver", resolver)
                                .with("address", contact.remote().toString()))
                .additional("connections", fresh.sessions())
                .additional("timeSeries", fresh.series().with("binSeconds", TrafficWindow.SECONDS));
        return new HabitSignal(
                        key(type, resolver),
                        fresh.first(),
                        profile.age(window.start()),
                        HabitSignal.learnDays(context),
                        0)
                .in(signal)
                .build();
    }
}
