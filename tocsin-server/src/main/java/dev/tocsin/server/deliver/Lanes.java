package dev.tocsin.server.deliver;

import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The ways to all destinations of our own: each has a lane, so that a slow one holds up no other. */
public final class Lanes implements AutoCloseable {

    /** What a stop waits for messages under way, in seconds; without their end they are sent again at the next start. */
    private static final long STOP_SECONDS = 3;

    private final OwnDestinations destinations;
    private final Deliveries deliveries;
    private final Receivers receivers;
    private final AccountsSeen seen;
    private final Senders senders;
    private final Rendering rendering;
    private final InstantSource clock;
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile List<Target> targets = List.of();

    private record Target(Destination destination, Predicate<@Nullable String> sees) {

        boolean isOf(Outbox.Place place) {
            return destination.isOf(place) && (destination.owner().isEmpty() || sees.test(place.account()));
        }
    }

    /** To {@code destinations}, of what is in {@code store}. */
    public Lanes(Store store, OwnDestinations destinations, AccountsSeen seen, Outlets outlets, InstantSource clock) {
        this.destinations = destinations;
        this.deliveries = new Deliveries(store);
        this.receivers = new Receivers(store, clock);
        this.seen = seen;
        this.senders = new Senders(outlets.data(), clock);
        this.rendering = new Rendering(outlets.console());
        this.clock = clock;
    }

    /** Looks which destinations there are; the names in the outbox of all that anything is kept for. */
    public Set<String> refresh() throws StoreException {
        List<Target> fresh = look();
        Set<String> names = new HashSet<>();
        for (Target target : fresh) {
            Destination one = target.destination();
            names.add(one.queue());
            lanes.computeIfAbsent(
                    one.queue(), name -> new Lane(one, new Claims(deliveries, receivers), rendering, clock));
        }
        targets = fresh;
        lanes.forEach((queue, lane) -> {
            if (!names.contains(queue)) {
                lane.stop();
            }
        });
        lanes.keySet().retainAll(names);
        return destinations.queues();
    }

    private List<Target> look() throws StoreException {
        List<Target> fresh = new ArrayList<>();
        for (Destination one : destinations.all()) {
            fresh.add(new Target(one, one.owner().isEmpty() ? any -> true : seen.by(one.owner())));
        }
        return fresh;
    }

    /** Sends what is due. */
    public void go() {
        for (Target target : targets) {
            Lane lane = lanes.get(target.destination().queue());
            if (lane != null) {
                lane.go(target.destination(), senders);
            }
        }
    }

    /** The names in the outbox of those that {@code finding} goes to. */
    public List<String> of(Outbox.Coming finding) {
        return targets.stream()
                .filter(target -> target.destination().takes(finding) && target.isOf(finding.place()))
                .map(target -> target.destination().queue())
                .toList();
    }

    /** The name in the outbox and the name for people of all, and whether {@code finding} goes there. */
    public Map<Destination, Boolean> chosen(Outbox.Coming finding) throws StoreException {
        Map<Destination, Boolean> chosen = new LinkedHashMap<>();
        for (Target target : look()) {
            chosen.put(target.destination(), target.destination().takes(finding) && target.isOf(finding.place()));
        }
        return chosen;
    }

    /** The names in the outbox of those that are told what happens at {@code place}, and whether they take it at present. */
    public Map<String, Boolean> told(Outbox.Place place) throws StoreException {
        Map<String, Boolean> told = new LinkedHashMap<>();
        for (Target target : look()) {
            if (target.destination().enabled() && target.isOf(place)) {
                LaneState.Snapshot state = state(target.destination().queue());
                told.put(target.destination().queue(), state == null || state.failingSince() == 0);
            }
        }
        return told;
    }

    /** How the destination with this name in the outbox fares; null where nothing is sent to it. */
    public LaneState.@Nullable Snapshot state(String queue) {
        Lane lane = lanes.get(queue);
        return lane == null ? null : lane.state().snapshot();
    }

    /** How each fares, by its name in the outbox, and what it is. */
    public Map<Destination, LaneState.Snapshot> states() {
        Map<Destination, LaneState.Snapshot> states = new LinkedHashMap<>();
        lanes.values()
                .forEach(lane -> states.put(lane.destination(), lane.state().snapshot()));
        return states;
    }

    /**
     * Sends a marked sample to {@code destination}, beside what waits.
     *
     * @return what the receiver answered
     */
    public String test(Destination destination) throws Undelivered, InterruptedException {
        long now = clock.millis();
        var sample = Samples.test(destination.owner(), destination.name(), now);
        try (Sender sender = senders.of(destination)) {
            String answer = sender.send(rendering.message(destination.format(), sample.text("id") + "-0", sample));
            sender.settle();
            return answer;
        }
    }

    /** Stops; what has not left stays in the outbox. */
    @Override
    public void close() {
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS);
            lanes.values().forEach(Lane::stop);
            for (Lane lane : lanes.values()) {
                lane.await(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
