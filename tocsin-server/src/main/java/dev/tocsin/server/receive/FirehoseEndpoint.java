package dev.tocsin.server.receive;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.http.LargeBodies;
import dev.tocsin.server.security.ReceiverKeys;
import dev.tocsin.server.source.FirehoseSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speaks Amazon Data Firehose's HTTP endpoint delivery, version 1.0. A request is answered 200 once the store holds what it
 * brought, and at once if it does already. After any other answer but 413 Firehose sends it again.
 */
public final class FirehoseEndpoint implements LargeBodies {

    /** Firehose's ids are GUIDs. */
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z-]{1,128}");

    private static final int LONGEST_MESSAGE = 8_192;

    private static final System.Logger LOG = System.getLogger(FirehoseEndpoint.class.getName());

    private final Map<String, FirehoseSource> byPath = new LinkedHashMap<>();
    private final Keys keys;
    private final Watcher watcher;
    private final InstantSource clock;
    private final Deliveries deliveries;

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
        this.deliveries = new Deliveries(watcher, clock);
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
            take(source, head, id, body);
            return answer(200, id, null);
        } catch (Refused e) {
            deliveries.refused(source, id, head, e);
            return answer(e.status(), id, String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "source " + source.name() + ": request " + id + " failed", e);
            return answer(500, id, "The request could not be worked on; send it again.");
        }
    }

    /** All that can be told before the body is read. */
    private void check(FirehoseSource source, ApiRequest head, String id) throws Refused, IOException {
        if (!head.method().equals("POST")) {
            throw new Refused(405, "Only POST is taken here.");
        }
        String key = head.header("x-amz-firehose-access-key");
        if (key == null || key.length() > ReceiverKeys.LONGEST || !keys.isRight(source.name(), key)) {
            throw deliveries.wrongKey(source, head, "X-Amz-Firehose-Access-Key is missing or wrong.");
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

    private void take(FirehoseSource source, ApiRequest head, String id, InputStream body) throws Refused, IOException {
        try {
            deliveries.take(
                    source, id, head, body, bytes -> FirehoseBody.of(bytes, id).timestamp());
        } catch (Refused e) {
            if (e.status() == 413) {
                watcher.lost(source, id, String.valueOf(e.getMessage()));
            }
            throw e;
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
