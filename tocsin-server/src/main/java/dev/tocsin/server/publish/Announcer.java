package dev.tocsin.server.publish;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.Destinations;
import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Tells all destinations of what somebody is about to do, before it is done. A notice has the form of a finding, so that
 * what reads findings reads it; it waits in the outbox like them.
 */
public final class Announcer {

    /** The type that notices have. */
    public static final String TYPE = "DefenseEvasion:IAMUser/DetectionChanged";

    /** The type of notices of the product's own sources: that of a call which tampers with one. */
    static final String SOURCE_TYPE = "DefenseEvasion:IAMUser/LogSourceTampered";

    /** What a write waits at most for its notice to leave; a destination that takes nothing must not stop it for good. */
    private static final Duration LONGEST = Duration.ofSeconds(3);

    private static final Duration STEP = Duration.ofMillis(20);
    private static final double SEVERITY = 5.0;
    private static final int MOST_TOLD = 2_000;

    private final Store store;
    private final Audience audience;
    private final Receivers receivers;
    private final Outbox outbox;
    private final Risk risk;
    private final InstantSource clock;
    private final Waiting waiting;

    /** What a notice says. */
    private record Told(
            String type, String principal, String action, String peer, Doc info, String title, String description) {}

    /** Lets time pass while a notice is under way. */
    @FunctionalInterface
    interface Waiting {
        void pass(Duration step) throws InterruptedException;
    }

    /** Who is told beside GuardDuty's destinations: names in the outbox, and whether they take anything at present. */
    @FunctionalInterface
    public interface Audience {
        Map<String, Boolean> of(Outbox.Place place) throws StoreException;
    }

    /** Over the destinations of {@code store}, and {@code audience}. */
    public Announcer(Store store, Audience audience, InstantSource clock) {
        this(store, audience, clock, Thread::sleep);
    }

    Announcer(Store store, Audience audience, InstantSource clock, Waiting waiting) {
        this.store = store;
        this.audience = audience;
        this.receivers = new Receivers(store, clock);
        this.outbox = new Outbox(store);
        this.risk = new Risk(store, clock);
        this.clock = clock;
        this.waiting = waiting;
    }

    /** Announces {@code call} from {@code peer} if it is risky, and waits for the notice to leave. */
    public void before(Call call, String peer) throws StoreException {
        if (risk.isIn(call)) {
            Call.Caller caller = call.caller();
            Outbox.Place place = new Outbox.Place(caller.account(), caller.region());
            Map<String, Boolean> told = new LinkedHashMap<>(audience.of(place));
            for (Resource destination : receivers.of(place.account(), place.region())) {
                told.put(
                        Publisher.name(destination),
                        !Destinations.UNABLE.equals(destination.document().text(Destinations.STATUS)));
            }
            Told asked = asked(caller.principal(), call.operation(), call.input(), peer);
            await(tell(told.keySet(), place, asked), told);
        }
    }

    /**
     * Announces what is done to the whole of an account from outside of the API, such as the end of a key; does not wait.
     *
     * @param principal who does it
     * @param action what
     */
    public void before(String account, String principal, String action, Doc request) throws StoreException {
        tellAll(account, asked(principal, action, request, ""));
    }

    /**
     * Tells all destinations of {@code account} that one of the product's own sources is in trouble; does not wait.
     *
     * @param source its name
     * @param kind of the trouble
     * @param text what is wrong
     */
    public void alarm(String account, String source, String kind, String text) throws StoreException {
        Doc info = new Doc()
                .with("notice", true)
                .with("logSource", "source " + source)
                .with("alarm", kind);
        String title = "Source " + source + " may have been tampered with: " + kind + ".";
        String description =
                text + " What happens meanwhile may leave no trace here. Tocsin's own source says so, not a call:"
                        + " look whether its stream, rule, queue, key or role was changed.";
        tellAll(account, new Told(SOURCE_TYPE, "source " + source, "SourceAlarm", "", info, title, description));
    }

    private void tellAll(String account, Told told) throws StoreException {
        for (Resource destination : receivers.all()) {
            if (destination.account().equals(account)) {
                Outbox.Place place = new Outbox.Place(account, destination.region());
                tell(List.of(Publisher.name(destination)), place, told);
            }
        }
        Outbox.Place anywhere = new Outbox.Place(account, "");
        tell(audience.of(anywhere).keySet(), anywhere, told);
    }

    private static Told asked(String principal, String action, Doc request, String peer) {
        String asked = request.toJson();
        Doc info =
                new Doc().with("notice", true).with("request", asked.substring(0, Math.min(asked.length(), MOST_TOLD)));
        String title = principal + " is about to change detection by " + action + ".";
        String description = principal + " asked Tocsin for " + action
                + ", which can hide findings. It is done after this notice, unless it is refused.";
        return new Told(TYPE, principal, action, peer, info, title, description);
    }

    private String tell(Collection<String> destinations, Outbox.Place place, Told told) throws StoreException {
        String id = Hash.id("notice", UUID.randomUUID().toString());
        long now = clock.millis();
        Doc notice = notice(id, place, told);
        if (!destinations.isEmpty()) {
            store.write(transaction -> {
                for (String destination : destinations) {
                    Outbox.announce(transaction, destination, id, place, now, notice);
                }
            });
        }
        return id;
    }

    /** Waits for what can be sent to; where publishing fails at present nothing is waited for. */
    private void await(String id, Map<String, Boolean> told) throws StoreException {
        List<String> names = new ArrayList<>();
        told.forEach((name, able) -> {
            if (able) {
                names.add(name);
            }
        });
        try {
            Duration waited = Duration.ZERO;
            while (waited.compareTo(LONGEST) < 0 && !Collections.disjoint(names, outbox.waitsFor(id))) {
                waiting.pass(STEP);
                waited = waited.plus(STEP);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Doc notice(String id, Outbox.Place place, Told told) {
        String detector = Hash.id("detector", place.account(), place.region());
        String partition = Partition.of(place.region());
        String time = Times.isoMillis(clock.millis());
        Doc call = new Doc().with("api", told.action()).with("serviceName", "guardduty.amazonaws.com");
        if (!told.peer().isEmpty()) {
            call.with("callerType", "Remote IP").with("remoteIpDetails", new Doc().with("ipAddressV4", told.peer()));
        }
        Doc service = new Doc()
                .with("serviceName", "guardduty")
                .with("detectorId", detector)
                .with("action", new Doc().with("actionType", "AWS_API_CALL").with("awsApiCallAction", call))
                .with("resourceRole", "TARGET")
                .with("additionalInfo", told.info())
                .with("eventFirstSeen", time)
                .with("eventLastSeen", time)
                .with("archived", false)
                .with("count", 1);
        return new Doc()
                .with("schemaVersion", "2.0")
                .with("accountId", place.account())
                .with("region", place.region())
                .with("partition", partition)
                .with("id", id)
                .with(
                        "arn",
                        "arn:" + partition + ":guardduty:" + place.region() + ":" + place.account() + ":detector/"
                                + detector + "/finding/" + id)
                .with("type", told.type())
                .with(
                        "resource",
                        new Doc()
                                .with("resourceType", "AccessKey")
                                .with("accessKeyDetails", new Doc().with("accessKeyId", told.principal())))
                .with("service", service)
                .with("severity", SEVERITY)
                .with("createdAt", time)
                .with("updatedAt", time)
                .with("title", told.title())
                .with("description", told.description());
    }
}
