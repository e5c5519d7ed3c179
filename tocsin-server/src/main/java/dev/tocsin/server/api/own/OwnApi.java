package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.Admission;
import dev.tocsin.server.api.Api;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.store.StoreException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What GuardDuty has no word for: {@code /tocsin/v1/...} and {@code /metrics}. docs/own-api.md lists it. */
final class OwnApi {

    /** Who may see what administrators and readers may. */
    static final Set<Role> READERS = EnumSet.of(Role.ADMINISTRATOR, Role.READER);

    private static final System.Logger LOG = System.getLogger(OwnApi.class.getName());
    private static final String PREFIX = "/tocsin/v1/";
    private static final String METRICS = "/metrics";

    private final Admission admission;
    private final Map<String, Handler> handlers = new HashMap<>();

    /** Answers a request. */
    @FunctionalInterface
    interface Handler {
        ApiAnswer answer(ApiRequest request) throws StoreException;
    }

    /** Answers somebody's request. */
    @FunctionalInterface
    interface CallersHandler {
        ApiAnswer answer(Call.Caller caller, ApiRequest request) throws StoreException;
    }

    /** Nothing yet, for whom {@code admission} lets in. */
    OwnApi(Admission admission) {
        this.admission = admission;
    }

    /**
     * Adds what everybody may ask.
     *
     * @param route method, blank, path below {@code /tocsin/v1/}, or the whole path; a last part of *, or the one before, is any
     */
    OwnApi open(String route, Handler handler) {
        int path = route.indexOf(' ') + 1;
        String whole = route.startsWith("/", path) ? route.substring(path) : PREFIX + route.substring(path);
        if (handlers.put(route.substring(0, path) + whole, handler) != null) {
            throw new IllegalArgumentException("two handlers for " + route);
        }
        return this;
    }

    /** Adds what those with one of {@code roles} may ask; {@code route} as in {@link #open}. */
    OwnApi on(String route, Set<Role> roles, CallersHandler handler) {
        return open(route, request -> {
            Call.Caller caller = admission.admit(request);
            if (!roles.contains(caller.role())) {
                throw ApiException.accessDenied("User: " + caller.principal() + " with the role "
                        + caller.role().text() + " is not authorized to perform: " + route);
            }
            return handler.answer(caller, request);
        });
    }

    /** Whether {@code request} is for it. */
    boolean isFor(ApiRequest request) {
        return request.rawPath().startsWith(PREFIX) || request.rawPath().equals(METRICS);
    }

    /** The answer to {@code request}; a refusal is an answer as well. */
    ApiAnswer answer(ApiRequest request) {
        String requestId = UUID.randomUUID().toString();
        try {
            Handler handler = handler(request);
            return handler == null ? unknown(request) : handler.answer(request);
        } catch (ApiException e) {
            return Api.refusal(e, requestId);
        } catch (StoreException | RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "request " + requestId + " failed", e);
            return Api.refusal(ApiException.internal(requestId), requestId);
        }
    }

    /** The handler of the path, else of all that lies below its folder. */
    private @Nullable Handler handler(ApiRequest request) {
        String path = request.rawPath();
        Handler handler = handlers.get(request.method() + " " + path);
        int last = path.lastIndexOf('/');
        if (handler == null) {
            handler = handlers.get(request.method() + " " + path.substring(0, last + 1) + "*");
        }
        if (handler == null && last > 0) {
            String folder = path.substring(0, path.lastIndexOf('/', last - 1) + 1);
            handler = handlers.get(request.method() + " " + folder + "*" + path.substring(last));
        }
        return handler;
    }

    private ApiAnswer unknown(ApiRequest request) {
        boolean otherMethod = handlers.keySet().stream().anyMatch(route -> route.endsWith(" " + request.rawPath()));
        return otherMethod
                ? OwnAnswers.message(405, request.rawPath() + " does not take " + request.method() + ".")
                : OwnAnswers.json(404, new Doc().with("message", "There is no such path."));
    }
}
