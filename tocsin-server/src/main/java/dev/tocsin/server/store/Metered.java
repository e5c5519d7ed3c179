package dev.tocsin.server.store;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much was analysed: a row of the store, or the sum of several of them; then what they do not share is 0 or empty.
 *
 * @param day days since 1970-01-01, UTC, by the records' own time
 * @param account whose records they are
 * @param region where
 * @param source the name of the source that brought them
 * @param feature GuardDuty's name of what analyses them
 * @param resource the instance, interface or bucket that they are about; empty if there is none, or too many
 * @param records 0 or more
 * @param bytes of the records as they were written, unpacked, 0 or more
 * @param exempt of these, what the agent on the instance leaves out of the price
 */
public record Metered(
        long day,
        String account,
        String region,
        String source,
        String feature,
        String resource,
        long records,
        long bytes,
        long exempt) {

    private static final int AT_ONCE = 20;

    /** What rows can be told apart by. */
    public enum By {
        /** By day. */
        DAY,
        /** By account. */
        ACCOUNT,
        /** By Region. */
        REGION,
        /** By source. */
        SOURCE,
        /** By feature. */
        FEATURE,
        /** By resource. */
        RESOURCE;

        private String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String selected(Set<By> wanted) {
            return wanted.contains(this) ? column() : this == DAY ? "0" : "''";
        }
    }

    /** The same key with other amounts. */
    public Metered with(long newRecords, long newBytes, long newExempt) {
        return new Metered(day, account, region, source, feature, resource, newRecords, newBytes, newExempt);
    }

    /**
     * What {@code store} has of the days {@code from} to {@code to}, both included, in the order of {@code by}.
     *
     * @param by one at least; the rest is summed up
     */
    public static List<Metered> sums(Store store, long from, long to, Set<By> by) throws StoreException {
        String members = by.stream().map(By::column).collect(Collectors.joining(", "));
        String selected =
                EnumSet.allOf(By.class).stream().map(one -> one.selected(by)).collect(Collectors.joining(", "));
        return store.query(
                "SELECT " + selected + ", SUM(records), SUM(bytes), SUM(exempt) FROM metered"
                        + " WHERE day >= ? AND day <= ? GROUP BY " + members + " ORDER BY " + members,
                Metered::rows,
                from,
                to);
    }

    private static List<Metered> rows(ResultSet result) throws SQLException {
        List<Metered> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(new Metered(
                    result.getLong(1),
                    result.getString(2),
                    result.getString(3),
                    result.getString(4),
                    result.getString(5),
                    result.getString(6),
                    result.getLong(7),
                    result.getLong(8),
                    result.getLong(9)));
        }
        return rows;
    }

    /** Adds it to what is kept. */
    void addTo(StoreTransaction transaction) throws IOException {
        transaction.batch(
                "INSERT INTO metered (day, account, region, source, feature, resource, records, bytes, exempt)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (day, account, region, source, feature, resource) DO UPDATE SET"
                        + " records = metered.records + excluded.records, bytes = metered.bytes + excluded.bytes,"
                        + " exempt = metered.exempt + excluded.exempt",
                day,
                account,
                region,
                source,
                feature,
                resource,
                records,
                bytes,
                exempt);
    }

    /** Deletes days before {@code before}, {@link #AT_ONCE} at most; whether there are more. */
    static boolean delete(Store store, long before) throws StoreException {
        List<Long> days =
                days(store, "SELECT DISTINCT day FROM metered WHERE day < ? ORDER BY day LIMIT " + AT_ONCE, before);
        for (long day : days) {
            store.write(transaction -> transaction.update("DELETE FROM metered WHERE day = ?", day));
        }
        return days.size() == AT_ONCE;
    }

    /** Forgets of days before {@code before} which resource it was, of {@link #AT_ONCE} at most; whether there are more. */
    static boolean sumUpResources(Store store, long before) throws StoreException {
        List<Long> days = days(
                store,
                "SELECT DISTINCT day FROM metered WHERE day < ? AND resource <> '' ORDER BY day LIMIT " + AT_ONCE,
                before);
        for (long day : days) {
            List<Metered> whole = sums(store, day, day, EnumSet.complementOf(EnumSet.of(By.RESOURCE)));
            store.write(transaction -> {
                transaction.update("DELETE FROM metered WHERE day = ?", day);
                for (Metered one : whole) {
                    one.addTo(transaction);
                }
            });
        }
        return days.size() == AT_ONCE;
    }

    private static List<Long> days(Store store, String sql, long before) throws StoreException {
        return store.query(
                sql,
                result -> {
                    List<Long> days = new ArrayList<>();
                    while (result.next()) {
                        days.add(result.getLong(1));
                    }
                    return days;
                },
                before);
    }
}
