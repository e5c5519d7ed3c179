package dev.tocsin.server.serve;

import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.deliver.LaneState;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.Alarms;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks how the destinations of our own fare, and raises alarms. */
final class DeliveryWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeliveryWatch.class.getName());

    /** A destination that fails as long is an alarm. Ours: longer than a restart of what stands there. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long EVERY_SECONDS = 5;
    private static final Deliveries.Counts NONE = new Deliveries.Counts(0, 0, 0);

    private final Deliveries deliveries;
    private final Lanes lanes;
    private final Alarms alarms;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** Looks again and again until it is closed. */
    DeliveryWatch(Store store, Lanes lanes, Alarms alarms, InstantSource clock) {
        this.deliveries = new Deliveries(store);
        this.lanes = lanes;
        this.alarms = alarms;
        this.clock = clock;
        Thread.ofPlatform().name("delivery watch").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!stopping.await(EVERY_SECONDS, TimeUnit.SECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Map<String, Deliveries.Counts> counts = deliveries.counts();
            lanes.states().forEach((destination, state) -> judge(destination, state, of(counts, destination)));
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "how destinations fare cannot be read: " + e.getMessage(), e);
        }
    }

    private static Deliveries.Counts of(Map<String, Deliveries.Counts> counts, Destination destination) {
        return counts.getOrDefault(Destination.queue(destination.id()), NONE);
    }

    private void judge(Destination destination, LaneState.Snapshot state, Deliveries.Counts count) {
        String source = "destination " + destination.name();
        long now = clock.millis();
        boolean failing = state.failingSince() > 0 && now - state.failingSince() >= PATIENCE.toMillis();
        raise(failing, source, Alarms.Kind.UNDELIVERED, destination, "takes nothing: " + state.problem());
        raise(
                count.dead() > 0,
                source,
                Alarms.Kind.DEAD_LETTERS,
                destination,
                "some findings are not tried any more; 'tocsin destinations dead' lists them, 'replay' sends them");
    }

    private void raise(boolean wrong, String source, Alarms.Kind kind, Destination destination, String text) {
        if (wrong) {
            String account = destination.owner().isEmpty() ? null : destination.owner();
            alarms.raise("", new Alarms.Alarm(source, account, kind, clock.millis() / 1000, text));
        } else {
            alarms.clear(source, kind, "");
        }
    }

    @Override
    public void close() {
        stopping.countDown();
    }
}
