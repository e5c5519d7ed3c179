package dev.tocsin.flink.command;

import java.io.IOException;
import java.time.Duration;

/** Waits for what processes do by asking again and again, up to a deadline. */
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Await() {}

    /** What is to become true. */
    @FunctionalInterface
    interface Condition {
        /** Whether it is; an {@link IOException} is a no, as of a process that does not answer yet. */
        boolean holds() throws IOException, InterruptedException;
    }

    /**
     * Waits until {@code condition} holds.
     *
     * @throws IOException once {@code most} is over; the message says {@code what} was waited for and what went wrong last
     */
    static void until(String what, Duration most, Condition condition) throws IOException, InterruptedException {
        until(what, most, PAUSE, condition);
    }

    /** The same, asking once in {@code pause}. */
    static void until(String what, Duration most, Duration pause, Condition condition)
            throws IOException, InterruptedException {
        IOException last = null;
        for (long left = most.dividedBy(pause); left > 0; left--) {
            try {
                if (condition.holds()) {
                    return;
                }
                last = null;
            } catch (Ended e) {
                throw e;
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(pause);
        }
        throw new IOException("waited " + most.toSeconds() + " s in vain until " + what
                + (last == null ? "" : ": " + last.getMessage()));
    }

    /** Says that it is in vain to wait on. */
    static final class Ended extends IOException {
        private static final long serialVersionUID = 1;

        Ended(String message) {
            super(message);
        }
    }
}
