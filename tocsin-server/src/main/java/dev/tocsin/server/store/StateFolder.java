package dev.tocsin.server.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Makes rows of written state in the background, on a thread of its own. */
final class StateFolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(StateFolder.class.getName());

    /** Entries that may wait, above which a checkpoint waits for room: about a hundred megabytes. */
    static final int MOST_WAITING = 400_000;

    /** Time after which what failed is tried again, in nanoseconds. */
    private static final long AGAIN_NANOS = 2_000_000_000L;

    /** What a stop waits for what is left, in nanoseconds; the next start folds the rest. */
    private static final long LAST_NANOS = 1_500_000_000L;

    private final StateEntries entries;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;
    private boolean closed;
    private boolean failing;

    /** Starts to fold what waits in {@code entries}. */
    StateFolder(StateEntries entries) {
        this.entries = entries;
        thread = Thread.ofPlatform().daemon().name("state-folder").start(this::run);
    }

    /** More waits. */
    void wake() {
        signal(() -> {});
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there is room for another block, or folding fails, which a checkpoint would too. */
    void awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !failing && entries.waiting() > MOST_WAITING) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (awaitWork()) {
                fold();
            }
            long end = System.nanoTime() + LAST_NANOS;
            while (!failing && System.nanoTime() < end && entries.foldSome()) {
                // the next ones
            }
        } catch (StoreException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the next start makes rows of the rest of the state: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            long left = failing ? AGAIN_NANOS : 0;
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            while (!closed && entries.waiting() == 0) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void fold() {
        boolean failed = false;
        try {
            entries.foldSome();
        } catch (StoreException e) {
            failed = true;
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
        boolean fails = failed;
        signal(() -> failing = fails);
    }

    /** Folds a moment longer and ends; what is left stays written as it is. */
    @Override
    public void close() {
        signal(() -> closed = true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
