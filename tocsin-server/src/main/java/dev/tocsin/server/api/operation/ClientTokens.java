package dev.tocsin.server.api.operation;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Handler;
import dev.tocsin.server.api.contract.Operation;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Makes calls with a clientToken idempotent (F76): one that is sent again, as clients do when they heard no answer, gets
 * the answer of the first and does nothing.
 */
final class ClientTokens {

    /** The kind of a call with a token; its id is made from operation and token. */
    static final String KIND = "clienttoken";

    private static final String TOKEN = "clientToken";
    private static final int LONGEST = 64;

    /** How long a call is remembered; clients give up long before. */
    private static final Duration KEPT = Duration.ofHours(8);

    private final Store store;
    private final InstantSource clock;
    private final Object lock = new Object();

    ClientTokens(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** What stands in the place of {@code handler}, which does {@code operation}. */
    Handler around(Operation operation, Handler handler) {
        return operation.input().member(TOKEN) == null ? handler : call -> once(handler, call);
    }

    private Doc once(Handler handler, Call call) throws StoreException {
        String token = call.text(TOKEN);
        if (token.length() > LONGEST) { // newer operations have no limit in the model
            throw ApiException.invalid(TOKEN, "Expected at most " + LONGEST + " characters.");
        }
        if (token.isEmpty()) {
            return handler.handle(call);
        }
        Call.Caller caller = call.caller();
        String id = Hash.id(call.operation(), token);
        String input = Hash.id(call.input().toJson());
        synchronized (lock) { // two at once with one token would both be first
            Resource first = store.resource(caller.account(), caller.region(), KIND, id);
            if (first != null && !isOld(first)) {
                if (!input.equals(first.document().text("input"))) {
                    throw ApiException.badRequest(
                            "The request is rejected because the clientToken was used with other parameters before.");
                }
                return first.document().part("answer");
            }
            return first(handler, call, id, input);
        }
    }

    /** What is made and the answer are written together: after a crash either both are there or neither. */
    private Doc first(Handler handler, Call call, String id, String input) throws StoreException {
        Call.Caller caller = call.caller();
        Doc[] answer = new Doc[1];
        store.write(transaction -> {
            answer[0] = handler.handle(call);
            Doc document =
                    new Doc().with("input", input).with("answer", answer[0]).with("at", clock.millis());
            for (Resource one : store.resources(caller.account(), caller.region(), KIND)) {
                if (isOld(one)) {
                    transaction.removeResource(one.account(), one.region(), KIND, one.id());
                }
            }
            transaction.resource(new Resource(caller.account(), caller.region(), KIND, id, document));
        });
        return answer[0];
    }

    private boolean isOld(Resource token) {
        return clock.millis() - token.document().number("at", 0) > KEPT.toMillis();
    }
}
