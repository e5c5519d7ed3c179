package dev.tocsin.server.publish;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.operation.Receivers;
import dev.tocsin.server.store.Outbox;
import dev.tocsin.server.store.Resource;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** The way to one destination: one batch after the other, on one thread at a time, and after a failure a wait. */
final class Route {

    private static final System.Logger LOG = System.getLogger(Route.class.getName());

    /** What is waited after the first failure, in milliseconds; each further one doubles it. */
    private static final long FIRST_WAIT_MILLIS = 1_000;

    /** What is waited at most, so that all leaves within 45 s once the destination takes it again. */
    private static final long LONGEST_WAIT_MILLIS = 30_000;

    private static final int MOST_DOUBLED = 10;

    /** Failures in a row, of whatever kind, that make the destination one that cannot be published to. */
    private static final int TRIES = 3;

    private final Receivers receivers;
    private final Outbox outbox;
    private final DestinationStates states;
    private final Buckets buckets;
    private final InstantSource clock;
    private final DestinationCounts counts = new DestinationCounts();
    private @Nullable Thread sending;
    private Doc properties = new Doc();
    private int failures;
    private long notBefore;
    private volatile boolean stopped;

    Route(Receivers receivers, Outbox outbox, DestinationStates states, Buckets buckets, InstantSource clock) {
        this.receivers = receivers;
        this.outbox = outbox;
        this.states = states;
        this.buckets = buckets;
        this.clock = clock;
    }

    DestinationCounts counts() {
        return counts;
    }

    /** Sends what is due, on another thread, unless that is going on or it is too early after a failure. */
    void go(Resource destination) {
        if (sending != null && sending.isAlive()) {
            return;
        }
        Doc now = destination.document().part("destinationProperties");
        if (!now.equals(properties)) {
            properties = now;
            failures = 0;
            notBefore = 0;
        }
        if (clock.millis() >= notBefore) {
            sending =
                    Thread.ofVirtual().name("publisher to " + destination.id()).start(() -> run(destination));
        }
    }

    private void run(Resource destination) {
        try {
            states.verify(destination, buckets);
            send(destination);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "destination " + destination.id() + ": " + e.getMessage(), e);
            later();
        }
    }

    private void send(Resource destination) throws IOException {
        String name = Publisher.name(destination);
        while (!stopped) {
            long every = receivers.every(destination).toMillis();
            long boundary = clock.millis() / every * every;
            Outbox.Batch batch = outbox.next(name, boundary, () -> ExportObject.name(clock.instant()));
            if (batch == null || !put(destination, batch)) {
                return;
            }
        }
    }

    private boolean put(Resource destination, Outbox.Batch batch) throws IOException {
        try {
            if (!batch.documents().isEmpty()) {
                buckets.put(ExportObject.of(destination, batch));
                counts.sent(batch.documents().size());
            }
            outbox.left(batch, clock.millis());
            failures = 0;
            states.publishing(destination);
            return true;
        } catch (Buckets.Refused e) {
            counts.failed();
            later();
            if (failures == 1 || failures == TRIES) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "destination " + destination.id() + " cannot be written to, is tried again: " + e.getMessage());
            }
            if (e.properties() || failures >= TRIES) {
                states.unable(destination);
            }
            return false;
        }
    }

    private void later() {
        long wait = FIRST_WAIT_MILLIS << Math.min(failures, MOST_DOUBLED);
        notBefore = clock.millis() + Math.min(wait, LONGEST_WAIT_MILLIS);
        failures++;
    }

    /** Begins nothing more and waits so many milliseconds for what is under way. */
    void stop(long millis) throws InterruptedException {
        stopped = true;
        if (sending != null) {
            sending.join(millis);
            sending.interrupt();
        }
    }
}
