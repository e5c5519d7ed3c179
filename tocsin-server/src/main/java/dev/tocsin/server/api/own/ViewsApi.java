package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /tocsin/v1/views}: how somebody likes to see findings: names for states of the console's list. Each key and user has
 * its own, readers as well: nobody else is touched by them.
 */
final class ViewsApi {

    private static final String KIND = "console-view";
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_QUERY = 4_096;

    private final Store store;
    private final WatchedWrites writes;
    private final InstantSource clock;

    ViewsApi(Store store, WatchedWrites writes, InstantSource clock) {
        this.store = store;
        this.writes = writes;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("GET views", OwnApi.READERS, (caller, request) -> list(caller))
                .on("POST views", OwnApi.READERS, this::save)
                .on("DELETE views/*", OwnApi.READERS, this::delete);
    }

    /** What somebody's views are kept under; the place of the Region is that of whose they are. */
    private List<Resource> views(Call.Caller caller) throws StoreException {
        return store.resources(caller.account(), caller.principal(), KIND);
    }

    private ApiAnswer list(Call.Caller caller) throws StoreException {
        return OwnAnswers.json(
                200,
                new Doc()
                        .with(
                                "views",
                                views(caller).stream().map(Resource::document).toList()));
    }

    private ApiAnswer save(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request);
        String name = text(body, "name", LONGEST_NAME).strip();
        String query = text(body, "query", LONGEST_QUERY);
        List<Resource> all = views(caller);
        if (all.size() >= MOST && all.stream().noneMatch(one -> one.id().equals(name))) {
            throw ApiException.badRequest("There are " + MOST + " views already; delete one.");
        }
        Doc view = new Doc().with("name", name).with("query", query).with("savedAt", Times.isoMillis(clock.millis()));
        writes.run(new Call("SaveView", caller, view), request.peer(), call -> {
            store.write(transaction ->
                    transaction.resource(new Resource(caller.account(), caller.principal(), KIND, name, view)));
            return new Doc();
        });
        return list(caller);
    }

    private ApiAnswer delete(Call.Caller caller, ApiRequest request) throws StoreException {
        String path = request.rawPath();
        String name = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        if (store.resource(caller.account(), caller.principal(), KIND, name) == null) {
            throw ApiException.notFound("There is no view of that name.");
        }
        writes.run(new Call("DeleteView", caller, new Doc().with("name", name)), request.peer(), call -> {
            store.write(transaction -> transaction.removeResource(caller.account(), caller.principal(), KIND, name));
            return new Doc();
        });
        return list(caller);
    }

    private static String text(Doc body, String member, int longest) {
        String text = body.text(member);
        if (text == null || text.isBlank() || text.length() > longest) {
            throw ApiException.invalid(member, "Expected 1 to " + longest + " characters.");
        }
        return text;
    }
}
