package dev.tocsin.server.receive;

import java.util.concurrent.atomic.AtomicLong;

/** Room in memory for the bodies of requests that are being received or wait to be kept. Safe for use by many threads. */
final class BodyRoom {

    /** All of it, in bytes (design: The engine and its hosts, what is in flight decoded). */
    static final long BYTES = 128L << 20;

    private final AtomicLong left = new AtomicLong(BYTES);

    /** Takes {@code bytes} if there are so many left. */
    boolean take(long bytes) {
        return left.getAndUpdate(free -> free >= bytes ? free - bytes : free) >= bytes;
    }

    /** Gives {@code bytes} back. */
    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }
}
