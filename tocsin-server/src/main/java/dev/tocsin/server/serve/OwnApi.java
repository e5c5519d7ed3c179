package dev.tocsin.server.serve;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What GuardDuty has no word for: {@code /tocsin/v1/...} and {@code /metrics}. Health is for everybody, the rest for who has
 * a key; metrics also for everybody on this machine, where nobody else can ask.
 */
final class OwnApi {

    private static final System.Logger LOG = System.getLogger(OwnApi.class.getName());
    private static final String PREFIX = "/tocsin/v1/";
    private static final String METRICS = "/metrics";

    private final Store store;
    private final SignatureVerifier verifier;
    private final Metrics metrics;
    private final Alarms alarms;
    private final boolean local;

    /**
     * Answers over {@code store}.
     *
     * @param local whether only this machine can ask
     */
    OwnApi(Store store, SignatureVerifier verifier, Metrics metrics, Alarms alarms, boolean local) {
        this.store = store;
        this.verifier = verifier;
        this.metrics = metrics;
        this.alarms = alarms;
        this.local = local;
    }

    /** Whether {@code request} is for it. */
    boolean isFor(ApiRequest request) {
        return request.rawPath().startsWith(PREFIX) || request.rawPath().equals(METRICS);
    }

    /** The answer to {@code request}; a refusal is an answer as well. */
    ApiAnswer answer(ApiRequest request) {
        String requestId = UUID.randomUUID().toString();
        try {
            return request.method().equals("GET") ? get(request) : json(405, new Doc().with("message", "GET only"));
        } catch (ApiException e) {
            return Api.refusal(e, requestId);
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request " + requestId + " failed", e);
            return Api.refusal(ApiException.internal(requestId), requestId);
        }
    }

    private ApiAnswer get(ApiRequest request) throws StoreException {
        return switch (request.rawPath()) {
            case PREFIX + "health/live" -> json(200, new Doc().with("status", "live"));
            case PREFIX + "health/ready" -> json(metrics.isReady() ? 200 : 503, metrics.health());
            case METRICS -> {
                if (!local) {
                    verifier.verify(request);
                }
                yield text("text/plain; version=0.0.4; charset=utf-8", metrics.text());
            }
            case PREFIX + "ledger" -> {
                verifier.verify(request);
                yield json(200, ledger());
            }
            default -> json(404, new Doc().with("message", "There is no " + request.rawPath() + "."));
        };
    }

    private Doc ledger() throws StoreException {
        Ledger ledger = new Ledger();
        store.ledger(row -> ledger.add(LedgerRow.of(row)));
        List<Doc> raised = alarms.open().stream().map(Alarms.Alarm::toDoc).toList();
        return ledger.toDoc().with("alarms", raised.isEmpty() ? null : raised);
    }

    private static ApiAnswer json(int status, Doc body) {
        return new ApiAnswer(
                status,
                Map.of("Content-Type", "application/json"),
                body.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static ApiAnswer text(String type, String body) {
        return new ApiAnswer(200, Map.of("Content-Type", type), body.getBytes(StandardCharsets.UTF_8));
    }
}
