package dev.tocsin.flink.source;

import dev.tocsin.flink.Settings;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes splits ahead of their turns, on a thread of its own, and waits when too much lies ready. Turns that other
 * readers decode are never held up for long: the lowest turn that is not decoded anywhere is always one whose records may
 * be given on.
 */
final class Ahead implements AutoCloseable {

    /** Records decoded and not yet given on, beyond which it waits: as on the local host. */
    static final int MOST_RECORDS = 16_384;

    private final Decoder decoder;
    private final Runnable ready;
    private final Deque<LogSplit> splits = new ArrayDeque<>();
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final List<LogSplit> decoded = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "tocsin-decoder");
    private int records;
    private boolean closed;

    /** Calls {@code ready} whenever something lies ready. */
    Ahead(Settings settings, Runnable ready) {
        this.decoder = new Decoder(settings);
        this.ready = ready;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    synchronized void add(LogSplit split) {
        splits.add(split);
        notifyAll();
    }

    /** The next chunk, or null if none is ready. */
    synchronized @Nullable Chunk poll() {
        Chunk chunk = chunks.poll();
        if (chunk != null) {
            records -= chunk.records();
            notifyAll();
        }
        return chunk;
    }

    /** Splits that were decoded whole since the last time, with their clocks. */
    synchronized List<LogSplit> decoded() {
        List<LogSplit> told = List.copyOf(decoded);
        decoded.clear();
        return told;
    }

    private void run() {
        try {
            while (true) {
                LogSplit split = next();
                LogSplit done = decoder.decode(split, this::put);
                synchronized (this) {
                    decoded.add(done);
                }
                ready.run();
            }
        } catch (InterruptedException e) {
            decoder.close();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized LogSplit next() throws InterruptedException {
        while (splits.isEmpty()) {
            wait();
        }
        return splits.remove();
    }

    private void put(Chunk chunk) throws InterruptedException {
        synchronized (this) {
            while (records >= MOST_RECORDS && !closed) {
                wait();
            }
            if (closed) {
                throw new InterruptedException("the reader is closed");
            }
            records += chunk.records();
            chunks.add(chunk);
        }
        ready.run();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
