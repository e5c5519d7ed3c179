package dev.tocsin.server.publish;

import java.util.concurrent.atomic.AtomicLong;

/** What a destination was sent since the start. */
public final class DestinationCounts {

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    void sent(int documents) {
        sent.addAndGet(documents);
    }

    void failed() {
        failures.incrementAndGet();
    }

    /** Findings and notices that left. */
    public long sent() {
        return sent.get();
    }

    /** Tries that failed. */
    public long failures() {
        return failures.get();
    }
}
