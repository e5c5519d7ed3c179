package dev.tocsin.server.deliver;

import org.jspecify.annotations.Nullable;

/** How a destination fares since the start. Safe for use by many threads. */
public final class LaneState {

    private long sent;
    private long failures;
    private long digests;
    private long failingSince;
    private @Nullable String problem;
    private long lastSent;

    /**
     * How it fares.
     *
     * @param sent messages that arrived
     * @param failures tries that failed
     * @param digests of the messages, those that stand for many findings
     * @param failingSince epoch milliseconds; 0 if the last try arrived
     * @param problem the last, while it fails
     * @param lastSent epoch milliseconds; 0 for never
     */
    public record Snapshot(
            long sent,
            long failures,
            long digests,
            long failingSince,
            @Nullable String problem,
            long lastSent) {}

    synchronized void sent(int messages, long now) {
        sent += messages;
        lastSent = now;
        failingSince = 0;
        problem = null;
    }

    synchronized void digest() {
        digests++;
    }

    /** A message was refused, or all are while it is down. */
    synchronized void failed(String why, boolean down, long now) {
        failures++;
        if (down) {
            problem = why;
            failingSince = failingSince == 0 ? now : failingSince;
        }
    }

    /** How it fares now. */
    public synchronized Snapshot snapshot() {
        return new Snapshot(sent, failures, digests, failingSince, problem, lastSent);
    }
}
