package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingCondition;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lists findings a page at a time, in an order that new ones do not disturb: by what is asked for, then by number.
 *
 * <p>The common lists (by account, severity, type, archived; in order of coming, change or severity) are put together of
 * legs: the findings of one account, one severity and so on, each of which an index holds in order. The tally knows which
 * legs there are. All else is one query.
 */
final class FindingLists {

    private static final String SEPARATOR = "\n";

    /** Legs above which one query over everything is no slower. */
    private static final int MOST_LEGS = 2_000;

    private static final Set<String> BY_INDEX = Set.of("severity", "updatedAt");

    private final Store store;

    FindingLists(Store store) {
        this.store = store;
    }

    private record Leg(String account, String region, long archived, double severity, String type) {}

    private record Place(Object by, long number) {}

    private record Found(String id, Object by, long number) {
        private Place place() {
            return new Place(by, number);
        }
    }

    /** As {@link FindingStore#ids}. */
    FindingQuery.Page page(FindingQuery query, FindingQuery.Sort sort, int limit, @Nullable String after)
            throws StoreException {
        Place place = after == null ? null : place(after);
        List<Leg> legs = hasLegs(query, sort) ? legs(query) : List.of();
        boolean byLegs = !legs.isEmpty() && legs.size() <= MOST_LEGS;
        List<Found> found = byLegs ? ofLegs(query, sort, legs, limit + 1, place) : ofAll(query, sort, limit + 1, place);
        List<String> ids = found.stream().limit(limit).map(Found::id).toList();
        return new FindingQuery.Page(ids, found.size() > limit ? text(found.get(limit - 1)) : null);
    }

    private static boolean hasLegs(FindingQuery query, FindingQuery.Sort sort) {
        return (sort.attribute() == null || isIndexed(sort)) && Tally.Kind.TYPE.tells(query.conditions());
    }

    private static boolean isIndexed(FindingQuery.Sort sort) {
        return sort.attribute() != null && BY_INDEX.contains(sort.attribute());
    }

    private List<Leg> legs(FindingQuery query) throws StoreException {
        FindingSql sql = new FindingSql(query);
        String type = isOfTypes(query) ? "f.type" : "''";
        return store.query(
                "SELECT DISTINCT f.account, f.region, f.archived, f.severity, " + type
                        + " FROM tally f WHERE f.kind = 'TYPE' AND " + sql.where() + " ORDER BY f.severity",
                FindingLists::legs,
                sql.values().toArray());
    }

    private static List<Leg> legs(ResultSet rows) throws SQLException {
        List<Leg> legs = new ArrayList<>();
        while (rows.next()) {
            legs.add(new Leg(
                    rows.getString(1), rows.getString(2), rows.getLong(3), rows.getDouble(4), rows.getString(5)));
        }
        return legs;
    }

    private static boolean isOfTypes(FindingQuery query) {
        return query.conditions().stream().map(FindingCondition::attribute).anyMatch("type"::equals);
    }

    private List<Found> ofLegs(
            FindingQuery query, FindingQuery.Sort sort, List<Leg> legs, int limit, @Nullable Place after)
            throws StoreException {
        Comparator<Found> order = order(sort);
        List<Found> best = new ArrayList<>();
        for (Leg leg : sort.descending() ? legs.reversed() : legs) {
            Place until = best.size() < limit ? null : best.getLast().place();
            if (sort.attribute() != null && sort.attribute().equals("severity") && isPast(leg, sort, after, until)) {
                continue;
            }
            List<Found> more = ofLeg(query, sort, leg, limit, after, until);
            if (!more.isEmpty()) {
                best.addAll(more);
                best.sort(order);
                best = new ArrayList<>(best.subList(0, Math.min(limit, best.size())));
            }
        }
        return best;
    }

    /** Whether all of a leg's severity lies before the page or after what is found already. */
    private static boolean isPast(Leg leg, FindingQuery.Sort sort, @Nullable Place after, @Nullable Place until) {
        double severity = leg.severity();
        boolean isBefore = after != null && isBefore(severity, number(after.by()), sort);
        boolean isBehind = until != null && isBefore(number(until.by()), severity, sort);
        return isBefore || isBehind;
    }

    private static boolean isBefore(double one, double other, FindingQuery.Sort sort) {
        return sort.descending() ? one > other : one < other;
    }

    private static double number(Object by) {
        return by instanceof Number number ? number.doubleValue() : 0;
    }

    private List<Found> ofLeg(
            FindingQuery query,
            FindingQuery.Sort sort,
            Leg leg,
            int limit,
            @Nullable Place after,
            @Nullable Place until)
            throws StoreException {
        boolean byTime = "updatedAt".equals(sort.attribute());
        boolean ofType = !leg.type().isEmpty();
        List<Object> values = new ArrayList<>(List.of(leg.account(), leg.region(), leg.archived(), leg.severity()));
        // The plus keeps the other index from being taken.
        StringBuilder sql = new StringBuilder("SELECT f.id, " + FindingSql.sortBy(sort.attribute())
                + ", f.number FROM finding f WHERE f.account = ? AND f.region = ? AND f.archived = ? AND "
                + (ofType ? "+" : "") + "f.severity = ?");
        if (ofType) {
            sql.append(" AND f.type = ?");
            values.add(leg.type());
        }
        String then = sort.descending() ? " DESC" : "";
        sql.append(FindingSql.originals(query));
        bound(sql, values, byTime, leg, sort, after, sort.descending() ? "<" : ">");
        bound(sql, values, byTime, leg, sort, until, sort.descending() ? ">" : "<");
        sql.append(" ORDER BY " + (byTime ? "f.updated" + then + ", " : "") + "f.number" + then + " LIMIT " + limit);
        return store.query(sql.toString(), FindingLists::found, values.toArray());
    }

    private static void bound(
            StringBuilder sql,
            List<Object> values,
            boolean byTime,
            Leg leg,
            FindingQuery.Sort sort,
            @Nullable Place place,
            String operator) {
        if (place == null) {
            return;
        }
        boolean bySeverity = "severity".equals(sort.attribute());
        if (bySeverity && Double.compare(leg.severity(), number(place.by())) != 0) {
            return; // all of it lies on this side
        }
        if (byTime) {
            sql.append(" AND (f.updated, f.number) ").append(operator).append(" (?, ?)");
            values.add(place.by());
        } else {
            sql.append(" AND f.number ").append(operator).append(" ?");
        }
        values.add(place.number());
    }

    private List<Found> ofAll(FindingQuery query, FindingQuery.Sort sort, int limit, @Nullable Place after)
            throws StoreException {
        FindingSql sql = new FindingSql(query);
        List<Object> values = new ArrayList<>(sql.values());
        String by = FindingSql.sortBy(sort.attribute());
        String then = sort.descending() ? " DESC" : " ASC";
        StringBuilder select = new StringBuilder(
                "SELECT f.id, " + by + ", f.number FROM finding f WHERE " + sql.where() + FindingSql.originals(query));
        if (after != null) {
            select.append(" AND (" + by + ", f.number) " + (sort.descending() ? "<" : ">") + " (?, ?)");
            values.add(after.by());
            values.add(after.number());
        }
        boolean sortsFew = FindingSql.findsByAttribute(query);
        String plus = sortsFew ? "+" : ""; // then no index of the order is taken
        String first = sort.attribute() == null ? "" : (isIndexed(sort) ? plus : "") + by + then + ", ";
        select.append(" ORDER BY " + first + plus + "f.number" + then + " LIMIT " + limit);
        return store.query(select.toString(), FindingLists::found, values.toArray());
    }

    private static List<Found> found(ResultSet rows) throws SQLException {
        List<Found> found = new ArrayList<>();
        while (rows.next()) {
            found.add(new Found(rows.getString(1), rows.getObject(2), rows.getLong(3)));
        }
        return found;
    }

    private static Comparator<Found> order(FindingQuery.Sort sort) {
        Comparator<Found> order =
                Comparator.<Found>comparingDouble(one -> number(one.by())).thenComparingLong(Found::number);
        return sort.descending() ? order.reversed() : order;
    }

    private static String text(Found last) {
        return (last.by() instanceof Number ? "n" : "t") + last.by() + SEPARATOR + last.number();
    }

    private static Place place(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        if (end < 1) {
            throw new IllegalArgumentException("no place in a list: " + text);
        }
        String value = text.substring(1, end);
        Object by = text.startsWith("t")
                ? value
                : value.contains(".") ? Double.valueOf(value) : (Object) Long.valueOf(value);
        return new Place(by, Long.parseLong(text.substring(end + 1)));
    }
}
