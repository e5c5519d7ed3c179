package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What is written together. Rows of one statement are sent together once another is to be done or something is read. */
public final class StoreTransaction {

    /** Rows that are sent together at most. */
    private static final int MOST_TOGETHER = 2_000;

    /** The kind of resource that says how far a lane was read, and the version of a stretch of one. */
    static final String STREAM = "stream";

    private final Store store;
    private final Session session;
    private final FindingRows findings = new FindingRows(this);
    private final List<Runnable> afterwards = new ArrayList<>();
    private final Tally tally = new Tally();
    private @Nullable PreparedStatement waiting;
    private String waitingSql = "";
    private int rows;

    StoreTransaction(Store store, Session session) {
        this.store = store;
        this.session = session;
    }

    @SuppressWarnings("ReferenceEquality") // that very store
    boolean isOf(Store other) {
        return store == other;
    }

    void afterwards(Runnable work) {
        afterwards.add(work);
    }

    /** It is committed. */
    void isDone() {
        afterwards.forEach(Runnable::run);
    }

    /** What counts of findings change. */
    Tally tally() {
        return tally;
    }

    /** Does what is to be done before the end. */
    void finish() throws IOException {
        tally.write(this);
        flush();
    }

    Session session() {
        return session;
    }

    /** Keeps an entry. */
    public void put(String function, String key, String kind, String name, Packed state) throws IOException {
        String shortName = KeyText.of(name);
        batch(
                "INSERT INTO entry (function, key, kind, name, version, size, state, full_name)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (function, key, kind, name) DO UPDATE"
                        + " SET version = excluded.version, size = excluded.size, state = excluded.state",
                function,
                KeyText.of(key),
                kind,
                shortName,
                state.version(),
                state.size(),
                state.bytes(),
                shortName.equals(name) ? null : name.getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets an entry. */
    public void remove(String function, String key, String kind, String name) throws IOException {
        batch(
                "DELETE FROM entry WHERE function = ? AND key = ? AND kind = ? AND name = ?",
                function,
                KeyText.of(key),
                kind,
                KeyText.of(name));
    }

    /** Sets a timer at event time {@code at}, epoch seconds, or takes it off. */
    public void timer(String function, String key, long at, boolean set) throws IOException {
        String sql = set
                ? "INSERT INTO timer (function, key, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
                : "DELETE FROM timer WHERE function = ? AND key = ? AND at = ?";
        batch(sql, function, KeyText.of(key), at);
    }

    /**
     * Takes a finding if its revision is higher than what is kept; its times are those of its events, and it goes to no
     * destination.
     */
    public void finding(FindingState finding) throws IOException {
        findings.write(finding, finding.lastSeen() * 1000, 0, false);
    }

    /**
     * Takes a finding if its revision is higher than what is kept; forgets one that became part of a roll-up. What users
     * have set stays. Unless a rule suppresses it or has done so it is in the outbox from then on.
     *
     * @param now epoch milliseconds: created or updated then
     * @param archived whether a rule suppresses it: if it is new it is archived
     * @return whether it was taken
     */
    public boolean finding(FindingState finding, long now, boolean archived) throws IOException {
        boolean taken = findings.write(finding, now, now / Retention.DAY_MILLIS, archived);
        if (taken && !archived && !finding.isFolded()) {
            update(
                    "INSERT INTO outbox (item, fresh) SELECT id, CASE WHEN created = updated THEN 1 ELSE 0 END"
                            + " FROM finding WHERE id = ? AND suppressed = 0 ON CONFLICT (item) DO NOTHING",
                    finding.id());
        }
        return taken;
    }

    /**
     * Remembers what became of {@code object}.
     *
     * @param ledger its row
     * @param settled whether it was read; else it is read again when it is met again
     */
    public void object(ObjectIdentity object, Doc ledger, boolean settled) throws IOException {
        update(
                "INSERT INTO object (name, size, version, ledger, settled) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (name, size, version) DO UPDATE SET ledger = excluded.ledger,"
                        + " settled = excluded.settled",
                KeyText.of(object.name()),
                object.size(),
                object.version(),
                ledger.toJson(),
                settled ? 1 : 0);
    }

    /** Changes the ledger row of the object {@code name}, if it is still there: what 'tocsin forget' deleted is not. */
    public void changeLedgerRow(String name, UnaryOperator<Doc> change) throws IOException {
        String row = new ReadObjects(store).row(name);
        if (row != null) {
            update(
                    "UPDATE object SET ledger = ? WHERE name = ? AND ledger = ?",
                    change.apply(Doc.parse(row)).toJson(),
                    KeyText.of(name),
                    row);
        }
    }

    /**
     * Keeps the one ledger row of a stretch of a stream, called {@code name}.
     *
     * @param change from what is kept, or null, to what is to be
     */
    public void addLedgerRow(String name, Function<@Nullable Doc, Doc> change) throws IOException {
        String row = new ReadObjects(store).row(name);
        Doc changed = change.apply(row == null ? null : Doc.parse(row));
        object(new ObjectIdentity(name, 0, STREAM), changed, true);
    }

    /** Remembers where to go on in {@code lane} of the stream that {@code source} reads. */
    public void streamPosition(String source, String lane, String next) throws IOException {
        Doc position = new Doc().with("lane", lane).with("next", next);
        resource(new Resource("", source, STREAM, lane, position));
    }

    /** Remembers how far {@code name} has come. */
    public void position(String name, long value) throws IOException {
        update(
                "INSERT INTO position (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                name,
                value);
    }

    /** Keeps what the API made, or changes it. */
    public void resource(Resource resource) throws IOException {
        update(
                "INSERT INTO resource (account, region, kind, id, number, document)"
                        + " VALUES (?, ?, ?, ?, (SELECT COALESCE(MAX(number), 0) + 1 FROM resource), ?)"
                        + " ON CONFLICT (account, region, kind, id) DO UPDATE SET document = excluded.document",
                resource.account(),
                resource.region(),
                resource.kind(),
                resource.id(),
                resource.document().toJson());
    }

    /** Changes what the API made, if it is still there. */
    public void changeResource(Resource resource) throws IOException {
        update(
                "UPDATE resource SET document = ? WHERE account = ? AND region = ? AND kind = ? AND id = ?",
                resource.document().toJson(),
                resource.account(),
                resource.region(),
                resource.kind(),
                resource.id());
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

    /** Adds what was analysed to what is kept. */
    public void metered(Metered amount) throws IOException {
        amount.addTo(this);
    }

    /** Forgets a finding, and that it was to leave. */
    void removeFinding(String id) throws IOException {
        findings.remove(id);
    }

    /** Forgets all findings of an account's Region. */
    public void removeFindings(String account, String region) throws IOException {
        String theirs = " FROM finding WHERE account = ? AND region = ?)";
        update("DELETE FROM attribute WHERE finding IN (SELECT number" + theirs, account, region);
        update("DELETE FROM case_note WHERE finding IN (SELECT id" + theirs, account, region);
        update("DELETE FROM finding WHERE account = ? AND region = ?", account, region);
        tally.write(this);
        update("DELETE FROM tally WHERE account = ? AND region = ?", account, region);
    }

    int update(String sql, @Nullable Object... values) throws IOException {
        flush();
        try {
            return session.statement(sql, values).executeUpdate();
        } catch (SQLException e) {
            throw new IOException(session.trouble(e), e);
        }
    }

    /** As {@link #update}, but sent together with others like it. */
    void batch(String sql, @Nullable Object... values) throws IOException {
        if (!sql.equals(waitingSql) || rows >= MOST_TOGETHER) {
            flush();
        }
        try {
            PreparedStatement statement = session.statement(sql, values);
            statement.addBatch();
            waiting = statement;
            waitingSql = sql;
            rows++;
        } catch (SQLException e) {
            throw new IOException(session.trouble(e), e);
        }
    }

    /** Sends what waits to be sent together. */
    void flush() throws IOException {
        PreparedStatement statement = waiting;
        if (statement == null) {
            return;
        }
        waiting = null;
        waitingSql = "";
        rows = 0;
        try {
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IOException(session.trouble(e), e);
        }
    }

    <T extends @Nullable Object> T query(String sql, Store.Rows<T> reading, Object... values) throws IOException {
        return store.query(sql, reading, values);
    }
}
