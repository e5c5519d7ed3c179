package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingPath;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes findings and what they are searched by, in one transaction. Of a changed one only what changed is written. */
final class FindingRows {

    private static final String ADD = "INSERT INTO attribute (finding, name, text, number) VALUES (?, ?, ?, ?)";
    private static final String DELETE = "DELETE FROM attribute WHERE finding = ? AND name = ? AND text = ?";

    /** Of a finding that is the copy of another Region's; no attribute of GuardDuty's. */
    static final String REPLICA = "tocsin.replica";

    private static final List<String> WITHOUT_COLUMN = Stream.concat(
                    FindingAttributes.listed().stream().filter(name -> !FindingSql.hasColumn(name)),
                    Stream.of(ListUse.ATTRIBUTE, FindingAttributes.SEQUENCE))
            .toList();

    private final StoreTransaction transaction;

    private record Attribute(String name, String text) {}

    FindingRows(StoreTransaction transaction) {
        this.transaction = transaction;
    }

    /**
     * As {@link StoreTransaction#finding(FindingState, long, boolean)}.
     *
     * @param day on which it is written; 0 if only the next round of {@link Retention} can tell
     */
    boolean write(FindingState finding, long now, long day, boolean archived) throws IOException {
        Kept kept = kept(finding.id());
        if (kept != null && kept.revision() >= finding.revision()) {
            return false;
        }
        if (finding.isFolded()) {
            return kept != null && remove(finding.id());
        }
        long number = kept == null ? nextNumber() : kept.number();
        if (kept == null) {
            insert(finding, number, now, day, archived);
        } else {
            update(finding, now, day);
            transaction.tally().take(kept.counted());
        }
        transaction
                .tally()
                .add(counted(
                        finding,
                        now,
                        kept == null ? (archived ? 1 : 0) : kept.counted().archived()));
        attributes(finding, number, kept == null ? Map.of() : attributesOf(number));
        return true;
    }

    private record Kept(long revision, long number, Tally.Counted counted) {}

    private @Nullable Kept kept(String id) throws IOException {
        return transaction.<@Nullable Kept>query(
                "SELECT f.revision, f.number, " + Tally.Counted.COLUMNS + " FROM finding f WHERE f.id = ?"
                        + transaction.session().forUpdate(),
                rows -> rows.next() ? new Kept(rows.getLong(1), rows.getLong(2), Tally.Counted.of(rows, 3)) : null,
                id);
    }

    private static Tally.Counted counted(FindingState finding, long now, long archived) {
        return new Tally.Counted(
                finding.account(),
                finding.region(),
                archived,
                finding.type(),
                finding.severity(),
                now,
                KeyText.of(FindingAttributes.resourceType(finding.document())),
                KeyText.of(FindingAttributes.resourceId(finding.document())));
    }

    /** Forgets a finding, and that it was to leave; whether it was there. */
    boolean remove(String id) throws IOException {
        Kept kept = kept(id);
        if (kept != null) {
            transaction.tally().take(kept.counted());
            transaction.update("DELETE FROM attribute WHERE finding = ?", kept.number());
        }
        transaction.update("DELETE FROM case_note WHERE finding = ?", id);
        transaction.update("DELETE FROM outbox WHERE item = ?", id);
        transaction.update("DELETE FROM delivery WHERE item = ?", id);
        return transaction.update("DELETE FROM finding WHERE id = ?", id) > 0;
    }

    /** The ids that {@code rows} hold. */
    static List<String> ids(ResultSet rows) throws SQLException {
        List<String> ids = new ArrayList<>();
        while (rows.next()) {
            ids.add(rows.getString(1));
        }
        return ids;
    }

    /** The number of a finding that comes now: higher than all before it, and no other's. */
    private long nextNumber() throws IOException {
        return transaction.query(transaction.session().nextFinding(), rows -> rows.next() ? rows.getLong(1) : 0);
    }

    private void insert(FindingState finding, long number, long now, long day, boolean archived) throws IOException {
        Doc document = finding.document();
        transaction.update(
                "INSERT INTO finding (id, type, account, region, revision, first, last, severity, document, number,"
                        + " created, updated, kept, archived, suppressed, resource_type, resource_id) VALUES"
                        + " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " ?, ?, ?, ?)",
                finding.id(),
                finding.type(),
                finding.account(),
                finding.region(),
                finding.revision(),
                finding.firstSeen(),
                finding.lastSeen(),
                finding.severity(),
                Packed.of(document).bytes(),
                number,
                now,
                now,
                day,
                archived ? 1 : 0,
                archived ? 1 : 0,
                KeyText.of(FindingAttributes.resourceType(document)),
                KeyText.of(FindingAttributes.resourceId(document)));
    }

    private void update(FindingState finding, long now, long day) throws IOException {
        transaction.update(
                "UPDATE finding SET revision = ?, first = ?, last = ?, severity = ?, document = ?, updated = ?,"
                        + " kept = ?, resource_type = ?, resource_id = ? WHERE id = ?",
                finding.revision(),
                finding.firstSeen(),
                finding.lastSeen(),
                finding.severity(),
                Packed.of(finding.document()).bytes(),
                now,
                day,
                KeyText.of(FindingAttributes.resourceType(finding.document())),
                KeyText.of(FindingAttributes.resourceId(finding.document())),
                finding.id());
    }

    private void attributes(FindingState finding, long number, Map<Attribute, @Nullable Double> kept)
            throws IOException {
        Map<Attribute, @Nullable Double> wanted = new HashMap<>();
        for (String name : WITHOUT_COLUMN) {
            for (FindingPath.Value value : FindingAttributes.values(finding.document(), name)) {
                wanted.put(new Attribute(name, KeyText.of(value.text())), value.number());
            }
        }
        if (finding.document().text("customDetectionRuleName") != null) {
            for (FindingPath.Value rule : FindingAttributes.values(finding.document(), FindingAttributes.RULE)) {
                wanted.put(new Attribute(FindingAttributes.RULE, KeyText.of(rule.text())), null);
            }
        }
        if (finding.document().part("tocsin").text("replicaOf") != null) {
            wanted.put(new Attribute(REPLICA, "true"), null);
        }
        Set<Attribute> same = new HashSet<>();
        for (Map.Entry<Attribute, @Nullable Double> one : kept.entrySet()) {
            Attribute attribute = one.getKey();
            if (wanted.containsKey(attribute) && Objects.equals(wanted.get(attribute), one.getValue())) {
                same.add(attribute);
            } else {
                transaction.batch(DELETE, number, attribute.name(), attribute.text());
            }
        }
        for (Map.Entry<Attribute, @Nullable Double> one : wanted.entrySet()) {
            if (!same.contains(one.getKey())) {
                transaction.batch(ADD, number, one.getKey().name(), one.getKey().text(), one.getValue());
            }
        }
    }

    private Map<Attribute, @Nullable Double> attributesOf(long number) throws IOException {
        return transaction.query(
                "SELECT name, text, number FROM attribute WHERE finding = ?", FindingRows::attributesOf, number);
    }

    private static Map<Attribute, @Nullable Double> attributesOf(ResultSet rows) throws SQLException {
        Map<Attribute, @Nullable Double> kept = new HashMap<>();
        while (rows.next()) {
            double number = rows.getDouble(3);
            kept.put(new Attribute(rows.getString(1), rows.getString(2)), rows.wasNull() ? null : number);
        }
        return kept;
    }
}
