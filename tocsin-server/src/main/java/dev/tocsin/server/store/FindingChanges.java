package dev.tocsin.server.store;

import java.util.ArrayList;
import java.util.List;

/** Which findings are new or changed, in the order of their changes. Copies of a global service's finding are left out. */
public final class FindingChanges {

    private final Store store;

    /**
     * A finding that is new or changed.
     *
     * @param updated epoch milliseconds, by the clock of who wrote it
     */
    public record Change(String id, long updated, String account) {}

    /** Those of {@code store}. */
    public FindingChanges(Store store) {
        this.store = store;
    }

    /** Changes at {@code from}, epoch milliseconds, and later; the first {@code limit} of them. */
    public List<Change> since(long from, int limit) throws StoreException {
        return store.query(
                "SELECT f.id, f.updated, f.account FROM finding f WHERE f.updated >= ?" + FindingSql.ORIGINALS
                        + " ORDER BY f.updated, f.id LIMIT " + limit,
                rows -> {
                    List<Change> changes = new ArrayList<>();
                    while (rows.next()) {
                        changes.add(new Change(rows.getString(1), rows.getLong(2), rows.getString(3)));
                    }
                    return changes;
                },
                from);
    }
}
