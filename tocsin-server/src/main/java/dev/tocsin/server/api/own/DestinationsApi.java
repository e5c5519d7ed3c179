package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Handler;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.deliver.Destination;
import dev.tocsin.server.deliver.DestinationForm;
import dev.tocsin.server.deliver.LaneState;
import dev.tocsin.server.deliver.Lanes;
import dev.tocsin.server.deliver.OwnDestinations;
import dev.tocsin.server.deliver.Undelivered;
import dev.tocsin.server.store.Deliveries;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/destinations}: where findings go beside GuardDuty's exports. For administrators alone. */
final class DestinationsApi {

    private static final Set<Role> ADMINISTRATORS = EnumSet.of(Role.ADMINISTRATOR);
    private static final int MOST_DEAD = 500;
    private static final Deliveries.Counts NONE = new Deliveries.Counts(0, 0, 0);

    private final OwnDestinations destinations;
    private final Lanes lanes;
    private final Deliveries deliveries;
    private final AccountsSeen seen;
    private final WatchedWrites writes;
    private final InstantSource clock;

    DestinationsApi(
            Store store,
            OwnDestinations destinations,
            Lanes lanes,
            AccountsSeen seen,
            WatchedWrites writes,
            InstantSource clock) {
        this.destinations = destinations;
        this.lanes = lanes;
        this.deliveries = new Deliveries(store);
        this.seen = seen;
        this.writes = writes;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("GET destinations", ADMINISTRATORS, (caller, request) -> list(caller))
                .on("POST destinations", ADMINISTRATORS, this::create)
                .on("GET destinations/*", ADMINISTRATORS, (caller, request) -> shown(required(caller, id(request, 0))))
                .on("POST destinations/*", ADMINISTRATORS, this::update)
                .on("DELETE destinations/*", ADMINISTRATORS, this::delete)
                .on("POST destinations/*/test", ADMINISTRATORS, this::test)
                .on("GET destinations/*/dead", ADMINISTRATORS, this::dead)
                .on("POST destinations/*/replay", ADMINISTRATORS, this::replay);
    }

    private List<OwnDestinations.Shown> all(Call.Caller caller) throws StoreException {
        return destinations.shown(caller.account(), seen.by(caller.account()).test(null));
    }

    /** The part of the path after {@code destinations}, with so many parts behind it. */
    private static String id(ApiRequest request, int behind) {
        String[] parts = request.rawPath().split("/", -1);
        return parts[parts.length - 1 - behind];
    }

    private OwnDestinations.Shown required(Call.Caller caller, String id) throws StoreException {
        return all(caller).stream()
                .filter(one -> one.resource().id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound("There is no destination " + id + "."));
    }

    private OwnDestinations.Shown changeable(Call.Caller caller, String id) throws StoreException {
        OwnDestinations.Shown one = required(caller, id);
        if (one.configured()) {
            throw ApiException.conflict("The configuration of the service has this destination: change it there.");
        }
        return one;
    }

    private ApiAnswer list(Call.Caller caller) throws StoreException {
        Map<String, Deliveries.Counts> counts = deliveries.counts();
        return OwnAnswers.json(
                200,
                new Doc()
                        .with(
                                "destinations",
                                all(caller).stream()
                                        .map(one -> doc(one, counts))
                                        .toList()));
    }

    private ApiAnswer shown(OwnDestinations.Shown one) throws StoreException {
        return OwnAnswers.json(200, doc(one, deliveries.counts()));
    }

    private Doc doc(OwnDestinations.Shown one, Map<String, Deliveries.Counts> counts) {
        String queue = Destination.queue(one.resource().id());
        Deliveries.Counts count = counts.getOrDefault(queue, NONE);
        LaneState.Snapshot state = lanes.state(queue);
        Doc doc = new Doc()
                .with("id", one.resource().id())
                .with(
                        "accountId",
                        one.resource().account().isEmpty()
                                ? null
                                : one.resource().account())
                .withAll(one.settings())
                .with("origin", one.configured() ? "configuration" : "api")
                .with("createdAt", Times.isoMillis(one.createdAt()))
                .with("waiting", count.waiting())
                .with("dead", count.dead());
        if (state != null) {
            doc.with("status", state.failingSince() == 0 ? "up" : "failing")
                    .with("failingSince", time(state.failingSince()))
                    .with("problem", state.problem())
                    .with("sent", state.sent())
                    .with("digests", state.digests())
                    .with("failures", state.failures())
                    .with("lastSentAt", time(state.lastSent()));
        }
        return doc;
    }

    private static @Nullable String time(long millis) {
        return millis == 0 ? null : Times.isoMillis(millis);
    }

    private ApiAnswer create(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc members = OwnAnswers.body(request);
        Doc asked = redacted(members);
        Doc answer = write("CreateDestination", caller, request, asked, call -> {
            try {
                return new Doc().with("id", destinations.create(caller.account(), members));
            } catch (DestinationForm.Wrong e) {
                throw wrong(e);
            }
        });
        return OwnAnswers.json(201, answer);
    }

    private ApiAnswer update(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc changes = OwnAnswers.body(request);
        OwnDestinations.Shown one = changeable(caller, id(request, 0));
        Doc asked = redacted(changes).with("id", one.resource().id());
        write("UpdateDestination", caller, request, asked, call -> {
            try {
                destinations.update(one, changes);
                return new Doc();
            } catch (DestinationForm.Wrong e) {
                throw wrong(e);
            }
        });
        return shown(required(caller, one.resource().id()));
    }

    private ApiAnswer delete(Call.Caller caller, ApiRequest request) throws StoreException {
        OwnDestinations.Shown one = changeable(caller, id(request, 0));
        Doc asked = new Doc()
                .with("id", one.resource().id())
                .with("name", one.settings().text("name"));
        write("DeleteDestination", caller, request, asked, call -> {
            destinations.delete(one);
            return new Doc();
        });
        return OwnAnswers.json(200, new Doc());
    }

    private ApiAnswer test(Call.Caller caller, ApiRequest request) throws StoreException {
        OwnDestinations.Shown one = required(caller, id(request, 1));
        Destination destination = destinations.destination(one.resource());
        Doc asked = new Doc().with("id", one.resource().id());
        return OwnAnswers.json(200, write("TestDestination", caller, request, asked, call -> tested(destination)));
    }

    private Doc tested(@Nullable Destination destination) {
        long begin = clock.millis();
        try {
            if (destination == null) {
                return new Doc()
                        .with("delivered", false)
                        .with("answer", "Its secrets cannot be opened here; give them anew.");
            }
            String answer = lanes.test(destination);
            return new Doc().with("delivered", true).with("answer", answer).with("millis", clock.millis() - begin);
        } catch (Undelivered e) {
            return new Doc()
                    .with("delivered", false)
                    .with("answer", e.getMessage())
                    .with("millis", clock.millis() - begin);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Doc().with("delivered", false).with("answer", "The service is being stopped.");
        }
    }

    private ApiAnswer dead(Call.Caller caller, ApiRequest request) throws StoreException {
        String queue =
                Destination.queue(required(caller, id(request, 1)).resource().id());
        List<Doc> letters = new ArrayList<>();
        for (Deliveries.Dead one : deliveries.dead(queue, MOST_DEAD)) {
            letters.add(new Doc()
                    .with("findingId", one.item())
                    .with("type", one.type())
                    .with("severity", one.severity())
                    .with("tries", one.tries())
                    .with("deadSince", Times.isoMillis(one.deadSince()))
                    .with("problem", one.problem()));
        }
        long all = deliveries.counts().getOrDefault(queue, NONE).dead();
        return OwnAnswers.json(200, new Doc().with("dead", all).with("letters", letters));
    }

    private ApiAnswer replay(Call.Caller caller, ApiRequest request) throws StoreException {
        OwnDestinations.Shown one = required(caller, id(request, 1));
        Doc body = request.body().length == 0 ? new Doc() : OwnAnswers.body(request);
        List<String> ids = new ArrayList<>();
        if (body.get("findingIds") instanceof List<?> list) {
            list.forEach(id -> ids.add(String.valueOf(id)));
            if (ids.isEmpty() || ids.size() > MOST_DEAD) {
                throw ApiException.invalid(
                        "findingIds", "Expected 1 to " + MOST_DEAD + " ids; without it all are sent.");
            }
        }
        Doc asked = new Doc().withAll(body).with("id", one.resource().id());
        Doc answer = write(
                "ReplayDeadLetters",
                caller,
                request,
                asked,
                call -> new Doc()
                        .with(
                                "replayed",
                                deliveries.replay(
                                        Destination.queue(one.resource().id()), ids, clock.millis())));
        return OwnAnswers.json(200, answer);
    }

    private Doc write(String action, Call.Caller caller, ApiRequest request, Doc asked, Handler handler)
            throws StoreException {
        return writes.run(new Call(action, caller, asked), request.peer(), handler);
    }

    /** What the audit log and notices may say of {@code members}, which nobody has checked yet. */
    private static Doc redacted(Doc members) {
        try {
            return DestinationForm.shown(members);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("url", "Expected a URL.");
        }
    }

    private static ApiException wrong(DestinationForm.Wrong e) {
        return ApiException.invalid(e.member(), e.getMessage());
    }
}
