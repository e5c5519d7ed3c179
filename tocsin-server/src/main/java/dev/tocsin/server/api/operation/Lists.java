package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lists of addresses and entities that customers bring: their registration and life cycle (F54 to F58). */
public final class Lists {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9 _-]{1,300}");
    private static final Pattern LOCATION = Pattern.compile("(?:s3|https?|file)://.+");

    /** Statuses in which nothing is under way. */
    private static final List<String> SETTLED = List.of("ACTIVE", "INACTIVE", "ERROR");

    private final Store store;
    private final Detectors detectors;
    private final Ids ids;
    private final InstantSource clock;
    private final Consumer<Resource> changed;

    /**
     * Lists of {@code detectors}, kept in {@code store}.
     *
     * @param changed is told of each list that is to be activated, deactivated or forgotten; it settles the status
     */
    public Lists(Store store, Detectors detectors, Ids ids, InstantSource clock, Consumer<Resource> changed) {
        this.store = store;
        this.detectors = detectors;
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    /** Adds the operations on lists. */
    public void register(Operations operations) {
        for (ListKind kind : ListKind.ALL) {
            operations
                    .on("Create" + kind.operation(), call -> create(kind, call))
                    .on("Get" + kind.operation(), call -> get(kind, call))
                    .on("List" + kind.operation() + "s", call -> list(kind, call))
                    .on("Update" + kind.operation(), call -> update(kind, call))
                    .on("Delete" + kind.operation(), call -> delete(kind, call));
        }
    }

    private Doc create(ListKind kind, Call call) throws StoreException {
        Doc input = call.input();
        check(input);
        Resource detector = detectors.required(call);
        List<Resource> all = listed(kind, detector);
        if (all.size() >= kind.most()) {
            throw ApiException.badRequest("The request is rejected because the account already has "
                    + (kind.most() == 1 ? "a " + kind.operation() : kind.most() + " " + kind.operation() + "s") + ".");
        }
        String name = call.text("name");
        if (all.stream().anyMatch(list -> name.equals(list.document().text("name")))) {
            throw ApiException.badRequest("The request is rejected because a list with the given name already exists.");
        }
        boolean active = Boolean.TRUE.equals(input.get("activate"));
        Doc document = new Doc()
                .with("name", name)
                .with("format", input.text("format"))
                .with("location", input.text("location"))
                .with("expectedBucketOwner", input.text("expectedBucketOwner"))
                .with("tags", Tags.given(input))
                .with("createdAt", now())
                .with("updatedAt", now())
                .with("status", active ? "ACTIVATING" : "INACTIVE");
        Resource list = new Resource(detector.account(), detector.region(), kind.kind(), ids.next(), document);
        keep(list);
        return new Doc().with(kind.id(), list.id());
    }

    private Doc get(ListKind kind, Call call) throws StoreException {
        Doc document = required(kind, call).document();
        Doc answer = new Doc();
        for (String member : List.of("name", "format", "location", "status", "tags", "expectedBucketOwner")) {
            answer.with(member, document.get(member));
        }
        if (kind.dated()) {
            for (String member : List.of("createdAt", "updatedAt", "errorDetails")) {
                answer.with(member, document.get(member));
            }
        }
        return answer;
    }

    private Doc list(ListKind kind, Call call) throws StoreException {
        List<Resource> all = listed(kind, detectors.required(call));
        return Pages.page(call, kind.id() + "s", all, Resource::id, Resource::id);
    }

    private Doc update(ListKind kind, Call call) throws StoreException {
        Doc input = call.input();
        check(input);
        Resource list = required(kind, call);
        Doc document = new Doc().withAll(list.document());
        String status = String.valueOf(document.text("status"));
        if (!SETTLED.contains(status)) {
            throw ApiException.badRequest("The request is rejected because the list is in the status " + status
                    + "; try again when it is settled.");
        }
        for (String member : List.of("name", "location", "expectedBucketOwner")) {
            document.with(member, input.get(member));
        }
        boolean wasActive = !status.equals("INACTIVE");
        boolean active = input.get("activate") == null ? wasActive : Boolean.TRUE.equals(input.get("activate"));
        document.with("updatedAt", now())
                .with("status", active ? "ACTIVATING" : wasActive ? "DEACTIVATING" : "INACTIVE")
                .without("errorDetails");
        keep(list.with(document));
        return new Doc();
    }

    private Doc delete(ListKind kind, Call call) throws StoreException {
        Resource list = required(kind, call);
        keep(list.with(new Doc()
                .withAll(list.document())
                .with("status", "DELETE_PENDING")
                .with("updatedAt", now())));
        return new Doc();
    }

    private void keep(Resource list) throws StoreException {
        store.write(transaction -> transaction.resource(list));
        if (!SETTLED.contains(list.document().text("status"))) {
            store.afterwards(() -> changed.accept(list));
        }
    }

    private List<Resource> listed(ListKind kind, Resource detector) throws StoreException {
        return store.resources(detector.account(), detector.region(), kind.kind()).stream()
                .filter(list -> !String.valueOf(list.document().text("status")).startsWith("DELETE"))
                .toList();
    }

    /** A list that was deleted stays readable by id for a while: Terraform waits to see it so. */
    private Resource required(ListKind kind, Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Resource list = store.resource(detector.account(), detector.region(), kind.kind(), call.text(kind.pathId()));
        if (list == null) {
            throw ApiException.badRequest(ApiException.NOT_OWNED);
        }
        return list;
    }

    private static void check(Doc input) {
        String name = input.text("name");
        if (name != null && !NAME.matcher(name).matches()) {
            throw ApiException.invalid("name", "Expected letters, digits, blanks, dashes and underscores.");
        }
        String location = input.text("location");
        if (location != null && !LOCATION.matcher(location).matches()) {
            throw ApiException.invalid("location", "Expected s3://BUCKET/KEY, an https address or a file: address.");
        }
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}
