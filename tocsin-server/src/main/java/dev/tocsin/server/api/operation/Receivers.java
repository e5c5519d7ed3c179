package dev.tocsin.server.api.operation;

import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Which destinations get a finding, and how often what changed is sent again (F41, F42). */
public final class Receivers {

    private final Store store;
    private final Detectors detectors;

    /** Of the destinations in {@code store}. */
    public Receivers(Store store, InstantSource clock) {
        this.store = store;
        this.detectors = new Detectors(store, clock);
    }

    /** All destinations, by the order of making. */
    public List<Resource> all() throws StoreException {
        return store.resources(Destinations.KIND);
    }

    /** The destinations of a finding of {@code account} in {@code region}: its own, and its administrator's. */
    public List<Resource> of(String account, String region) throws StoreException {
        List<Resource> destinations = new ArrayList<>(store.resources(account, region, Destinations.KIND));
        Resource administrator = detectors.membership().administrator(account, region);
        if (administrator != null) {
            destinations.addAll(store.resources(administrator.id(), region, Destinations.KIND));
        }
        return destinations;
    }

    /** How often {@code destination} gets what changed. */
    public Duration every(Resource destination) throws StoreException {
        return every(destination.account(), destination.region());
    }

    /** How often findings that go on leave the detector of {@code account}. A member's frequency is its administrator's. */
    public Duration every(String account, String region) throws StoreException {
        Resource administrator = detectors.membership().administrator(account, region);
        Resource detector = detectors.of(administrator == null ? account : administrator.id(), region);
        String frequency = detector == null ? "" : detector.document().text("findingPublishingFrequency");
        return switch (String.valueOf(frequency)) {
            case "FIFTEEN_MINUTES" -> Duration.ofMinutes(15);
            case "ONE_HOUR" -> Duration.ofHours(1);
            default -> Duration.ofHours(6);
        };
    }
}
