package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to leave by the destinations. A finding enters in the transaction that keeps it; {@link #spread} makes a delivery
 * for each destination of it; deliveries leave in batches, whose names are kept before they are sent: a batch that a crash
 * interrupted is sent again under its name. So everything leaves at least once.
 */
public final class Outbox {

    /** Findings spread, and deliveries of a batch, at most. */
    static final int AT_ONCE = 500;

    private static final int LONGEST_SPREAD = 4;

    private final Store store;

    /** The outbox of {@code store}. */
    public Outbox(Store store) {
        this.store = store;
    }

    /** Where a finding stands. */
    public record Place(String account, String region) {}

    /**
     * What leaves together.
     *
     * @param destination where to
     * @param name the batch's own, unique
     * @param documents in the export form; empty if nothing of it is to leave any more
     */
    public record Batch(String destination, String name, Place place, List<Doc> documents) {}

    /**
     * A finding that has come, for the choice of its destinations.
     *
     * @param fresh whether it is new
     * @param archived whether a user has archived it
     */
    public record Coming(String id, Place place, boolean fresh, boolean archived, String type, double severity) {}

    private record Item(String id, Place place, boolean fresh) {}

    /** Destinations that something waits for. */
    public Set<String> awaited() throws StoreException {
        return Set.copyOf(store.query("SELECT DISTINCT destination FROM delivery", Outbox::texts));
    }

    /** Destinations that {@code item} has not left by. */
    public Set<String> waitsFor(String item) throws StoreException {
        return Set.copyOf(store.query("SELECT destination FROM delivery WHERE item = ?", Outbox::texts, item));
    }

    /** Deliveries that wait, of all destinations; without dead letters. */
    public long waiting() throws StoreException {
        return store.query("SELECT COUNT(*) FROM delivery WHERE dead = 0", rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    /**
     * Makes deliveries of the findings that have come.
     *
     * @param destinations of a finding
     * @param now epoch milliseconds
     * @return whether more is to be spread
     */
    public boolean spread(Function<Coming, List<String>> destinations, long now) throws StoreException {
        for (int i = 0; i < LONGEST_SPREAD; i++) {
            if (!spreadSome(destinations, now)) {
                return false;
            }
        }
        return true;
    }

    private boolean spreadSome(Function<Coming, List<String>> destinations, long now) throws StoreException {
        List<Coming> all = store.query(
                "SELECT o.item, f.account, f.region, o.fresh, f.archived, f.type, f.severity FROM outbox o"
                        + " LEFT JOIN finding f ON f.id = o.item LIMIT " + AT_ONCE,
                Outbox::coming);
        if (!all.isEmpty()) {
            store.write(transaction -> {
                for (Coming one : all) {
                    for (String destination : destinations.apply(one)) {
                        deliver(transaction, destination, new Item(one.id(), one.place(), one.fresh()), now, "");
                    }
                    transaction.update("DELETE FROM outbox WHERE item = ?", one.id());
                }
            });
        }
        return all.size() == AT_ONCE;
    }

    private static List<Coming> coming(ResultSet rows) throws SQLException {
        List<Coming> all = new ArrayList<>();
        while (rows.next()) {
            all.add(new Coming(
                    rows.getString(1),
                    new Place(String.valueOf(rows.getString(2)), String.valueOf(rows.getString(3))),
                    rows.getInt(4) != 0,
                    rows.getInt(5) != 0,
                    String.valueOf(rows.getString(6)),
                    rows.getDouble(7)));
        }
        return all;
    }

    private static List<Item> items(ResultSet rows) throws SQLException {
        List<Item> items = new ArrayList<>();
        while (rows.next()) {
            Place place = new Place(String.valueOf(rows.getString(2)), String.valueOf(rows.getString(3)));
            items.add(new Item(rows.getString(1), place, rows.getInt(4) != 0));
        }
        return items;
    }

    /** Lets {@code notice}, which is no finding of the store, leave by {@code destination} as soon as may be. */
    public static void announce(
            StoreTransaction transaction, String destination, String id, Place place, long now, Doc notice)
            throws IOException {
        deliver(transaction, destination, new Item(id, place, true), now, notice.toJson());
    }

    /**
     * One that changes while it is being sent is to be sent again; a dead letter that changes is tried anew. {@code notice}
     * is empty for a finding.
     */
    private static void deliver(StoreTransaction transaction, String destination, Item item, long now, String notice)
            throws IOException {
        transaction.update(
                "INSERT INTO delivery (destination, item, account, region, fresh, since, batch, again, notice)"
                        + " VALUES (?, ?, ?, ?, ?, ?, '', 0, ?) ON CONFLICT (destination, item) DO UPDATE SET"
                        + " again = CASE WHEN delivery.batch = '' THEN 0 ELSE 1 END, dead = 0,"
                        + " tries = CASE WHEN delivery.dead = 0 THEN delivery.tries ELSE 0 END,"
                        + " tried = CASE WHEN delivery.dead = 0 THEN delivery.tried ELSE 0 END,"
                        + " due = CASE WHEN delivery.dead = 0 THEN delivery.due ELSE 0 END,"
                        + " since = CASE WHEN delivery.dead = 0 THEN delivery.since ELSE excluded.since END",
                destination,
                item.id(),
                item.place().account(),
                item.place().region(),
                item.fresh() ? 1 : 0,
                now,
                notice);
    }

    /**
     * What is to be sent to {@code destination} next, or null: what was begun, then new findings, the most severe first,
     * then those that had changed before {@code boundary}, epoch milliseconds.
     *
     * @param name of a new batch
     */
    public @Nullable Batch next(String destination, long boundary, Supplier<String> name) throws StoreException {
        List<String> begun = store.query(
                "SELECT batch FROM delivery WHERE destination = ? AND batch > '' LIMIT 1", Outbox::texts, destination);
        if (!begun.isEmpty()) {
            return batch(destination, begun.getFirst());
        }
        Batch fresh = begin(destination, 1, Long.MAX_VALUE, name);
        return fresh == null ? begin(destination, 0, boundary, name) : fresh;
    }

    private @Nullable Batch begin(String destination, int fresh, long boundary, Supplier<String> name)
            throws StoreException {
        List<Item> items = store.query(
                "SELECT d.item, d.account, d.region, d.fresh FROM delivery d LEFT JOIN finding f ON f.id = d.item"
                        + " WHERE d.destination = ? AND d.batch = '' AND d.fresh = ? AND d.since < ?"
                        + " ORDER BY COALESCE(f.severity, 100) DESC, d.since, d.item LIMIT " + AT_ONCE,
                Outbox::items,
                destination,
                fresh,
                boundary);
        if (items.isEmpty()) {
            return null;
        }
        Place place = items.getFirst().place();
        String batch = name.get();
        store.write(transaction -> {
            for (Item item : items) {
                if (item.place().equals(place)) {
                    transaction.update(
                            "UPDATE delivery SET batch = ?, again = 0 WHERE destination = ? AND item = ?",
                            batch,
                            destination,
                            item.id());
                }
            }
        });
        return batch(destination, batch);
    }

    private Batch batch(String destination, String name) throws StoreException {
        List<Doc> documents = new ArrayList<>();
        Place place = store.query(
                "SELECT d.item, f.document, f.archived, f.feedback, f.created, f.updated, d.notice, d.account, d.region"
                        + " FROM delivery d LEFT JOIN finding f ON f.id = d.item"
                        + " WHERE d.destination = ? AND d.batch = ? ORDER BY d.item",
                rows -> {
                    Place at = new Place("", "");
                    while (rows.next()) {
                        at = new Place(rows.getString(8), rows.getString(9));
                        String notice = rows.getString(7);
                        if (!notice.isEmpty()) {
                            documents.add(Doc.parse(notice));
                        } else if (rows.getBytes(2) != null && rows.getInt(3) == 0) {
                            documents.add(FindingStore.document(rows).without("tocsin"));
                        }
                    }
                    return at;
                },
                destination,
                name);
        return new Batch(destination, name, place, documents);
    }

    /** {@code batch} has left. What changed meanwhile waits, as something that changed at {@code now}. */
    public void left(Batch batch, long now) throws StoreException {
        store.write(transaction -> {
            transaction.update(
                    "DELETE FROM delivery WHERE destination = ? AND batch = ? AND again = 0",
                    batch.destination(),
                    batch.name());
            transaction.update(
                    "UPDATE delivery SET batch = '', again = 0, fresh = 0, since = ? WHERE destination = ? AND batch = ?",
                    now,
                    batch.destination(),
                    batch.name());
        });
    }

    /** Forgets what waits for {@code destination}, which is gone. */
    public void forget(String destination) throws StoreException {
        store.write(transaction -> transaction.update("DELETE FROM delivery WHERE destination = ?", destination));
    }

    static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }
}
