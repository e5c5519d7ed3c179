package dev.tocsin.server.api;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.contract.Contract;
import dev.tocsin.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** GuardDuty's API over a store: the way of each request from bytes to bytes. Safe for use by many threads. */
public final class Api {

    private static final System.Logger LOG = System.getLogger(Api.class.getName());

    private final Routes routes;
    private final Binder binder;
    private final Admission admission;
    private final Operations operations;
    private final Writes writes;

    /** Stands around each operation that may change something. */
    @FunctionalInterface
    public interface Writes {
        /** Lets {@code handler} do {@code call}, which came from {@code peer}. */
        Doc run(Call call, String peer, Handler handler) throws StoreException;
    }

    /**
     * The API of {@code contract}: what {@code operations} do, for whom {@code admission} lets in, with {@code writes}
     * around what changes something.
     */
    public Api(Contract contract, Admission admission, Operations operations, Writes writes) {
        this.routes = new Routes(contract);
        this.binder = new Binder(contract);
        this.admission = admission;
        this.operations = operations;
        this.writes = writes;
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
        Call.Caller caller = admission.admit(request);
        Routes.Route route = routes.find(request.method(), request.rawPath());
        if (route == null) {
            return error(
                    404, "UnknownOperationException", "UnknownOperationException", "No such operation.", requestId);
        }
        String name = route.operation().name();
        if (!mayCall(caller.role(), name)) {
            throw ApiException.accessDenied("User: " + caller.principal() + " with the role "
                    + caller.role().text() + " is not authorized to perform: guardduty:" + name);
        }
        Doc input = binder.bind(route, request);
        Handler handler = operations.handler(name);
        if (handler == null) {
            throw ApiException.badRequest("The operation " + name + " is not there yet.");
        }
        Call call = new Call(name, caller, input);
        Doc output = isReading(name) ? handler.handle(call) : writes.run(call, request.peer(), handler);
        return json(route.operation().status(), output, Map.of(), requestId);
    }

    private static boolean mayCall(Role role, String operation) {
        return switch (role) {
            case ADMINISTRATOR -> true;
            case READER -> isReading(operation);
            case INGEST -> false;
        };
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
