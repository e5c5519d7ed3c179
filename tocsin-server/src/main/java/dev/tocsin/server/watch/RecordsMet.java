package dev.tocsin.server.watch;

import dev.tocsin.core.event.Event;
import dev.tocsin.server.report.Seen;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What kinds of records were taken, by account and Region: what coverage is judged by. It is written with each checkpoint, so
 * that it counts each record once, as findings do.
 */
public final class RecordsMet {

    private static final String KIND = "recordsMet";
    private static final String ID = "seen";

    private final Map<String, Map<String, Seen>> byPlace = new TreeMap<>();
    private final Set<Seen> changed = new HashSet<>();
    private String lastAccount = "";
    private String lastRegion = "";
    private Seen last = new Seen();

    /** What {@code store} knows. */
    public static RecordsMet of(Store store) throws StoreException {
        RecordsMet met = new RecordsMet();
        for (Resource kept : store.resources(KIND)) {
            met.byPlace
                    .computeIfAbsent(kept.account(), account -> new TreeMap<>())
                    .put(kept.region(), Seen.of(kept.document()));
        }
        return met;
    }

    /** Counts {@code events}. */
    void add(List<Event> events) {
        for (Event event : events) {
            if (!event.account().equals(lastAccount) || !event.region().equals(lastRegion)) {
                lastAccount = event.account();
                lastRegion = event.region();
                last = byPlace.computeIfAbsent(lastAccount, account -> new TreeMap<>())
                        .computeIfAbsent(lastRegion, region -> new Seen());
            }
            changed.add(last);
            last.add(event);
        }
    }

    /** Writes what was counted since the last time. */
    void save(StoreTransaction transaction) throws IOException {
        for (Map.Entry<String, Map<String, Seen>> account : byPlace.entrySet()) {
            for (Map.Entry<String, Seen> region : account.getValue().entrySet()) {
                if (changed.contains(region.getValue())) {
                    transaction.resource(new Resource(
                            account.getKey(),
                            region.getKey(),
                            KIND,
                            ID,
                            region.getValue().toDoc()));
                }
            }
        }
        changed.clear();
    }

    /** By account and Region. */
    public Map<String, Map<String, Seen>> byPlace() {
        return byPlace;
    }
}
