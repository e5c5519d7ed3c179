package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingPath;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

/** What is written together. */
public final class StoreTransaction {

    private final Store store;

    StoreTransaction(Store store) {
        this.store = store;
    }

    /** Keeps an entry. */
    public void put(String function, String key, String kind, String name, Packed state) throws IOException {
        update(
                "INSERT INTO entry (function, key, kind, name, version, size, state) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO UPDATE SET version = excluded.version, size = excluded.size,"
                        + " state = excluded.state",
                function,
                key,
                kind,
                name,
                state.version(),
                state.size(),
                state.bytes());
    }

    /** Forgets an entry. */
    public void remove(String function, String key, String kind, String name) throws IOException {
        update("DELETE FROM entry WHERE function = ? AND key = ? AND kind = ? AND name = ?", function, key, kind, name);
    }

    /** Sets a timer at event time {@code at}, epoch seconds, or takes it off. */
    public void timer(String function, String key, long at, boolean set) throws IOException {
        String sql = set
                ? "INSERT OR IGNORE INTO timer (function, key, at) VALUES (?, ?, ?)"
                : "DELETE FROM timer WHERE function = ? AND key = ? AND at = ?";
        update(sql, function, key, at);
    }

    /**
     * Takes a finding if its revision is higher than what is kept; its times are those of its events, and it goes to no
     * destination.
     */
    public void finding(FindingState finding) throws IOException {
        keep(finding, finding.lastSeen() * 1000, false);
    }

    /**
     * Takes a finding if its revision is higher than what is kept; forgets one that became part of a roll-up. What users
     * have set stays. Unless it is archived it is in the outbox from then on.
     *
     * @param now epoch milliseconds: created or updated then
     * @param archived whether it is archived if it is new
     * @return whether it was taken
     */
    public boolean finding(FindingState finding, long now, boolean archived) throws IOException {
        boolean taken = keep(finding, now, archived);
        if (taken && !finding.isFolded()) {
            update(
                    "INSERT INTO outbox (item, fresh) SELECT id, CASE WHEN created = updated THEN 1 ELSE 0 END"
                            + " FROM finding WHERE id = ? AND archived = 0 ON CONFLICT (item) DO NOTHING",
                    finding.id());
        }
        return taken;
    }

    private boolean keep(FindingState finding, long now, boolean archived) throws IOException {
        if (finding.isFolded()) {
            update("DELETE FROM attribute WHERE finding = ?", finding.id());
            return update("DELETE FROM finding WHERE id = ? AND revision < ?", finding.id(), finding.revision()) > 0;
        }
        int taken = update(
                "INSERT INTO finding (id, type, account, region, revision, first, last, severity, document, number,"
                        + " created, updated, archived, resource_type, resource_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?,"
                        + " (SELECT COALESCE(MAX(number), 0) + 1 FROM finding), ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, first = excluded.first,"
                        + " last = excluded.last, severity = excluded.severity, document = excluded.document,"
                        + " updated = excluded.updated WHERE excluded.revision > finding.revision",
                finding.id(),
                finding.type(),
                finding.account(),
                finding.region(),
                finding.revision(),
                finding.firstSeen(),
                finding.lastSeen(),
                finding.severity(),
                Packed.of(finding.document()).bytes(),
                now,
                now,
                archived ? 1 : 0,
                FindingAttributes.resourceType(finding.document()),
                FindingAttributes.resourceId(finding.document()));
        if (taken == 0) {
            return false;
        }
        update("DELETE FROM attribute WHERE finding = ?", finding.id());
        for (String name : FindingAttributes.listed()) {
            for (FindingPath.Value value : FindingAttributes.values(finding.document(), name)) {
                attribute(finding.id(), name, value);
            }
        }
        return true;
    }

    private void attribute(String finding, String name, FindingPath.Value value) throws IOException {
        if (value.number() == null) {
            update("INSERT INTO attribute (name, text, finding) VALUES (?, ?, ?)", name, value.text(), finding);
        } else {
            update(
                    "INSERT INTO attribute (name, text, finding, number) VALUES (?, ?, ?, ?)",
                    name,
                    value.text(),
                    finding,
                    value.number());
        }
    }

    /**
     * Remembers what became of {@code object}.
     *
     * @param ledger its row
     * @param settled whether it was read; else it is read again when it is met again
     */
    public void object(ObjectIdentity object, Doc ledger, boolean settled) throws IOException {
        update(
                "INSERT OR REPLACE INTO object (name, size, version, ledger, settled) VALUES (?, ?, ?, ?, ?)",
                object.name(),
                object.size(),
                object.version(),
                ledger.toJson(),
                settled ? 1 : 0);
    }

    /** Changes the ledger row of the object {@code name}, if it is still there: what 'tocsin forget' deleted is not. */
    public void changeLedgerRow(String name, UnaryOperator<Doc> change) throws IOException {
        String row = store.ledgerRow(name);
        if (row != null) {
            update(
                    "UPDATE object SET ledger = ? WHERE name = ? AND ledger = ?",
                    change.apply(Doc.parse(row)).toJson(),
                    name,
                    row);
        }
    }

    /** Remembers how far {@code name} has come. */
    public void position(String name, long value) throws IOException {
        update("INSERT OR REPLACE INTO position (name, value) VALUES (?, ?)", name, value);
    }

    /** Keeps what the API made, or changes it. */
    public void resource(Resource resource) throws IOException {
        update(
                "INSERT INTO resource (account, region, kind, id, number, document)"
                        + " VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM resource), ?)"
                        + " ON CONFLICT DO UPDATE SET document = excluded.document",
                resource.account(),
                resource.region(),
                resource.kind(),
                resource.id(),
                resource.document().toJson());
    }

    /** Forgets what the API made. */
    public void removeResource(String account, String region, String kind, String id) throws IOException {
        update(
                "DELETE FROM resource WHERE account = ? AND region = ? AND kind = ? AND id = ?",
                account,
                region,
                kind,
                id);
    }

    /** Forgets all of one kind that the API made in an account's Region. */
    public void removeResources(String account, String region, String kind) throws IOException {
        update("DELETE FROM resource WHERE account = ? AND region = ? AND kind = ?", account, region, kind);
    }

    /** Forgets all findings of an account's Region. */
    public void removeFindings(String account, String region) throws IOException {
        update(
                "DELETE FROM attribute WHERE finding IN (SELECT id FROM finding WHERE account = ? AND region = ?)",
                account,
                region);
        update("DELETE FROM finding WHERE account = ? AND region = ?", account, region);
    }

    int update(String sql, Object... values) throws IOException {
        try {
            return store.statement(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
