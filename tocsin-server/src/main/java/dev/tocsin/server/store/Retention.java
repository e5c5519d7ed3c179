package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what is old: findings are deleted; ledger rows without trouble are folded into one a place of objects,
 * account, Region, log and day, while of each object a digest stays, so that it is not read again. It is done in small
 * transactions, between which others write.
 */
public final class Retention {

    /**
     * Findings are kept so many days after their last change (GuardDuty's own, F29), or after an analysis of old logs has
     * written them here.
     */
    public static final int FINDING_DAYS = 90;

    /** Ledger rows are kept so many days before they are folded. */
    public static final int LEDGER_DAYS = 30;

    /** Days that the clock is believed beyond the newest finding and record. */
    private static final int BELIEVED_DAYS = 7;

    /** What was analysed is kept so many days: a year and a month. */
    public static final int USAGE_DAYS = 400;

    /** By resource it is kept so many days: what GuardDuty's API asks for is 30. */
    private static final int RESOURCE_DAYS = 35;

    /** The kind of resource that says in which minutes of a day a host was watched; its id ends with the day. */
    public static final String AGENT_DAY = "agentDay";

    private static final int AT_ONCE = 500;
    static final long DAY_MILLIS = 86_400_000;
    private static final String[] COUNTS = {"accepted", "duplicates", "ignored", "rejected", "bytes"};

    private final Store store;
    private final @Nullable Integer findingDays;
    private final @Nullable Integer ledgerDays;
    private final @Nullable Integer usageDays;

    private record Group(String source, String account, String region, String kind, long day) {}

    private record Row(ObjectIdentity identity, long day, Doc ledger) {}

    /**
     * Over {@code store}.
     *
     * @param findingDays after which a finding that has not changed, nor was written here, is deleted; null for never
     * @param ledgerDays after which ledger rows are folded; null for never
     * @param usageDays after which it is forgotten how much was analysed; null for never
     */
    public Retention(
            Store store, @Nullable Integer findingDays, @Nullable Integer ledgerDays, @Nullable Integer usageDays) {
        this.store = store;
        this.findingDays = findingDays;
        this.ledgerDays = ledgerDays;
        this.usageDays = usageDays;
    }

    /** Days after which a finding that has not changed is deleted; null for never. */
    public @Nullable Integer findingDays() {
        return findingDays;
    }

    /** Days after which ledger rows are folded; null for never. */
    public @Nullable Integer ledgerDays() {
        return ledgerDays;
    }

    /** Days after which it is forgotten how much was analysed; null for never. */
    public @Nullable Integer usageDays() {
        return usageDays;
    }

    /**
     * Does a part of what is due at {@code now}, epoch milliseconds.
     *
     * @return whether more is due
     */
    public boolean some(long now) throws StoreException {
        long today = now / DAY_MILLIS;
        store.write(transaction -> transaction.update("UPDATE object SET day = ? WHERE day = 0", today));
        boolean more = markWritten(today);
        more |= findingDays != null && deleteFindings(Math.min(now, believed()) - findingDays * DAY_MILLIS);
        long trusted = Math.min(now, believed()) / DAY_MILLIS;
        more |= usageDays != null && Metered.delete(store, trusted - usageDays);
        more |= Metered.sumUpResources(store, trusted - RESOURCE_DAYS);
        deleteAgentDays(trusted - RESOURCE_DAYS);
        return (ledgerDays != null && fold(today - ledgerDays)) || more;
    }

    /** How far the clock is believed: what a wrong one says must not delete everything. Epoch milliseconds. */
    private long believed() throws StoreException {
        long newest = store.query("SELECT MAX(updated) FROM finding", rows -> rows.next() ? rows.getLong(1) : 0L);
        long watermark = store.positions().getOrDefault("watermark", 0L);
        return Math.max(newest, Math.clamp(watermark, 0, Long.MAX_VALUE / 2_000) * 1_000) + BELIEVED_DAYS * DAY_MILLIS;
    }

    /** Deletes the minutes in which hosts were watched of days before {@code before}. */
    private void deleteAgentDays(long before) throws StoreException {
        List<Resource> old = store.resources(AGENT_DAY).stream()
                .filter(kept -> Long.parseLong(kept.id().substring(kept.id().lastIndexOf(' ') + 1)) < before)
                .toList();
        if (!old.isEmpty()) {
            store.write(transaction -> {
                for (Resource one : old) {
                    transaction.removeResource(one.account(), one.region(), one.kind(), one.id());
                }
            });
        }
    }

    /** An analysis has no clock but that of the events: what it wrote counts as written when it is met here first. */
    private boolean markWritten(long today) throws StoreException {
        List<String> fresh = store.query("SELECT id FROM finding WHERE kept = 0 LIMIT " + AT_ONCE, FindingRows::ids);
        if (!fresh.isEmpty()) {
            store.write(transaction -> {
                for (String id : fresh) {
                    transaction.batch("UPDATE finding SET kept = ? WHERE id = ? AND kept = 0", today, id);
                }
            });
        }
        return fresh.size() == AT_ONCE;
    }

    private boolean deleteFindings(long before) throws StoreException {
        List<String> old = store.query(
                "SELECT id FROM finding WHERE kept > 0 AND kept < ? AND updated < ? LIMIT " + AT_ONCE,
                FindingRows::ids,
                Math.floorDiv(before, DAY_MILLIS),
                before);
        if (!old.isEmpty()) {
            store.write(transaction -> {
                for (String id : old) {
                    transaction.removeFinding(id);
                }
            });
        }
        return old.size() == AT_ONCE;
    }

    private boolean fold(long before) throws StoreException {
        List<Row> rows = store.query(
                "SELECT name, size, version, day, ledger FROM object WHERE day > 0 AND day < ? AND settled = 1"
                        + " AND ledger LIKE '%\"status\":\"accepted\"%' AND ledger LIKE '%\"rejected\":0%'"
                        + " AND ledger NOT LIKE '%\"message\":%' LIMIT " + AT_ONCE,
                Retention::rows,
                before);
        Map<Group, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(group(row), group -> new ArrayList<>()).add(row));
        if (!rows.isEmpty()) {
            store.write(transaction -> {
                for (Map.Entry<Group, List<Row>> group : groups.entrySet()) {
                    fold(transaction, group.getKey(), group.getValue());
                }
            });
        }
        return rows.size() == AT_ONCE;
    }

    private static List<Row> rows(ResultSet result) throws SQLException, IOException {
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(new Row(
                    new ObjectIdentity(result.getString(1), result.getLong(2), result.getString(3)),
                    result.getLong(4),
                    Doc.parse(result.getString(5))));
        }
        return rows;
    }

    private static Group group(Row row) {
        String name = row.identity().name();
        ObjectKey key = ObjectKey.parse(name);
        int logs = name.indexOf("AWSLogs/");
        int end = logs >= 0 ? logs : name.lastIndexOf('/') + 1;
        return new Group(
                name.substring(0, end),
                Objects.requireNonNullElse(key.account(), ""),
                Objects.requireNonNullElse(key.region(), ""),
                String.valueOf(row.ledger().text("kind")),
                row.day());
    }

    private static void fold(StoreTransaction transaction, Group group, List<Row> rows) throws IOException {
        Doc before = transaction.<@Nullable Doc>query(
                "SELECT ledger FROM folded WHERE source = ? AND account = ? AND region = ? AND kind = ? AND day = ?",
                result -> result.next() ? Doc.parse(result.getString(1)) : null,
                group.source(),
                group.account(),
                group.region(),
                group.kind(),
                group.day());
        List<Doc> parts = new ArrayList<>();
        rows.forEach(row -> parts.add(row.ledger()));
        if (before != null) {
            parts.add(before);
        }
        transaction.update(
                "INSERT INTO folded (source, account, region, kind, day, ledger) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (source, account, region, kind, day) DO UPDATE SET ledger = excluded.ledger",
                group.source(),
                group.account(),
                group.region(),
                group.kind(),
                group.day(),
                sum(group, parts).toJson());
        for (Row row : rows) {
            transaction.update("INSERT INTO seen (identity) VALUES (?) ON CONFLICT DO NOTHING", digest(row.identity()));
            transaction.update(
                    "DELETE FROM object WHERE name = ? AND size = ? AND version = ?",
                    row.identity().name(),
                    row.identity().size(),
                    row.identity().version());
        }
    }

    private static Doc sum(Group group, List<Doc> parts) {
        Doc sum = new Doc()
                .with("source", group.source())
                .with("kind", group.kind())
                .with("status", "accepted");
        for (String count : COUNTS) {
            sum.with(
                    count,
                    parts.stream().mapToLong(part -> part.number(count, 0)).sum());
        }
        sum.with(
                "firstEvent",
                parts.stream()
                        .map(part -> part.text("firstEvent"))
                        .filter(Objects::nonNull)
                        .min(String::compareTo)
                        .orElse(null));
        sum.with(
                "lastEvent",
                parts.stream()
                        .map(part -> part.text("lastEvent"))
                        .filter(Objects::nonNull)
                        .max(String::compareTo)
                        .orElse(null));
        long objects =
                parts.stream().mapToLong(part -> part.number("objects", 1)).sum();
        return sum.with("objects", objects)
                .with(
                        "message",
                        objects + " objects of " + group.account() + " " + group.region() + ", read until "
                                + LocalDate.ofEpochDay(group.day()));
    }

    /** What stays of an object that was read. */
    static byte[] digest(ObjectIdentity object) {
        byte[] name = KeyText.digest(KeyText.of(object.name()) + "\n" + object.size() + "\n" + object.version());
        return ByteBuffer.allocate(16).put(name, 0, 16).array();
    }
}
