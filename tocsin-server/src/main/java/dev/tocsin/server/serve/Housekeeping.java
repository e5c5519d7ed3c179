package dev.tocsin.server.serve;

import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Does what retention wants, once an hour, on a thread of its own. */
final class Housekeeping implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Housekeeping.class.getName());

    /** Time before the first round, in seconds: a start has other things to do. */
    private static final long FIRST_SECONDS = 60;

    private static final long EVERY_SECONDS = 3_600;

    /** Time between two parts of a round, in milliseconds. */
    private static final long BREATH_MILLIS = 20;

    private final Retention retention;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** Starts it; it acts while {@code leads} says that no other process does. */
    Housekeeping(Retention retention, BooleanSupplier leads, InstantSource clock) {
        this.retention = retention;
        this.leads = leads;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("housekeeping").start(this::run);
    }

    private void run() {
        try {
            boolean stop = stopping.await(FIRST_SECONDS, TimeUnit.SECONDS);
            while (!stop) {
                boolean more = leads.getAsBoolean() && some();
                stop = more
                        ? stopping.await(BREATH_MILLIS, TimeUnit.MILLISECONDS)
                        : stopping.await(EVERY_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean some() {
        try {
            return retention.some(clock.millis());
        } catch (StoreException e) {
            LOG.log(System.Logger.Level.WARNING, "what is old is deleted later: " + e.getMessage());
            return false;
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
