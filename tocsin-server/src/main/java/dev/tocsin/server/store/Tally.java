package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingCondition;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many findings there are of each kind of thing, kept beside them, so that counting a million reads a few rows. A
 * transaction collects what it changes and writes it at its end, in one order, so that no two wait for each other.
 */
final class Tally {

    private static final long DAY_MILLIS = 86_400_000;

    /** What counts are told apart by, beside account, Region and archived. */
    enum Kind {
        /** Type and severity. */
        TYPE,
        /** Severity and day of the last change. */
        DAY,
        RESOURCE;

        /** Whether it can tell which findings meet {@code conditions}. */
        boolean tells(List<FindingCondition> conditions) {
            return conditions.stream().map(FindingCondition::attribute).allMatch(this::tells);
        }

        private boolean tells(String attribute) {
            return switch (attribute) {
                case "accountId", "region", "service.archived" -> true;
                case "severity" -> this != RESOURCE;
                case "type" -> this == TYPE;
                default -> false;
            };
        }
    }

    /** A finding as it is counted. */
    record Counted(
            String account,
            String region,
            long archived,
            String type,
            double severity,
            long updated,
            String resourceType,
            String resourceId) {

        static final String COLUMNS =
                "f.account, f.region, f.archived, f.type, f.severity, f.updated, f.resource_type, f.resource_id";

        /** What stands in {@link #COLUMNS}, of which the first is column {@code first}. */
        static Counted of(ResultSet row, int first) throws SQLException {
            return new Counted(
                    row.getString(first),
                    row.getString(first + 1),
                    row.getLong(first + 2),
                    row.getString(first + 3),
                    row.getDouble(first + 4),
                    row.getLong(first + 5),
                    row.getString(first + 6),
                    row.getString(first + 7));
        }

        static List<Counted> all(ResultSet rows) throws SQLException {
            List<Counted> all = new ArrayList<>();
            while (rows.next()) {
                all.add(of(rows, 1));
            }
            return all;
        }

        Counted archived(long changed) {
            return new Counted(account, region, changed, type, severity, updated, resourceType, resourceId);
        }
    }

    private record Row(
            String kind,
            String account,
            String region,
            long archived,
            String type,
            double severity,
            long day,
            String resourceType,
            String resourceId) {

        private static final Comparator<Row> ORDER = Comparator.comparing(Row::kind)
                .thenComparing(Row::account)
                .thenComparing(Row::region)
                .thenComparingLong(Row::archived)
                .thenComparing(Row::type)
                .thenComparingDouble(Row::severity)
                .thenComparingLong(Row::day)
                .thenComparing(Row::resourceType)
                .thenComparing(Row::resourceId);
    }

    private static final class Change {
        private long total;
        private long updated;
    }

    private final Map<Row, Change> changes = new TreeMap<>(Row.ORDER);

    /** Counts a finding. */
    void add(Counted finding) {
        change(finding, 1, finding.updated());
    }

    /** Counts a finding no more. */
    void take(Counted finding) {
        change(finding, -1, 0);
    }

    private void change(Counted one, int by, long updated) {
        long day = one.updated() / DAY_MILLIS;
        change(row(Kind.TYPE, one, one.type(), one.severity(), 0, "", ""), by, updated);
        change(row(Kind.DAY, one, "", one.severity(), day, "", ""), by, updated);
        change(row(Kind.RESOURCE, one, "", 0, 0, one.resourceType(), one.resourceId()), by, updated);
    }

    private static Row row(
            Kind kind, Counted one, String type, double severity, long day, String resourceType, String resourceId) {
        return new Row(
                kind.name(),
                one.account(),
                one.region(),
                one.archived(),
                type,
                severity,
                day,
                resourceType,
                resourceId);
    }

    private void change(Row row, int by, long updated) {
        Change change = changes.computeIfAbsent(row, ignored -> new Change());
        change.total += by;
        change.updated = Math.max(change.updated, updated);
    }

    /** Writes what changed. */
    void write(StoreTransaction transaction) throws IOException {
        boolean fewer = false;
        for (Map.Entry<Row, Change> change : changes.entrySet()) {
            Row row = change.getKey();
            fewer |= change.getValue().total < 0;
            transaction.batch(
                    "INSERT INTO tally (kind, account, region, archived, type, severity, day, resource_type,"
                            + " resource_id, total, updated) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (kind, account, region, archived, type, severity, day, resource_type,"
                            + " resource_id) DO UPDATE SET total = tally.total + excluded.total, updated ="
                            + " CASE WHEN excluded.updated > tally.updated THEN excluded.updated ELSE tally.updated END",
                    row.kind(),
                    row.account(),
                    row.region(),
                    row.archived(),
                    row.type(),
                    row.severity(),
                    row.day(),
                    row.resourceType(),
                    row.resourceId(),
                    change.getValue().total,
                    change.getValue().updated);
        }
        if (fewer) {
            removeEmpty(transaction);
        }
        changes.clear();
    }

    private void removeEmpty(StoreTransaction transaction) throws IOException {
        for (Map.Entry<Row, Change> change : changes.entrySet()) {
            Row row = change.getKey();
            if (change.getValue().total < 0) {
                transaction.batch(
                        "DELETE FROM tally WHERE kind = ? AND account = ? AND region = ? AND archived = ? AND type = ?"
                                + " AND severity = ? AND day = ? AND resource_type = ? AND resource_id = ?"
                                + " AND total <= 0",
                        row.kind(),
                        row.account(),
                        row.region(),
                        row.archived(),
                        row.type(),
                        row.severity(),
                        row.day(),
                        row.resourceType(),
                        row.resourceId());
            }
        }
    }
}
