package dev.tocsin.server.receive;

import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.security.Attempts;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.FirehoseSource.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What every receiver does with a request: keeps it until the store holds what it brought, or says why it does not. */
final class Deliveries {

    /** What an answer is awaited at most, in seconds: Firehose gives up after three minutes, an agent after 160 seconds. */
    private static final long PATIENCE_SECONDS = 150;

    private static final System.Logger LOG = System.getLogger(Deliveries.class.getName());

    private final FirehoseEndpoint.Watcher watcher;
    private final InstantSource clock;
    private final Attempts attempts;
    private final BodyRoom room = new BodyRoom();

    Deliveries(FirehoseEndpoint.Watcher watcher, InstantSource clock) {
        this.watcher = watcher;
        this.clock = clock;
        this.attempts = new Attempts(clock);
    }

    /** Looks at what a request brings. */
    @FunctionalInterface
    interface Content {
        /** When {@code body} was made, epoch milliseconds; refused if it is not as it must be. */
        long made(byte[] body) throws Refused;
    }

    /** Reads a whole body for {@code use}, which is not kept. */
    <T> T read(ApiRequest head, InputStream body, Use<T> use) throws Refused, IOException {
        BodyReader reader = new BodyReader(room);
        try {
            return use.of(reader.read(head, body));
        } finally {
            room.giveBack(reader.taken());
        }
    }

    /** Makes something of a body. */
    @FunctionalInterface
    interface Use<T> {
        /** What {@code body} comes to. */
        T of(byte[] body) throws Refused, IOException;
    }

    /** Takes the request {@code id}; when this returns, the store holds what it brought. */
    void take(FirehoseSource source, String id, ApiRequest head, InputStream body, Content content)
            throws Refused, IOException {
        if (watcher.wasRead(source, id)) {
            watcher.counted(source, "redelivered");
            return;
        }
        checkOpen(source);
        CompletableFuture<Kept> kept = source.awaited(id);
        await(source, kept == null ? received(source, id, head, body, content) : kept);
    }

    /** Refuses what comes before {@code source} can take it. */
    static void checkOpen(FirehoseSource source) throws Refused {
        if (!source.isOpen()) {
            throw new Refused(503, "The service is not ready; send it again.");
        }
    }

    /** The request, which waits from now on. */
    private CompletableFuture<Kept> received(
            FirehoseSource source, String id, ApiRequest head, InputStream body, Content content) throws Refused {
        BodyReader reader = new BodyReader(room);
        CompletableFuture<Kept> kept = null;
        try {
            byte[] bytes = reader.read(head, body);
            kept = source.offer(id, bytes, content.made(bytes), clock.millis());
        } finally {
            if (kept == null) {
                room.giveBack(reader.taken());
            }
        }
        if (kept == null) {
            throw new Refused(503, "Too many requests wait; send it again.");
        }
        long taken = reader.taken();
        return kept.whenComplete((done, failed) -> room.giveBack(taken));
    }

    private void await(FirehoseSource source, CompletableFuture<Kept> kept) throws Refused {
        try {
            if (kept.get(PATIENCE_SECONDS, TimeUnit.SECONDS) != Kept.KEPT) {
                throw new Refused(503, "The request could not be kept; send it again.");
            }
            watcher.counted(source, "done");
        } catch (TimeoutException e) {
            throw new Refused(503, "The request is not kept yet; send it again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "The service ends; send it again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The answer to a wrong key: {@code message}, or after some that no more are looked at for a while. */
    Refused wrongKey(FirehoseSource source, ApiRequest head, String message) {
        // a right key is never made to wait: else strangers at the senders' own addresses could shut them out
        if (attempts.wait(source.name(), head.peer()) > 0) {
            return new Refused(429, "There were too many wrong keys.");
        }
        attempts.wrong(source.name(), head.peer());
        return new Refused(401, message);
    }

    /** Counts and logs that the request {@code id} (empty if it has none) was refused. */
    void refused(FirehoseSource source, String id, ApiRequest head, Refused why) {
        boolean busy = why.status() == 503;
        if (busy) {
            source.turnedAway(clock.millis());
        }
        watcher.counted(source, busy ? "turned away" : "refused");
        LOG.log(
                busy ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                "source " + source.name() + ": request " + (id.isEmpty() ? "" : id + " ") + "from " + head.peer() + ": "
                        + why.status() + " " + why.getMessage());
    }
}
