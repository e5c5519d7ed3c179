package dev.tocsin.server.api.operation;

import dev.tocsin.core.engine.ProfileChange;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Changes of profiles that wait for the engine, in the order in which they were asked for. */
public final class ProfileChanges {

    /** The resources that they are. */
    public static final String KIND = "profileChange";

    private static final String ANYWHERE = "";

    private final Store store;
    private final InstantSource clock;

    /** In {@code store}. */
    public ProfileChanges(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Keeps {@code change} for the engine. */
    public void add(ProfileChange change) throws StoreException {
        String id = String.format(Locale.ROOT, "%016x-%s", clock.millis(), UUID.randomUUID());
        Resource resource = new Resource(change.account(), ANYWHERE, KIND, id, change.toDoc());
        store.write(transaction -> transaction.resource(resource));
    }

    /** Has what led to {@code finding} accepted as usual, if it tells of an identity's habits. */
    public void accept(Doc finding) throws StoreException {
        Doc score = finding.at("service", "additionalInfo", "score");
        String principal = score == null ? null : score.text("profile");
        String account = finding.text("accountId");
        if (principal != null && account != null) {
            add(new ProfileChange(account, principal, ProfileChange.Action.ACCEPT, List.of()));
        }
    }

    /** Those that wait, the first asked for first. */
    public static List<Resource> waiting(Store store) throws StoreException {
        return store.resources(KIND).stream()
                .sorted(Comparator.comparing(Resource::id))
                .toList();
    }

    /** Forgets {@code change}, which is made. */
    public static void made(StoreTransaction transaction, Resource change) throws IOException {
        transaction.removeResource(change.account(), change.region(), KIND, change.id());
    }
}
