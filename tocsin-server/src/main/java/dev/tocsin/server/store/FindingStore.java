package dev.tocsin.server.store;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.Times;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The findings of a store as the API lists, shows, counts and marks them. */
public final class FindingStore {

    /** Findings archived by one statement. */
    private static final int AT_ONCE = 500;

    private final Store store;

    /** The findings of {@code store}. */
    public FindingStore(Store store) {
        this.store = store;
    }

    /** By what findings are counted. */
    public enum GroupBy {
        ACCOUNT,
        DATE,
        FINDING_TYPE,
        RESOURCE,
        SEVERITY
    }

    /**
     * How many findings there are of something.
     *
     * @param keys what it is, by the column of the grouping
     * @param last epoch milliseconds of the latest change
     */
    public record Group(Map<String, Object> keys, long total, long last) {
        /** The whole number under {@code key}. */
        public long number(String key) {
            return keys.get(key) instanceof Number number ? number.longValue() : 0;
        }
    }

    /**
     * The ids of the findings that {@code query} asks for.
     *
     * @param after where an earlier page ended, or null for the first
     * @throws IllegalArgumentException if {@code after} was never given out for this order
     */
    public FindingQuery.Page ids(FindingQuery query, FindingQuery.Sort sort, int limit, @Nullable String after)
            throws StoreException {
        return new FindingLists(store).page(query, sort, limit, after);
    }

    /** The findings of {@code ids} that are these accounts' in this Region, in the order of {@code ids}. */
    public List<Doc> documents(Set<String> accounts, String region, List<String> ids) throws StoreException {
        if (ids.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>(ids);
        values.addAll(accounts);
        values.add(region);
        Map<String, Doc> found = store.query(
                "SELECT id, document, archived, feedback, created, updated FROM finding WHERE id IN " + marks(ids)
                        + " AND account IN " + marks(accounts) + " AND region = ?",
                FindingStore::documents,
                values.toArray());
        List<Doc> documents = new ArrayList<>();
        for (String id : new LinkedHashSet<>(ids)) {
            Doc document = found.get(id);
            if (document != null) {
                documents.add(document);
            }
        }
        return documents;
    }

    /** The findings of {@code ids} as they are now, of any account and Region, in the order of {@code ids}. */
    public List<Doc> documents(List<String> ids) throws StoreException {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Doc> found = store.query(
                "SELECT id, document, archived, feedback, created, updated FROM finding WHERE id IN " + marks(ids),
                FindingStore::documents,
                ids.toArray());
        return ids.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** An account and a Region. */
    public record Place(String account, String region) {}

    /** Where there are findings. */
    public List<Place> places() throws StoreException {
        return store.query("SELECT DISTINCT account, region FROM tally WHERE kind = 'TYPE' ORDER BY 1, 2", rows -> {
            List<Place> places = new ArrayList<>();
            while (rows.next()) {
                places.add(new Place(rows.getString(1), rows.getString(2)));
            }
            return places;
        });
    }

    /** Some findings, of all accounts and Regions, whose ids begin with {@code id}: all if there are few. */
    public List<Doc> beginning(String id) throws StoreException {
        return store.query(
                "SELECT id, document, archived, feedback, created, updated FROM finding WHERE id >= ? AND id < ?"
                        + " ORDER BY id LIMIT 100",
                rows -> List.copyOf(documents(rows).values()),
                id,
                id + "g");
    }

    /** Is shown findings, one after the other. */
    @FunctionalInterface
    public interface Seen {
        void finding(String account, Doc document);
    }

    /** Shows the findings of all accounts in {@code region} that changed since {@code from}, epoch milliseconds. */
    public void current(String region, long from, Seen seen) throws StoreException {
        show("archived = 0", region, from, seen);
    }

    /** Shows those that a rule hides, the newest {@code limit} of them. */
    public void suppressed(String region, long from, int limit, Seen seen) throws StoreException {
        show("suppressed = 1 ORDER BY updated DESC LIMIT " + limit, region, from, seen);
    }

    private void show(String which, String region, long from, Seen seen) throws StoreException {
        store.query(
                "SELECT id, document, archived, feedback, created, updated, account FROM finding"
                        + " WHERE region = ? AND updated >= ? AND " + which,
                rows -> {
                    while (rows.next()) {
                        seen.finding(rows.getString(7), document(rows));
                    }
                    return 0;
                },
                region,
                from);
    }

    private static Map<String, Doc> documents(ResultSet rows) throws SQLException, IOException {
        Map<String, Doc> documents = new LinkedHashMap<>();
        while (rows.next()) {
            documents.put(rows.getString(1), document(rows));
        }
        return documents;
    }

    /** A finding as users see it, of a row that goes on with document, archived, feedback, created, updated. */
    static Doc document(ResultSet rows) throws SQLException, IOException {
        return document(rows, 2);
    }

    /** The same, where the document is column {@code at}. */
    static Doc document(ResultSet rows, int at) throws SQLException, IOException {
        Doc document = Packed.doc(rows.getBytes(at));
        Doc service = new Doc().withAll(document.part("service")).with("archived", rows.getInt(at + 1) != 0);
        service.with("userFeedback", rows.getString(at + 2));
        return document.with("service", service)
                .with("createdAt", Times.isoMillis(rows.getLong(at + 3)))
                .with("updatedAt", Times.isoMillis(rows.getLong(at + 4)));
    }

    /** Archives findings, or takes them back. Ids that are not these accounts' change nothing. */
    public void archive(Set<String> accounts, String region, List<String> ids, boolean archived) throws StoreException {
        if (!ids.isEmpty()) {
            store.write(transaction -> archive(transaction, accounts, region, ids, archived ? 1 : 0, 0));
        }
    }

    /**
     * Archives what matches {@code conditions}, of which any attribute may be named.
     *
     * @return how many findings were archived
     */
    public int archiveMatching(Set<String> accounts, String region, List<FindingCondition> conditions)
            throws StoreException {
        List<FindingCondition> listed = conditions.stream()
                .filter(condition -> FindingAttributes.isListed(condition.attribute()))
                .toList();
        FindingSql sql = new FindingSql(new FindingQuery(accounts, region, listed));
        List<String> matching = store.query(
                "SELECT f.id, f.document FROM finding f WHERE f.archived = 0 AND " + sql.where(),
                rows -> {
                    List<String> ids = new ArrayList<>();
                    while (rows.next()) {
                        Doc document = Packed.doc(rows.getBytes(2));
                        if (FindingCondition.allHold(conditions, document)
                                && !Detectors.neverHidden(document.text("type"))) {
                            ids.add(rows.getString(1));
                        }
                    }
                    return ids;
                },
                sql.values().toArray());
        store.write(transaction -> {
            for (int i = 0; i < matching.size(); i += AT_ONCE) {
                List<String> some = matching.subList(i, Math.min(matching.size(), i + AT_ONCE));
                archive(transaction, accounts, region, some, 1, 1);
            }
        });
        return matching.size();
    }

    private static void archive(
            StoreTransaction transaction,
            Set<String> accounts,
            String region,
            List<String> ids,
            long archived,
            long suppressed)
            throws IOException {
        List<Object> values = new ArrayList<>(ids);
        values.addAll(accounts);
        values.add(region);
        values.add(archived);
        String which = " WHERE f.id IN " + marks(ids) + " AND f.account IN " + marks(accounts)
                + " AND f.region = ? AND f.archived <> ?";
        List<Tally.Counted> changed = transaction.query(
                "SELECT " + Tally.Counted.COLUMNS + " FROM finding f" + which
                        + transaction.session().forUpdate(),
                Tally.Counted::all,
                values.toArray());
        for (Tally.Counted one : changed) {
            transaction.tally().take(one);
            transaction.tally().add(one.archived(archived));
        }
        values.addFirst(suppressed);
        values.addFirst(archived);
        transaction.update("UPDATE finding AS f SET archived = ?, suppressed = ?" + which, values.toArray());
    }

    /** Keeps what a user thinks of findings: USEFUL or NOT_USEFUL. */
    public void feedback(Set<String> accounts, String region, List<String> ids, String feedback) throws StoreException {
        if (ids.isEmpty()) {
            return;
        }
        List<Object> values = new ArrayList<>();
        values.add(feedback);
        values.addAll(ids);
        values.addAll(accounts);
        values.add(region);
        store.write(transaction -> transaction.update(
                "UPDATE finding SET feedback = ? WHERE id IN " + marks(ids) + " AND account IN " + marks(accounts)
                        + " AND region = ?",
                values.toArray()));
    }

    /** How many findings there are of each severity that occurs. */
    public Map<Double, Long> countBySeverity(FindingQuery query) throws StoreException {
        FindingSql sql = new FindingSql(query);
        Counting counting = counting(Tally.Kind.TYPE, query);
        return store.query(
                "SELECT f.severity, " + counting.total() + counting.from() + sql.where() + FindingSql.originals(query)
                        + " GROUP BY f.severity ORDER BY 1",
                rows -> {
                    Map<Double, Long> counts = new LinkedHashMap<>();
                    while (rows.next()) {
                        counts.put(rows.getDouble(1), rows.getLong(2));
                    }
                    return counts;
                },
                sql.values().toArray());
    }

    /** The largest groups, or with {@code ascending} the smallest. */
    public List<Group> grouped(FindingQuery query, GroupBy by, boolean ascending, int limit) throws StoreException {
        FindingSql sql = new FindingSql(query);
        Tally.Kind kind = switch (by) {
            case ACCOUNT, FINDING_TYPE, SEVERITY -> Tally.Kind.TYPE;
            case DATE -> Tally.Kind.DAY;
            case RESOURCE -> Tally.Kind.RESOURCE;
        };
        Counting counting = counting(kind, query);
        List<String> names = names(by);
        String keys = String.join(", ", keys(by, counting));
        String order = ascending ? "ASC" : "DESC";
        return store.query(
                "SELECT " + keys + ", " + counting.total() + ", MAX(f.updated)" + counting.from() + sql.where()
                        + FindingSql.originals(query)
                        + " GROUP BY " + keys + " ORDER BY " + counting.total() + " " + order + ", " + keys + " LIMIT "
                        + limit,
                rows -> groups(rows, names),
                sql.values().toArray());
    }

    /**
     * How many findings have each value of the attributes {@code names}, the most first. A finding with several values counts
     * once for each.
     *
     * @param names attributes without a column of their own
     */
    public List<Group> byAttribute(FindingQuery query, List<String> names, int limit) throws StoreException {
        FindingSql sql = new FindingSql(query);
        List<Object> values = new ArrayList<>(names);
        values.addAll(sql.values());
        return store.query(
                "SELECT f.account, v.text, COUNT(DISTINCT f.id), MAX(f.updated) FROM finding f JOIN attribute v ON"
                        + " v.finding = f.number AND v.name IN " + marks(names) + " WHERE " + sql.where()
                        + FindingSql.originals(query)
                        + " GROUP BY f.account, v.text ORDER BY 3 DESC, 1, 2 LIMIT " + limit,
                rows -> groups(rows, List.of("account", "value")),
                values.toArray());
    }

    private static List<Group> groups(ResultSet rows, List<String> names) throws SQLException {
        List<Group> groups = new ArrayList<>();
        while (rows.next()) {
            Map<String, Object> keys = new LinkedHashMap<>();
            for (int i = 0; i < names.size(); i++) {
                keys.put(names.get(i), rows.getObject(i + 1));
            }
            groups.add(new Group(keys, rows.getLong(names.size() + 1), rows.getLong(names.size() + 2)));
        }
        return groups;
    }

    private static List<String> names(GroupBy by) {
        return switch (by) {
            case ACCOUNT -> List.of("account");
            case DATE -> List.of("day", "severity");
            case FINDING_TYPE -> List.of("type");
            case RESOURCE -> List.of("account", "resourceType", "resourceId");
            case SEVERITY -> List.of("severity");
        };
    }

    /** What is counted: findings, or what the tally says of them. */
    private record Counting(String from, String total, String day) {}

    private static Counting counting(Tally.Kind kind, FindingQuery query) {
        return kind.tells(query.conditions()) && !query.originals()
                ? new Counting(" FROM tally f WHERE f.kind = '" + kind + "' AND ", "SUM(f.total)", "f.day")
                : new Counting(" FROM finding f WHERE ", "COUNT(*)", "f.updated / 86400000");
    }

    private static List<String> keys(GroupBy by, Counting counting) {
        return switch (by) {
            case ACCOUNT -> List.of("f.account");
            case DATE -> List.of(counting.day(), "f.severity");
            case FINDING_TYPE -> List.of("f.type");
            case RESOURCE -> List.of("f.account", "f.resource_type", "f.resource_id");
            case SEVERITY -> List.of("f.severity");
        };
    }

    private static String marks(Collection<?> items) {
        return "(" + String.join(", ", Collections.nCopies(items.size(), "?")) + ")";
    }
}
