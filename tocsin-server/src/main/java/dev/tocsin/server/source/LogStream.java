package dev.tocsin.server.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose lanes, partitions or shards, are all read here. A thread of its own fetches ahead, as far as there is room;
 * where to go on is kept by whoever takes what it fetched.
 */
public final class LogStream implements LiveSource, AutoCloseable {

    /** Bytes fetched and not yet taken at which it stops fetching. */
    static final long MOST_BYTES = 32L << 20;

    private static final long FIRST_PAUSE_MILLIS = 1_000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    /** What a stop waits for an answer of the stream, in milliseconds. */
    private static final long STOP_MILLIS = 3_000;

    private final String name;
    private final StreamFetcher fetcher;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<StreamBatch> fresh = new ArrayList<>();
    private List<StreamLane> lanes = List.of();
    private long bytes;
    private @Nullable Map<String, String> positions;
    private @Nullable IOException trouble;
    private boolean answered;
    private boolean closed;
    private @Nullable Thread thread;

    /** A stream that {@code fetcher}, which nobody else uses, fetches. */
    LogStream(String name, StreamFetcher fetcher) {
        this.name = name;
        this.fetcher = fetcher;
    }

    @Override
    public String name() {
        return name;
    }

    /** Begins to fetch behind {@code from}, by lane, or begins anew: what was fetched and not settled comes again. */
    public void begin(Map<String, String> from) {
        lock.lock();
        try {
            positions = from;
            fresh = new ArrayList<>();
            lanes = List.of();
            bytes = 0;
            answered = false;
            changed.signalAll();
            if (thread == null) {
                thread = Thread.ofPlatform().name("stream " + name).daemon().start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (awaitRoom()) {
                try {
                    fetch();
                    pause = FIRST_PAUSE_MILLIS;
                } catch (IOException e) {
                    failed(e, pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                } catch (RuntimeException e) { // of a library: it may go over
                    failed(new SourceDown(name + ": " + e, e), pause);
                    pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fetcher.close();
        }
    }

    /** Waits until there is room; false once it is closed. */
    private boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && bytes >= MOST_BYTES && positions == null) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void fetch() throws IOException, InterruptedException {
        Map<String, String> from = newPositions();
        if (from != null) {
            fetcher.begin(from);
        }
        List<StreamBatch> fetched = fetcher.fetch();
        List<StreamLane> now = fetcher.lanes();
        lock.lock();
        try {
            if (positions != null) {
                return; // begun anew meanwhile: it comes again
            }
            fresh.addAll(fetched);
            bytes += fetched.stream().mapToLong(StreamBatch::bytes).sum();
            lanes = now;
            trouble = null;
            answered = true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Map<String, String> newPositions() {
        lock.lock();
        try {
            Map<String, String> from = positions;
            positions = null;
            return from;
        } finally {
            lock.unlock();
        }
    }

    private void failed(IOException why, long pause) throws InterruptedException {
        lock.lock();
        try {
            trouble = why;
            long left = TimeUnit.MILLISECONDS.toNanos(pause);
            while (left > 0 && !closed && positions == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was fetched since the last time, lanes mixed, each in its order.
     *
     * @throws IOException if there is nothing and the stream does not answer as it should; its message is for people
     */
    public List<StreamBatch> take() throws IOException {
        lock.lock();
        try {
            if (fresh.isEmpty() && trouble != null) {
                throw trouble;
            }
            List<StreamBatch> taken = fresh;
            fresh = new ArrayList<>();
            bytes = 0;
            changed.signalAll();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** How far fetching has come in each lane. */
    public List<StreamLane> lanes() {
        lock.lock();
        try {
            return lanes;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the stream has answered since it began: until then nobody knows which lanes there are. */
    public boolean hasAnswered() {
        lock.lock();
        try {
            return answered;
        } finally {
            lock.unlock();
        }
    }

    /** Stops fetching. */
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            running = thread;
        } finally {
            lock.unlock();
        }
        try {
            if (running != null) {
                running.join(STOP_MILLIS);
                running.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
