package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.Habit;
import dev.tocsin.core.profile.HeavyPeer;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.profile.SentVolumes;
import dev.tocsin.core.traffic.Contact;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code Behavior:EC2/TrafficVolumeUnusual}: the host sends a public peer far more than it ever sent it, and more than it
 * sends to all its peers together: within an hour, or slowly within a day.
 */
final class UnusualVolume implements HabitDetector {

    /** Bytes to one peer within ten minutes from which on they are looked at: 144 such windows a day stay under the limits. */
    static final long LOOKED_AT = 1_000_000;

    /** Bytes to one peer within an hour. anomaly.md, section 6. */
    static final long HOUR = 100_000_000;

    /** Bytes to one peer within a day (UTC). Ours: an hour's limit for ten hours. */
    static final long DAY = 1_000_000_000;

    /** Times what the peer was sent at most on days before. anomaly.md, section 6: ten times. */
    static final int TIMES_PEER = 10;

    /** Times what the host sent to all at most on days before, the busiest left out. Ours. */
    static final int TIMES_HOST = 2;

    /** Bytes of one upload that says nothing if it is over within twenty minutes: images, dumps, bundles. Ours. */
    static final long ONE_UPLOAD = 2_000_000_000;

    /** Windows of ten minutes of an hour that hold {@link #SUSTAINED_BYTES} each, else it is one upload. Ours. */
    static final int SUSTAINED = 3;

    /** See {@link #SUSTAINED}. */
    static final long SUSTAINED_BYTES = 10_000_000;

    /** Windows of a day in which a slow theft sends, at least: three hours. Ours. */
    static final int SLOW_WINDOWS = 18;

    private static final int HTTPS = 443;
    private static final int MOST_BASELINE = 14;

    static final FindingType TYPE = FlowTypes.instance(
                    "Behavior:EC2/TrafficVolumeUnusual", Role.ACTOR, FlowTypes.MEDIUM)
            .texts(
                    "EC2 instance {host} is generating unusually large amounts of network traffic to remote host"
                            + " {address}.",
                    "EC2 instance {host} sent {bytes} bytes to {address} ({peer}) within {span}; the most that it is used"
                            + " to send is {baseline}.")
            .firesWhen("within an hour the instance sends one public peer at least " + HOUR + " bytes, or " + DAY
                    + " within a day, and that is " + TIMES_PEER + " times what this peer ever got and " + TIMES_HOST
                    + " times what the instance usually sends to all. AWS services are told by the log's own fields and"
                    + " kept apart, those behind an endpoint of the own Region too; other peers count by network (24"
                    + " bits, IPv6: 48). The instance is known for at least " + HabitSignal.LEARN_DAYS
                    + " days; a younger one is judged by its group. If a fifth of the group, at least five hosts, begin"
                    + " within an hour, it is one finding on the group.")
            .doesNotSee("peers inside the network; one upload under " + ONE_UPLOAD + " bytes that is over within twenty"
                    + " minutes; UDP other than QUIC on port 443 (calls, video, tunnels); what clients fetch from a"
                    + " service of the instance; thefts smaller than the instance's habit, above all from hosts that"
                    + " make backups: to which bucket they go only S3 data events show.")
            .nextSteps("Ask whether a backup, an export or a new log target is behind it. If not, isolate the instance"
                    + " and find out what left it.")
            .technique("T1048")
            .threshold("UnusualVolume.HOUR", HOUR, "bytes in an hour")
            .threshold("UnusualVolume.DAY", DAY, "bytes in a day")
            .threshold("UnusualVolume.TIMES_PEER", TIMES_PEER, "times the peer's most")
            .threshold("UnusualVolume.TIMES_HOST", TIMES_HOST, "times the host's usual most")
            .threshold("UnusualVolume.ONE_UPLOAD", ONE_UPLOAD, "bytes")
            .threshold("HabitSignal.LEARN_DAYS", HabitSignal.LEARN_DAYS, "days")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public void observe(TrafficWindow window, HostProfile profile, Context context, Consumer<Signal> out) {
        Map<Long, Contact> busiest = new LinkedHashMap<>();
        Map<Long, HeavyPeer> peers = new LinkedHashMap<>();
        for (Contact contact : window.outward()) {
            if (contact.outBytes() < LOOKED_AT || !counts(contact)) {
                continue;
            }
            long key = key(contact);
            peers.put(key, profile.volumes().add(key, window.start(), contact.outBytes()));
            busiest.merge(key, contact, (one, other) -> other.outBytes() > one.outBytes() ? other : one);
        }
        peers.forEach((key, peer) -> {
            Contact contact = busiest.get(key);
            if (contact != null && !peer.isTold(window.start()) && !context.isOwn(contact.remote())) {
                judge(key, peer, contact, window, profile, context, out);
            }
        });
    }

    private static boolean counts(Contact contact) {
        boolean carried = contact.protocol() == Flow.TCP || (contact.protocol() == Flow.UDP && contact.port() == HTTPS);
        return carried && contact.remote().isPublic();
    }

    private static long key(Contact contact) {
        String service = contact.service();
        return service == null ? Habit.network(contact.remote()) : Habit.service(service);
    }

    @Override
    public List<Condition> conditions(FindingType type, TrafficWindow window, HostProfile profile, Context context) {
        List<List<Condition>> all = new ArrayList<>();
        for (Contact contact : window.outward()) {
            HeavyPeer peer = profile.volumes().peer(key(contact));
            if (contact.remote().isPublic() && !context.isOwn(contact.remote())) {
                all.add(conditions(contact, peer, window, profile, context));
            }
        }
        return HabitDetector.nearest(all);
    }

    private static List<Condition> conditions(
            Contact contact, @Nullable HeavyPeer peer, TrafficWindow window, HostProfile profile, Context context) {
        String name = contact.service() == null ? contact.remote().toString() : contact.service();
        String sent = contact.outBytes() + " bytes to " + name + " in ten minutes";
        if (peer == null) {
            return List.of(new Condition(false, LOOKED_AT + " bytes to one public peer in ten minutes", sent));
        }
        SentVolumes volumes = profile.volumes();
        boolean slow = peer.hour() < HOUR;
        long now = slow ? peer.day() : peer.hour();
        long before = slow ? peer.mostADay() : peer.mostAnHour();
        long usual = slow ? volumes.usualDay() : volumes.usualHour();
        String span = slow ? " in the day" : " in the hour";
        return List.of(
                new Condition(counts(contact), "over TCP, or UDP to port 443", sent),
                new Condition(
                        now >= (slow ? DAY : HOUR),
                        HOUR + " bytes in an hour or " + DAY + " in a day",
                        peer.hour() + " in the hour, " + peer.day() + " in the day to " + name),
                new Condition(
                        now >= TIMES_PEER * before,
                        TIMES_PEER + " times what the peer ever got",
                        now + span + "; at most " + before + " before"),
                new Condition(
                        now >= TIMES_HOST * usual,
                        TIMES_HOST + " times what the host usually sends to all",
                        now + span + "; usually up to " + usual),
                new Condition(
                        slow ? peer.windows() >= SLOW_WINDOWS : isFast(peer),
                        "sustained: " + SUSTAINED + " of the hour's windows with " + SUSTAINED_BYTES + " bytes, or "
                                + ONE_UPLOAD + " bytes at once; slowly, " + SLOW_WINDOWS + " windows of the day",
                        peer.windowsOf(SUSTAINED_BYTES) + " of the hour, " + peer.windows() + " of the day"),
                HabitDetector.isKnown(profile, window.start(), context));
    }

    private static boolean isFast(HeavyPeer peer) {
        return peer.hour() >= ONE_UPLOAD || peer.windowsOf(SUSTAINED_BYTES) >= SUSTAINED;
    }

    private static void judge(
            long key,
            HeavyPeer peer,
            Contact contact,
            TrafficWindow window,
            HostProfile profile,
            Context context,
            Consumer<Signal> out) {
        long hourLimit = Math.max(
                TIMES_PEER * peer.mostAnHour(), TIMES_HOST * profile.volumes().usualHour());
        long dayLimit = Math.max(
                TIMES_PEER * peer.mostADay(), TIMES_HOST * profile.volumes().usualDay());
        boolean fast = peer.hour() >= Math.max(HOUR, hourLimit) && isFast(peer);
        boolean slow = peer.day() >= Math.max(DAY, dayLimit) && peer.windows() >= SLOW_WINDOWS;
        if (!fast && !slow) {
            return;
        }
        int age = profile.age(window.start());
        int learnDays = HabitSignal.learnDays(context);
        peer.tell(window.start(), age >= learnDays);
        long sent = fast ? peer.hour() : peer.day();
        long most = fast
                ? Math.max(peer.mostAnHour(), profile.volumes().usualHour())
                : Math.max(peer.mostADay(), profile.volumes().usualDay());
        long since = window.start() - (fast ? 5 : Math.min(peer.windows(), 143)) * TrafficWindow.SECONDS;
        FlowSignal signal = FlowSignal.of(TYPE, contact, context)
                .aggregation(Long.toHexString(key))
                .window("volume/" + Long.toHexString(key) + "/" + window.start())
                .fact("bytes", sent)
                .fact("peer", contact.service() == null ? "and its network" : contact.service())
                .fact("span", fast ? "an hour" : "a day")
                .fact("baseline", most)
                .additional("totalBytesOut", sent)
                .additional("baselineBytes", most)
                .additional("deviation", most == 0 ? null : sent / most)
                .additional("remoteService", contact.service())
                .additional("timeSeries", series(peer, window))
                .additional("baselineBusiestHours", profile.volumes().busiestHours(MOST_BASELINE));
        out.accept(new HabitSignal(key, since, age, learnDays, peer.hour())
                .in(signal)
                .build());
    }

    private static Doc series(HeavyPeer peer, TrafficWindow window) {
        long[] bins = peer.bins();
        return new Doc()
                .with("binSeconds", TrafficWindow.SECONDS)
                .with("start", window.start() - (bins.length - 1) * TrafficWindow.SECONDS)
                .with("bytesOut", Arrays.stream(bins).boxed().toList());
    }
}
