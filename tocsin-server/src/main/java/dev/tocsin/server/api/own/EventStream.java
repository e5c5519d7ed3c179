package dev.tocsin.server.api.own;

import dev.tocsin.server.api.http.EventStreams;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One client that is told of findings. What it has not taken waits in a queue; if that is full the client is too slow and its
 * connection is closed: it comes again and goes on where it was.
 */
final class EventStream implements EventStreams.Stream, LiveFindings.Listener {

    /** Events that wait for a client; a resumed stream begins with {@link LiveFindings#MOST_AT_ONCE} and one. */
    static final int MOST_WAITING = 2 * LiveFindings.MOST_AT_ONCE;

    /** What clients wait before they come again, in milliseconds. */
    private static final int RETRY_MILLIS = 3_000;

    private final String principal;
    private final LiveFindings.Sight sight;
    private final Duration beat;
    private final Runnable ended;
    private final BlockingQueue<LiveFindings.Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile Predicate<@Nullable String> sees;
    private boolean over;
    private @Nullable Thread writer;

    /**
     * A stream of {@code principal}.
     *
     * @param sees what it may know of
     * @param sight the same anew, asked at each beat
     * @param beat between two signs of life
     * @param ended told once it is over
     */
    EventStream(
            String principal,
            Predicate<@Nullable String> sees,
            LiveFindings.Sight sight,
            Duration beat,
            Runnable ended) {
        this.principal = principal;
        this.sees = sees;
        this.sight = sight;
        this.beat = beat;
        this.ended = ended;
    }

    String principal() {
        return principal;
    }

    @Override
    public boolean sees(String account) {
        return sees.test(account);
    }

    @Override
    public void take(LiveFindings.Event event) {
        if (!waiting.offer(event)) {
            end();
        }
    }

    /** A thread that is blocked in writing is woken by its interrupt, which closes the socket. */
    @Override
    public synchronized void end() {
        over = true;
        Thread blocked = writer;
        if (blocked != null) {
            blocked.interrupt();
        }
    }

    private synchronized boolean isOver() {
        return over;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        synchronized (this) {
            writer = Thread.currentThread();
        }
        try {
            out.write(bytes("retry: " + RETRY_MILLIS + "\n\n"));
            while (!isOver()) {
                LiveFindings.Event event = waiting.poll(beat.toMillis(), TimeUnit.MILLISECONDS);
                if (event == null && !isStillWelcome()) {
                    out.write(bytes("event: end\ndata: {}\n\n"));
                    break;
                }
                out.write(bytes(event == null ? ": beat\n\n" : written(event)));
                for (LiveFindings.Event next = waiting.poll(); next != null && !isOver(); next = waiting.poll()) {
                    out.write(bytes(written(next)));
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            over = true; // it was ended, and the thread goes back to the server as it was
        } finally {
            synchronized (this) {
                writer = null;
                over = true;
            }
            Thread.interrupted();
            ended.run();
        }
    }

    /** Whether its client may still listen; what it may know of is looked up again. */
    private boolean isStillWelcome() throws StoreException {
        Predicate<@Nullable String> now = sight.now();
        if (now == null) {
            return false;
        }
        sees = now;
        return true;
    }

    private static String written(LiveFindings.Event event) {
        return "id: " + event.id() + "\nevent: " + event.name() + "\ndata: "
                + event.data().toJson() + "\n\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
