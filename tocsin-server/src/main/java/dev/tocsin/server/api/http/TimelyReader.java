package dev.tocsin.server.api.http;

import io.helidon.common.buffers.DataReader;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a connection, and hangs up on who falls silent on it: the server itself waits for ever within headers and bodies, whatever
 * its read timeout (Helidon 4.5). A connection has a thread of its own, which reads, answers, and reads on.
 */
final class TimelyReader implements Supplier<byte @Nullable []> {

    /** Longest silence between two requests, and before the first. Ours: clients keep connections for a minute or so. */
    static final Duration IDLE = Duration.ofMinutes(2);

    /** What the head of a request may take from its first byte on, however steadily it trickles. Ours. */
    static final Duration HEAD = Duration.ofSeconds(20);

    /** Longest silence within a body. Ours: a connection that lives says something within it. */
    static final Duration SILENCE = Duration.ofSeconds(20);

    private static final ThreadLocal<TimelyReader> OF_THREAD = new ThreadLocal<>();

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private enum Phase {
        BETWEEN,
        HEAD,
        BODY
    }

    private final DataReader from;
    private final Function<Duration, Future<?>> watch;
    private Phase phase = Phase.BETWEEN;
    private long headBegan;

    /** Reads what {@code from} gives. */
    TimelyReader(DataReader from) {
        this(from, TimelyReader::interruptAfter);
    }

    /**
     * The same.
     *
     * @param watch interrupts this thread after a time, unless it is cancelled before
     */
    TimelyReader(DataReader from, Function<Duration, Future<?>> watch) {
        this.from = from;
        this.watch = watch;
    }

    private static ScheduledThreadPoolExecutor watch() {
        ScheduledThreadPoolExecutor watch = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("silent-connections").factory());
        watch.setRemoveOnCancelPolicy(
                true); // else each read would be kept, with its thread, for the two minutes that it might have taken
        return watch;
    }

    private static Future<?> interruptAfter(Duration silence) {
        return WATCH.schedule(Thread.currentThread()::interrupt, silence.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells the reader of this thread's connection that the head of a request is there. */
    static void headIsThere() {
        TimelyReader reader = OF_THREAD.get();
        if (reader != null) {
            reader.phase = Phase.BODY;
        }
    }

    /** Tells it that the request is answered. */
    static void isAnswered() {
        TimelyReader reader = OF_THREAD.get();
        if (reader != null) {
            reader.phase = Phase.BETWEEN;
        }
    }

    /** The next bytes, or null at the end. */
    @Override
    public byte @Nullable [] get() {
        OF_THREAD.set(this);
        Future<?> end = watch.apply(patience());
        try {
            from.ensureAvailable();
            byte[] bytes = from.readBuffer().readBytes();
            if (phase == Phase.BETWEEN) {
                phase = Phase.HEAD;
                headBegan = System.nanoTime();
            }
            return bytes;
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        } finally {
            if (!end.cancel(false)) {
                Thread.interrupted(); // it came as the read ended, and must not hit what follows
            }
        }
    }

    private Duration patience() {
        return switch (phase) {
            case BETWEEN -> IDLE;
            case HEAD -> {
                Duration left = HEAD.minusNanos(System.nanoTime() - headBegan);
                yield left.isNegative() ? Duration.ZERO : left;
            }
            case BODY -> SILENCE;
        };
    }
}
