package dev.tocsin.server.receive;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.LargeBodies;
import dev.tocsin.server.security.Attempts;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.source.FirehoseSource.Kept;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Amazon Data Firehose's HTTP endpoint delivery, version 1.0. A request is answered 200 once the store holds what it
 * brought, and at once if it does already. After any other answer but 413 Firehose sends it again.
 */
public final class FirehoseEndpoint implements LargeBodies {

    /** What an answer is awaited at most, in seconds; Firehose gives up after three minutes. */
    private static final long PATIENCE_SECONDS = 150;

    /** Firehose's ids are GUIDs. */
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z-]{1,128}");

    private static final int LONGEST_MESSAGE = 8_192;

    private static final System.Logger LOG = System.getLogger(FirehoseEndpoint.class.getName());

    private final Map<String, FirehoseSource> byPath = new LinkedHashMap<>();
    private final Keys keys;
    private final Watcher watcher;
    private final InstantSource clock;
    private final Attempts attempts;
    private final BodyRoom room = new BodyRoom();

    /** Tells keys. */
    @FunctionalInterface
    public interface Keys {
        /** Whether {@code presented} is a key of {@code source}. */
        boolean isRight(String source, String presented) throws IOException;
    }

    /** Is told what comes. */
    public interface Watcher {
        /** Whether the store holds the request {@code id} of {@code source}. */
        boolean wasRead(FirehoseSource source, String id) throws IOException;

        /** Firehose's stream {@code arn} delivers to {@code source}, whose key it has. */
        void streams(FirehoseSource source, String arn);

        /** A request to {@code source} came to {@code result}. */
        void counted(FirehoseSource source, String result);

        /** The request {@code id} of {@code source} is lost, because of {@code reason}. */
        void lost(FirehoseSource source, String id, String reason) throws IOException;
    }

    /** For {@code sources}, each at its path. */
    public FirehoseEndpoint(Iterable<FirehoseSource> sources, Keys keys, Watcher watcher, InstantSource clock) {
        sources.forEach(source -> byPath.put(source.settings().path(), source));
        this.keys = keys;
        this.watcher = watcher;
        this.clock = clock;
        this.attempts = new Attempts(clock);
    }

    @Override
    public boolean isFor(String rawPath) {
        return byPath.containsKey(rawPath);
    }

    @Override
    public ApiAnswer answer(ApiRequest head, InputStream body) {
        FirehoseSource source = byPath.get(head.rawPath());
        String said = head.header("x-amz-firehose-request-id");
        String id = said != null && REQUEST_ID.matcher(said).matches() ? said : "";
        if (source == null) {
            return answer(404, id, "There is no receiver at this path.");
        }
        try {
            check(source, head, id);
            return take(source, head, id, body);
        } catch (Refused e) {
            return refused(source, head, id, e);
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "source " + source.name() + ": request " + id + " failed", e);
            return answer(500, id, "The request could not be worked on; send it again.");
        }
    }

    private ApiAnswer refused(FirehoseSource source, ApiRequest head, String id, Refused e) {
        if (e.status() == 503) {
            source.turnedAway(clock.millis());
        }
        watcher.counted(source, e.status() == 503 ? "turned away" : "refused");
        String message = String.valueOf(e.getMessage());
        LOG.log(
                e.status() == 503 ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                "source " + source.name() + ": request " + id + " from " + head.peer() + ": " + e.status() + " "
                        + message);
        return answer(e.status(), id, message);
    }

    /** All that can be told before the body is read. */
    private void check(FirehoseSource source, ApiRequest head, String id) throws Refused, IOException {
        if (!head.method().equals("POST")) {
            throw new Refused(405, "Only POST is taken here.");
        }
        String key = head.header("x-amz-firehose-access-key");
        if (key == null || key.length() > ReceiverKeys.LONGEST || !keys.isRight(source.name(), key)) {
            // a right key is never made to wait: else strangers at Firehose's own addresses could shut it out
            if (attempts.wait(source.name(), head.peer()) > 0) {
                throw new Refused(429, "There were too many wrong access keys.");
            }
            attempts.wrong(source.name(), head.peer());
            throw new Refused(401, "X-Amz-Firehose-Access-Key is missing or wrong.");
        }
        if (!"1.0".equals(head.header("x-amz-firehose-protocol-version"))) {
            throw new Refused(400, "X-Amz-Firehose-Protocol-Version is not 1.0.");
        }
        if (id.isEmpty()) {
            throw new Refused(400, "X-Amz-Firehose-Request-Id is missing or no id.");
        }
        String type = head.header("content-type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new Refused(400, "Content-Type is not application/json.");
        }
        String arn = head.header("x-amz-firehose-source-arn");
        if (arn != null) {
            watcher.streams(source, arn);
        }
    }

    private ApiAnswer take(FirehoseSource source, ApiRequest head, String id, InputStream body)
            throws Refused, IOException {
        if (watcher.wasRead(source, id)) {
            watcher.counted(source, "redelivered");
            return answer(200, id, null);
        }
        if (!source.isOpen()) {
            throw new Refused(503, "The service is not ready; send it again.");
        }
        CompletableFuture<Kept> kept = source.awaited(id);
        return await(source, id, kept == null ? received(source, head, id, body) : kept);
    }

    /** The request, which waits from now on. */
    private CompletableFuture<Kept> received(FirehoseSource source, ApiRequest head, String id, InputStream body)
            throws Refused, IOException {
        BodyReader reader = new BodyReader(room);
        CompletableFuture<Kept> kept = null;
        try {
            byte[] bytes = reader.read(head, body);
            FirehoseBody checked = FirehoseBody.of(bytes, id);
            kept = source.offer(id, bytes, checked.timestamp(), clock.millis());
        } catch (Refused e) {
            if (e.status() == 413) {
                watcher.lost(source, id, String.valueOf(e.getMessage()));
            }
            throw e;
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

    private ApiAnswer await(FirehoseSource source, String id, CompletableFuture<Kept> kept) throws Refused {
        try {
            if (kept.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == Kept.KEPT) {
                watcher.counted(source, "done");
                return answer(200, id, null);
            }
            throw new Refused(503, "The request could not be kept; send it again.");
        } catch (TimeoutException e) {
            throw new Refused(503, "The request is not kept yet; send it again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(503, "The service ends; send it again.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private ApiAnswer answer(int status, String id, @Nullable String error) {
        Doc body = new Doc().with("requestId", id).with("timestamp", clock.millis());
        if (error != null) {
            body.with("errorMessage", error.substring(0, Math.min(LONGEST_MESSAGE, error.length())));
        }
        return new ApiAnswer(
                status,
                Map.of("Content-Type", "application/json"),
                body.toJson().getBytes(StandardCharsets.UTF_8));
    }
}
