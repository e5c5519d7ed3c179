package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Admission;
import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.http.EventStreams;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.receive.Refused;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code GET /tocsin/v1/events}: findings as they come, by server-sent events. */
final class EventsApi implements EventStreams {

    /** Streams at a time; each holds one of the server's requests. */
    static final int MOST = 100;

    /** Streams of one key or user at a time. */
    static final int MOST_OF_ONE = 10;

    private static final System.Logger LOG = System.getLogger(EventsApi.class.getName());
    private static final String PATH = "/tocsin/v1/events";
    private static final Duration BEAT = Duration.ofSeconds(15);
    private static final String RETRY_SECONDS = "30";

    private final Admission admission;
    private final AccountsSeen seen;
    private final LiveFindings live;
    private final Duration beat;
    private final Set<EventStream> open = ConcurrentHashMap.newKeySet();

    EventsApi(Admission admission, AccountsSeen seen, LiveFindings live) {
        this(admission, seen, live, BEAT);
    }

    EventsApi(Admission admission, AccountsSeen seen, LiveFindings live, Duration beat) {
        this.admission = admission;
        this.seen = seen;
        this.live = live;
        this.beat = beat;
    }

    @Override
    public boolean isFor(ApiRequest request) {
        return request.rawPath().equals(PATH) && request.method().equals("GET");
    }

    @Override
    public Opened open(ApiRequest request) {
        try {
            Call.Caller caller = admission.admit(request);
            if (!OwnApi.READERS.contains(caller.role())) {
                throw ApiException.accessDenied("User: " + caller.principal() + " with the role "
                        + caller.role().text() + " is not authorized to listen to findings.");
            }
            EventStream stream = reserved(request, caller);
            if (stream == null) {
                return new Refused(OwnAnswers.json(
                        503,
                        new Doc().with("message", "As many listen to findings as may; ask for them from time to time."),
                        Map.of("Retry-After", RETRY_SECONDS)));
            }
            return listening(stream, request.header("last-event-id"));
        } catch (StoreException e) {
            String id = UUID.randomUUID().toString();
            LOG.log(System.Logger.Level.ERROR, "request " + id + " failed", e);
            return new Refused(Api.refusal(ApiException.internal(id), id));
        }
    }

    private EventStream listening(EventStream stream, @Nullable String last) throws StoreException {
        try {
            live.add(stream, last);
            return stream;
        } catch (StoreException | RuntimeException e) {
            ended(stream);
            throw e;
        }
    }

    private synchronized @Nullable EventStream reserved(ApiRequest request, Call.Caller caller) throws StoreException {
        long own = open.stream()
                .filter(one -> one.principal().equals(caller.principal()))
                .count();
        if (open.size() >= MOST || own >= MOST_OF_ONE) {
            return null;
        }
        EventStream[] self = new EventStream[1];
        EventStream stream = new EventStream(
                caller.principal(), seen.by(caller.account()), () -> sight(request), beat, () -> ended(self[0]));
        self[0] = stream;
        open.add(stream);
        return stream;
    }

    private void ended(EventStream stream) {
        live.remove(stream);
        open.remove(stream);
    }

    /** What the sender of {@code request} may see now; null if it is not let in any more. */
    private @Nullable Predicate<@Nullable String> sight(ApiRequest request) throws StoreException {
        try {
            return seen.by(admission.admit(request).account());
        } catch (ApiException e) {
            return null;
        }
    }
}
