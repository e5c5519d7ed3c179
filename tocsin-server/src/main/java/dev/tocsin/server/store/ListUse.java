package dev.tocsin.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a list contributed to findings, so that one which only costs can be dropped.
 *
 * @param alone findings that no other list has part in
 * @param among findings in which other lists have part as well
 * @param archived of both, those that somebody or a filter archived
 */
public record ListUse(long alone, long among, long archived) {

    /** A list without findings. */
    public static final ListUse NONE = new ListUse(0, 0, 0);

    /** The attribute of findings that holds the names of all lists that matched. */
    static final String ATTRIBUTE = "service.evidence.threatIntelligenceDetails.threatListName";

    /** Findings in which it has part. */
    public long findings() {
        return alone + among;
    }

    /** The share of its findings that were archived, 0 to 100, or null if it has none. */
    public @Nullable Long archivedPercent() {
        return findings() == 0 ? null : Math.round(100.0 * archived / findings());
    }

    private ListUse with(boolean only, boolean isArchived) {
        return new ListUse(alone + (only ? 1 : 0), among + (only ? 0 : 1), archived + (isArchived ? 1 : 0));
    }

    /**
     * What each list contributed, by its name.
     *
     * @param from findings that changed since, epoch milliseconds
     * @param sees the accounts whose findings count
     */
    public static Map<String, ListUse> since(Store store, long from, Predicate<@Nullable String> sees)
            throws StoreException {
        return store.query(
                "SELECT a.finding, a.text, f.archived, f.account FROM attribute a JOIN finding f ON f.number = a.finding"
                        + " WHERE a.name = ? AND f.updated >= ? ORDER BY a.finding",
                rows -> count(rows, sees),
                ATTRIBUTE,
                from);
    }

    private static Map<String, ListUse> count(ResultSet rows, Predicate<@Nullable String> sees) throws SQLException {
        Map<String, ListUse> uses = new TreeMap<>();
        String finding = null;
        boolean archived = false;
        Set<String> lists = new HashSet<>();
        while (rows.next()) {
            if (!sees.test(rows.getString(4))) {
                continue;
            }
            if (!rows.getString(1).equals(finding)) {
                add(lists, archived, uses);
                lists.clear();
                finding = rows.getString(1);
                archived = rows.getInt(3) != 0;
            }
            lists.add(rows.getString(2));
        }
        add(lists, archived, uses);
        return uses;
    }

    private static void add(Set<String> lists, boolean archived, Map<String, ListUse> uses) {
        for (String list : lists) {
            uses.put(list, uses.getOrDefault(list, NONE).with(lists.size() == 1, archived));
        }
    }

    /** The names in {@code uses} that are not {@code known}. */
    public static List<String> others(Map<String, ListUse> uses, Set<String> known) {
        List<String> others = new ArrayList<>(uses.keySet());
        others.removeAll(known);
        return others;
    }
}
