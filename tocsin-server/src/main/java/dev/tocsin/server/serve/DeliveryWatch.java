package dev.tocsin.server.serve;

import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.deliver.LaneState;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Looks how the destinations of our own fare: alarms and metrics. */
final class DeliveryWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DeliveryWatch.class.getName());

    /** A destination that fails as long is an alarm. Ours: longer than a restart of what stands there. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final long EVERY_SECONDS = 5;
    private static final Deliveries.Counts NONE = new Deliveries.Counts(0, 0, 0);
    private static final String DESTINATION = "destination";

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

    /** Adds the metrics of each destination. */
    void addTo(StringBuilder text) throws StoreException {
        Map<String, Deliveries.Counts> counts = deliveries.counts();
        Map<Destination, LaneState.Snapshot> states = lanes.states();
        Metrics.head(text, "tocsin_destination_up", "gauge", "1 if the last message to the destination arrived.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_up", one, state.failingSince() == 0 ? 1 : 0));
        Metrics.head(text, "tocsin_destination_sent_total", "counter", "Messages that arrived.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_sent_total", one, state.sent()));
        Metrics.head(text, "tocsin_destination_failures_total", "counter", "Tries that failed.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_failures_total", one, state.failures()));
        Metrics.head(text, "tocsin_destination_digests_total", "counter", "Messages that stood for many findings.");
        states.forEach((one, state) -> sample(text, "tocsin_destination_digests_total", one, state.digests()));
        Metrics.head(text, "tocsin_destination_waiting", "gauge", "Findings that wait.");
        states.keySet()
                .forEach(one -> sample(
                        text, "tocsin_destination_waiting", one, of(counts, one).waiting()));
        Metrics.head(text, "tocsin_dead_letters", "gauge", "Findings that are not tried any more.");
        states.keySet()
                .forEach(one ->
                        sample(text, "tocsin_dead_letters", one, of(counts, one).dead()));
    }

    private static void sample(StringBuilder text, String metric, Destination one, long value) {
        Metrics.sample(text, metric, DESTINATION, one.name(), ",id=\"" + one.id() + "\"", value);
    }

    @Override
    public void close() {
        stopping.countDown();
    }
}
