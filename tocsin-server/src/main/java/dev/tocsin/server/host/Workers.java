package dev.tocsin.server.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that do several pieces of work at once; with one thread, the caller does them one after the other. */
final class Workers implements AutoCloseable {

    private final ExecutorService threads;
    private final boolean alone;

    Workers(int count) {
        threads = Executors.newFixedThreadPool(count);
        alone = count == 1;
    }

    /**
     * Does all of {@code work} and waits for it.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    void doAll(List<Runnable> work) throws InterruptedException {
        if (alone || work.size() < 2) {
            work.forEach(Runnable::run);
            return;
        }
        List<Future<?>> doing = new ArrayList<>(work.size());
        work.forEach(one -> doing.add(threads.submit(one)));
        for (Future<?> one : doing) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a worker failed", e.getCause());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
