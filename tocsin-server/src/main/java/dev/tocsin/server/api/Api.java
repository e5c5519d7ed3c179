package dev.tocsin.server.api;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.api.sign.SignatureVerifier;
import dev.tocsin.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** GuardDuty's API over a store: the way of each request from bytes to bytes. Safe for use by many threads. */
public final class Api {

    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private final Routes routes;
    private final Binder binder;
    private final SignatureVerifier verifier;
    private final Callers callers;
    private final Operations operations;

    /** Knows whose an access key is. */
    @FunctionalInterface
    public interface Callers {
        /** The caller with {@code accessKey} in {@code region}, or null if the key is gone since its signature passed. */
        Call.@Nullable Caller caller(String accessKey, String region);
    }

    /** The API of {@code contract}: what {@code operations} do, for whom {@code verifier} and {@code callers} let in. */
    public Api(Contract contract, SignatureVerifier verifier, Callers callers, Operations operations) {
        this.routes = new Routes(contract);
        this.binder = new Binder(contract);
        this.verifier = verifier;
        this.callers = callers;
        this.operations = operations;
    }

    /** The answer to {@code request}; a refusal is an answer as well. */
    public ApiAnswer answer(ApiRequest request) {
        String requestId = UUID.randomUUID().toString();
        try {
            return handle(request, requestId);
        } catch (ApiException e) {
            return refusal(e, requestId);
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request " + requestId + " failed", e);
            return refusal(ApiException.internal(requestId), requestId);
        }
    }

    private ApiAnswer handle(ApiRequest request, String requestId) throws StoreException {
        SignatureVerifier.Signer signer = verifier.verify(request);
        Call.Caller caller = callers.caller(signer.accessKey(), signer.region());
        if (caller == null) {
            throw ApiException.unsigned(
                    "UnrecognizedClientException", "The security token included in the request is invalid.");
        }
        Routes.Route route = routes.find(request.method(), request.rawPath());
        if (route == null) {
            return error(
                    404, "UnknownOperationException", "UnknownOperationException", "No such operation.", requestId);
        }
        String name = route.operation().name();
        if (!caller.writes() && !isReading(name)) {
            throw ApiException.accessDenied("The access key " + caller.accessKey()
                    + " is a reader's and not authorized to perform: guardduty:" + name);
        }
        Doc input = binder.bind(route, request);
        Handler handler = operations.handler(name);
        if (handler == null) {
            throw ApiException.badRequest("The operation " + name + " is not there yet.");
        }
        Doc output = handler.handle(new Call(name, caller, input));
        return json(route.operation().status(), output, Map.of(), requestId);
    }

    private static boolean isReading(String operation) {
        return operation.startsWith("Get") || operation.startsWith("List") || operation.startsWith("Describe");
    }

    /** How a request is refused for {@code e}. */
    public static ApiAnswer refusal(ApiException e, String requestId) {
        return error(e.status(), e.errorClass(), e.type(), e.getMessage(), requestId);
    }

    /** Old clients read {@code __type}, new ones {@code type}; all of them raise what the header names. */
    private static ApiAnswer error(int status, String errorClass, String type, String message, String requestId) {
        Doc body = new Doc().with("message", message).with("__type", type).with("type", type);
        return json(status, body, Map.of("x-amzn-ErrorType", errorClass), requestId);
    }

    private static ApiAnswer json(int status, Doc body, Map<String, String> headers, String requestId) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("x-amzn-RequestId", requestId);
        all.put("Content-Type", "application/json");
        byte[] bytes = status == 204 ? new byte[0] : body.toJson().getBytes(StandardCharsets.UTF_8);
        return new ApiAnswer(status, all, bytes);
    }
}
