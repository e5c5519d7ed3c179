package dev.tocsin.server.publish;

import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is in the outbox. It looks twice a second; each destination is sent to by a thread of its own, so that a slow
 * one holds up no other.
 */
public final class Publisher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    /** Time between two looks, in milliseconds. */
    private static final long TICK_MILLIS = 500;

    /** What a stop waits for objects under way, in seconds; without their end they are sent again at the next start. */
    private static final long STOP_SECONDS = 3;

    private final @Nullable Lanes lanes;
    private final Receivers receivers;
    private final Outbox outbox;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final DestinationStates states;
    private final Buckets buckets = new Buckets();
    private final Map<String, Route> routes = new ConcurrentHashMap<>();
    private @Nullable Set<String> known;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** Starts to send what {@code store} has in its outbox, while {@code leads} says that no other process does. */
    public Publisher(Store store, BooleanSupplier leads, InstantSource clock) {
        this(store, null, leads, clock);
    }

    /** The same, and by {@code lanes} to the destinations of our own. */
    public Publisher(Store store, @Nullable Lanes lanes, BooleanSupplier leads, InstantSource clock) {
        this.lanes = lanes;
        this.leads = leads;
        this.clock = clock;
        this.receivers = new Receivers(store, clock);
        this.outbox = new Outbox(store);
        this.states = new DestinationStates(store, clock);
        this.thread = Thread.ofPlatform().name("publisher").daemon().start(this::run);
    }

    /** The name of {@code destination} in the outbox. */
    public static String name(Resource destination) {
        return destination.account() + "/" + destination.region() + "/" + destination.id();
    }

    /** What each destination has been sent since the start, by its name. */
    public Map<String, DestinationCounts> counts() {
        Map<String, DestinationCounts> counts = new HashMap<>();
        routes.forEach((name, route) -> counts.put(name, route.counts()));
        return counts;
    }

    /** Deliveries that wait. */
    public long waiting() throws StoreException {
        return outbox.waiting();
    }

    private void run() {
        try {
            do {
                if (leads.getAsBoolean()) {
                    look();
                }
            } while (!stopping.await(TICK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            List<Resource> destinations = receivers.all();
            Set<String> there = new HashSet<>(lanes == null ? Set.of() : lanes.refresh());
            outbox.spread(this::destinationsOf, clock.millis());
            if (lanes != null) {
                lanes.go();
            }
            for (Resource destination : destinations) {
                there.add(name(destination));
                routes.computeIfAbsent(name(destination), name -> new Route(receivers, outbox, states, buckets, clock))
                        .go(destination);
            }
            routes.keySet().retainAll(there);
            if (!there.equals(known)) {
                forgetAllBut(there);
                known = there;
            }
        } catch (StoreException | UncheckedIOException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the outbox cannot be read, and is looked at again: " + e.getMessage(),
                    e);
        }
    }

    private List<String> destinationsOf(Outbox.Coming finding) {
        List<String> all = new ArrayList<>(lanes == null ? List.of() : lanes.of(finding));
        if (finding.archived()) {
            return all; // what users archived is not exported (F43), and leaves by other ways (F31)
        }
        try {
            receivers.of(finding.place().account(), finding.place().region()).forEach(one -> all.add(name(one)));
            return all;
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forgetAllBut(Set<String> there) throws StoreException {
        for (String awaited : outbox.awaited()) {
            if (!there.contains(awaited)) {
                outbox.forget(awaited);
            }
        }
    }

    /** Stops; what has not left stays in the outbox. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            for (Route route : routes.values()) {
                route.stop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (lanes != null) {
            lanes.close();
        }
        buckets.close();
    }
}
