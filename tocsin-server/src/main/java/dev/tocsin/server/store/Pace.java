package dev.tocsin.server.store;

import java.util.concurrent.TimeUnit;

/**
 * How much is written in one transaction: as much as takes {@link #AIM_MILLIS}, by what the last ones took, so that users who wait
 * for their turn to write wait as long on a slow machine as on a fast one. Used by one thread.
 */
public final class Pace {

    /** What a transaction is to take, in milliseconds: a user waits for a few of them, and at most 250 (design: Local host). */
    static final long AIM_MILLIS = 60;

    private final int least;
    private final int most;
    private int atOnce;

    /** Between {@code least} and {@code most} at once; {@code first} until something is known. */
    public Pace(int least, int first, int most) {
        this.least = least;
        this.most = most;
        this.atOnce = first;
    }

    /** How much to write at once. */
    public int atOnce() {
        return atOnce;
    }

    /** Learns that a transaction that wrote {@code count} took {@code nanos}; slower and faster are believed by half. */
    public void took(int count, long nanos) {
        if (count >= least) {
            long right = count * TimeUnit.MILLISECONDS.toNanos(AIM_MILLIS) / Math.max(1, nanos);
            atOnce = Math.clamp((atOnce + right) / 2, least, most);
        }
    }
}
