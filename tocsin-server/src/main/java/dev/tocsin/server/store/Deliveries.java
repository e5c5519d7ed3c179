package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries to destinations that are sent to message by message: each is claimed before it is sent, so that what changes
 * meanwhile is sent again and what a crash interrupted is sent once more. One that fails waits until it is due; one that
 * failed too long is a dead letter, which stays until its finding changes, is replayed or is deleted. The rows are those of
 * {@link Outbox}.
 */
public final class Deliveries {

    private static final String COLUMNS =
            "SELECT d.item, d.account, d.region, d.fresh, d.tries, d.batch, d.notice, f.revision, f.suppressed,"
                    + " f.document, f.archived, f.feedback, f.created, f.updated FROM delivery d"
                    + " LEFT JOIN finding f ON f.id = d.item WHERE d.destination = ? AND ";

    private static final String ORDER = " ORDER BY COALESCE(f.severity, 100) DESC, d.since, d.item";

    /** Letters kept of what went wrong. */
    private static final int LONGEST_PROBLEM = 500;

    /** What a change waits for its clock at most: six hours. */
    private static final long LONGEST_PERIOD_MILLIS = 6 * 60 * 60 * 1_000L;

    private final Store store;

    /** The deliveries of {@code store}. */
    public Deliveries(Store store) {
        this.store = store;
    }

    /**
     * One that is claimed.
     *
     * @param item the finding's id, or the notice's
     * @param fresh whether the finding is new to its destination
     * @param revision of the finding; 0 of a notice
     * @param tries that failed
     * @param claim under which it was claimed
     * @param document in the export form, with {@code tocsin}; null if it is not to leave any more
     */
    public record Claimed(
            String item,
            boolean fresh,
            long revision,
            int tries,
            String claim,
            @Nullable Doc document) {}

    /** One that is not tried any more. {@code deadSince}: epoch milliseconds. */
    public record Dead(
            String item, @Nullable String type, double severity, int tries, long deadSince, String problem) {}

    /** How many wait, how many are dead, and since when the oldest waits, epoch milliseconds. */
    public record Counts(long waiting, long dead, long oldest) {}

    /** What an earlier process claimed and did not finish. */
    public List<Claimed> begun(String destination) throws StoreException {
        return store.query(COLUMNS + "d.batch > ''" + ORDER, this::claimed, destination);
    }

    /**
     * Claims new findings that are due, and notices, the most severe first.
     *
     * @param claim unique
     * @param least severity
     */
    public List<Claimed> claimFresh(String destination, String claim, double least, long now, int most)
            throws StoreException {
        return claim(destination, claim, "d.fresh = 1 AND", most, least, now);
    }

    /**
     * Claims what had changed in {@code place} before {@code boundary}, the most severe first.
     *
     * @param claim unique
     * @param least severity
     * @param boundary epoch milliseconds
     */
    public List<Claimed> claimChanged(
            String destination, String claim, Outbox.Place place, double least, long boundary, long now, int most)
            throws StoreException {
        return claim(
                destination,
                claim,
                "d.fresh = 0 AND d.account = ? AND d.region = ? AND d.since < ? AND",
                most,
                place.account(),
                place.region(),
                boundary,
                least,
                now);
    }

    private List<Claimed> claim(String destination, String claim, String which, int most, Object... values)
            throws StoreException {
        List<Object> all = new ArrayList<>(List.of(destination));
        all.addAll(List.of(values));
        List<String> items = store.query(
                "SELECT d.item FROM delivery d LEFT JOIN finding f ON f.id = d.item WHERE d.destination = ? AND"
                        + " d.batch = '' AND d.dead = 0 AND " + which
                        + " COALESCE(f.severity, 100) >= ? AND d.due <= ?" + ORDER + " LIMIT " + most,
                Outbox::texts,
                all.toArray());
        if (items.isEmpty()) {
            return List.of();
        }
        mark(destination, items, claim);
        return store.query(COLUMNS + "d.batch = ?" + ORDER, this::claimed, destination, claim);
    }

    /** Where findings stand that have changed and wait. */
    public List<Outbox.Place> placesOfChanged(String destination) throws StoreException {
        return store.query(
                "SELECT DISTINCT account, region FROM delivery WHERE destination = ? AND batch = '' AND fresh = 0"
                        + " AND dead = 0",
                rows -> {
                    List<Outbox.Place> places = new ArrayList<>();
                    while (rows.next()) {
                        places.add(new Outbox.Place(rows.getString(1), rows.getString(2)));
                    }
                    return places;
                },
                destination);
    }

    /** Claims {@code items}, which are claimed already, under another name. */
    public void mark(String destination, List<String> items, String claim) throws StoreException {
        store.write(transaction -> {
            for (String item : items) {
                transaction.batch(
                        "UPDATE delivery SET batch = ?, again = 0 WHERE destination = ? AND item = ?",
                        claim,
                        destination,
                        item);
            }
        });
    }

    private List<Claimed> claimed(ResultSet rows) throws SQLException, IOException {
        List<Claimed> all = new ArrayList<>();
        while (rows.next()) {
            String notice = rows.getString(7);
            Doc document = notice.isEmpty() ? finding(rows) : Doc.parse(notice);
            all.add(new Claimed(
                    rows.getString(1),
                    rows.getInt(4) != 0,
                    rows.getLong(8),
                    rows.getInt(5),
                    rows.getString(6),
                    document));
        }
        return all;
    }

    private static @Nullable Doc finding(ResultSet rows) throws SQLException, IOException {
        if (rows.getBytes(10) == null || rows.getInt(9) != 0) {
            return null;
        }
        return FindingStore.document(rows, 10);
    }

    /** Whether the store has the finding {@code id}. */
    public boolean has(String id) throws StoreException {
        return store.query("SELECT 1 FROM finding WHERE id = ?", ResultSet::next, id);
    }

    /** They have left. What changed meanwhile waits, as something that changed at {@code now}. */
    public void left(String destination, List<String> items, long now) throws StoreException {
        store.write(transaction -> {
            for (String item : items) {
                transaction.batch(
                        "DELETE FROM delivery WHERE destination = ? AND item = ? AND again = 0", destination, item);
            }
            for (String item : items) {
                transaction.batch(
                        "UPDATE delivery SET batch = '', again = 0, fresh = 0, since = ?, tries = 0, tried = 0, due = 0"
                                + " WHERE destination = ? AND item = ?",
                        now,
                        destination,
                        item);
            }
        });
    }

    /**
     * A try that failed.
     *
     * @param problem for people
     * @param now when, epoch milliseconds
     * @param due when the next is to be, epoch milliseconds
     * @param dead whether there is to be none
     * @param together whether what was claimed together stays so
     */
    public record Failure(String problem, long now, long due, boolean dead, boolean together) {}

    /** {@code items} could not be delivered. */
    public void failed(String destination, List<String> items, Failure failure) throws StoreException {
        store.write(transaction -> {
            for (String item : items) {
                transaction.batch(
                        "UPDATE delivery SET batch = CASE WHEN ? = 1 THEN batch ELSE '' END, again = 0,"
                                + " tries = tries + 1, problem = ?, due = ?, dead = ?,"
                                + " tried = CASE WHEN tried = 0 THEN ? ELSE tried END"
                                + " WHERE destination = ? AND item = ?",
                        failure.together() ? 1 : 0,
                        brief(failure.problem()),
                        failure.due(),
                        failure.dead() ? failure.now() : 0L,
                        failure.now(),
                        destination,
                        item);
            }
        });
    }

    /** What waits since {@code since} or longer, epoch milliseconds, is dead; what changed waits for its clock before. */
    public void expire(String destination, long since, String problem, long now) throws StoreException {
        store.write(transaction -> transaction.update(
                "UPDATE delivery SET batch = '', again = 0, dead = ?, problem = ? WHERE destination = ? AND dead = 0"
                        + " AND ((fresh = 1 AND since <= ?) OR (fresh = 0 AND since <= ?))",
                now,
                brief(problem),
                destination,
                since,
                since - LONGEST_PERIOD_MILLIS));
    }

    private static String brief(String problem) {
        return problem.length() <= LONGEST_PROBLEM ? problem : problem.substring(0, LONGEST_PROBLEM);
    }

    /** What was claimed and not tried waits as before. */
    public void release(String destination, List<String> items) throws StoreException {
        mark(destination, items, "");
    }

    /** The dead letters of {@code destination}, the newest first, some of them. */
    public List<Dead> dead(String destination, int most) throws StoreException {
        return store.query(
                "SELECT d.item, f.type, f.severity, d.tries, d.dead, d.problem FROM delivery d"
                        + " LEFT JOIN finding f ON f.id = d.item WHERE d.destination = ? AND d.dead > 0"
                        + " ORDER BY d.dead DESC, d.item LIMIT " + most,
                rows -> {
                    List<Dead> all = new ArrayList<>();
                    while (rows.next()) {
                        all.add(new Dead(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getDouble(3),
                                rows.getInt(4),
                                rows.getLong(5),
                                rows.getString(6)));
                    }
                    return all;
                },
                destination);
    }

    /**
     * What has become of {@code item} by its destinations: waiting or dead, and why; those that it has left by are not there.
     *
     * @param waits whether it has yet to leave, or waits for the clock of what changed
     * @param dead whether it is not tried any more
     * @param problem of the last try; empty if there was none
     */
    public record Under(boolean waits, boolean dead, String problem) {}

    /** Where {@code item} has not left, by destination. */
    public Map<String, Under> of(String item) throws StoreException {
        return store.query(
                "SELECT destination, fresh, dead, problem FROM delivery WHERE item = ?",
                rows -> {
                    Map<String, Under> all = new LinkedHashMap<>();
                    while (rows.next()) {
                        boolean dead = rows.getLong(3) > 0;
                        all.put(rows.getString(1), new Under(!dead && rows.getInt(2) != 0, dead, rows.getString(4)));
                    }
                    return all;
                },
                item);
    }

    /** Whether it is not known yet where {@code item} goes. */
    public boolean isComing(String item) throws StoreException {
        return store.query("SELECT 1 FROM outbox WHERE item = ?", ResultSet::next, item);
    }

    /** Lets dead letters be tried anew: {@code items}, or all if there are none; how many. */
    public int replay(String destination, List<String> items, long now) throws StoreException {
        int[] count = {0};
        String anew = "UPDATE delivery SET dead = 0, tries = 0, tried = 0, due = 0, fresh = 1, since = ?"
                + " WHERE destination = ? AND dead > 0";
        store.write(transaction -> {
            if (items.isEmpty()) {
                count[0] = transaction.update(anew, now, destination);
            }
            for (String item : items) {
                count[0] += transaction.update(anew + " AND item = ?", now, destination, item);
            }
        });
        return count[0];
    }

    /** Counts by destination. */
    public Map<String, Counts> counts() throws StoreException {
        return store.query(
                "SELECT destination, SUM(CASE WHEN dead = 0 THEN 1 ELSE 0 END),"
                        + " SUM(CASE WHEN dead > 0 THEN 1 ELSE 0 END),"
                        + " COALESCE(MIN(CASE WHEN dead = 0 THEN since END), 0) FROM delivery GROUP BY destination",
                rows -> {
                    Map<String, Counts> counts = new LinkedHashMap<>();
                    while (rows.next()) {
                        counts.put(rows.getString(1), new Counts(rows.getLong(2), rows.getLong(3), rows.getLong(4)));
                    }
                    return counts;
                });
    }
}
