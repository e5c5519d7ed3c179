package dev.tocsin.server.publish;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.operation.Destinations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;

/** Keeps what the API says of a destination: whether it can be published to, and since when not. */
final class DestinationStates {

    private final Store store;
    private final InstantSource clock;

    DestinationStates(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Ends the verification of a new or changed destination: it fails where the bucket is known not to be there. */
    void verify(Resource destination, Buckets buckets) throws StoreException {
        if (Destinations.PENDING.equals(destination.document().text(Destinations.STATUS))) {
            if (buckets.isMissing(ExportObject.bucket(destination))) {
                unable(destination);
            } else {
                publishing(destination);
            }
        }
    }

    void publishing(Resource destination) throws StoreException {
        become(destination, Destinations.PUBLISHING);
    }

    void unable(Resource destination) throws StoreException {
        become(destination, Destinations.UNABLE);
    }

    /** Changes nothing if the destination was changed or deleted meanwhile: then this is no news of it. */
    private void become(Resource destination, String status) throws StoreException {
        Resource now =
                store.resource(destination.account(), destination.region(), destination.kind(), destination.id());
        if (now == null
                || !pendingSince(now).equals(pendingSince(destination))
                || status.equals(now.document().text(Destinations.STATUS))) {
            return;
        }
        Doc document = new Doc().withAll(now.document()).with(Destinations.STATUS, status);
        if (status.equals(Destinations.UNABLE)) {
            document.with(Destinations.FAILING_SINCE, clock.millis());
        } else {
            document.without(Destinations.FAILING_SINCE);
        }
        store.write(transaction -> transaction.resource(now.with(document)));
    }

    private static Long pendingSince(Resource destination) {
        return destination.document().number("pendingSince", 0);
    }
}
