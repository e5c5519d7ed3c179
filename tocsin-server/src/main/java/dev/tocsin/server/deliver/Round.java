package dev.tocsin.server.deliver;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Some messages on their way: what became of each. After a failure of the destination no further one is begun. */
final class Round {

    /** What a round may take at most, in seconds: messages under way end by their own limits long before. */
    private static final long LONGEST_SECONDS = 120;

    private final boolean[] arrived;
    private final @Nullable Undelivered[] refusals;
    private @Nullable Undelivered problem;

    Round(int messages) {
        this.arrived = new boolean[messages];
        this.refusals = new Undelivered[messages];
    }

    /** Sends {@code messages}, so many at once. */
    void send(Sender sender, List<Message> messages, int parallel) throws InterruptedException {
        if (parallel == 1 || messages.size() == 1) {
            for (int i = 0; i < messages.size() && problem() == null; i++) {
                one(sender, messages.get(i), i);
            }
            return;
        }
        Semaphore slots = new Semaphore(parallel);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < messages.size(); i++) {
                slots.acquire();
                if (problem() != null) {
                    break;
                }
                int number = i;
                threads.execute(() -> {
                    try {
                        one(sender, messages.get(number), number);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } finally {
                        slots.release();
                    }
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        }
    }

    private void one(Sender sender, Message message, int number) throws InterruptedException {
        try {
            sender.send(message);
            became(number, null);
        } catch (Undelivered e) {
            became(number, e);
        } catch (RuntimeException e) {
            became(number, Undelivered.refused("it could not be sent: " + e));
        }
    }

    private synchronized void became(int number, @Nullable Undelivered failure) {
        if (failure == null) {
            arrived[number] = true;
        } else if (failure.isRefused()) {
            refusals[number] = failure;
        } else {
            problem = problem == null ? failure : problem;
        }
    }

    /** All of it is uncertain: nothing has arrived. */
    synchronized void down(Undelivered why) {
        java.util.Arrays.fill(arrived, false);
        problem = problem == null ? why : problem;
    }

    synchronized boolean arrived(int number) {
        return arrived[number];
    }

    @Nullable
    synchronized Undelivered refusal(int number) {
        return refusals[number];
    }

    /** Why the destination takes nothing, or null. */
    @Nullable
    synchronized Undelivered problem() {
        return problem;
    }
}
