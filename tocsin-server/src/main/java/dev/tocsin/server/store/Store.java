package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One folder's store, in SQLite. Everything is written in transactions that hold state, timers, findings, ledger rows
 * and positions together: what a crash leaves is the last of them. One process runs the engine over a store at a time;
 * others may open it beside. Its methods may be called from several threads.
 */
public final class Store implements AutoCloseable {

    private static final String FILE = "tocsin.db";

    private final String place;
    private final Connection connection;
    private final @Nullable StoreLease lease;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Store(String place, Connection connection, @Nullable StoreLease lease) {
        this.place = place;
        this.connection = connection;
        this.lease = lease;
    }

    /**
     * A timer that is set.
     *
     * @param key whose it is
     * @param at event time, epoch seconds
     */
    public record StoredTimer(String key, long at) {}

    /** Writes within a transaction. */
    @FunctionalInterface
    public interface Work {
        /** Writes what belongs together. */
        void to(StoreTransaction transaction) throws IOException;
    }

    /** Reads rows. */
    interface Rows<T extends @Nullable Object> {
        T read(ResultSet rows) throws SQLException, IOException;
    }

    /**
     * Opens the store of {@code folder}, which is made if it is not there.
     *
     * @throws StoreException if it is damaged, of a newer version, in use, or no store
     */
    public static Store open(Path folder) throws StoreException {
        StoreLease lease = null;
        try {
            Files.createDirectories(folder);
            lease = StoreLease.take(folder);
            return connect(folder, lease);
        } catch (StoreException e) {
            close(lease);
            throw e;
        } catch (IOException e) {
            close(lease);
            throw new StoreException(folder + ": the state cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Opens the store that an earlier run left in {@code folder}.
     *
     * @throws StoreException if there is none, or as {@link #open}
     */
    public static Store openExisting(Path folder) throws StoreException {
        mustExist(folder);
        return open(folder);
    }

    /**
     * Opens the store of {@code folder} although another process may run the engine over it.
     *
     * @throws StoreException if there is none, or it is damaged or of a newer version
     */
    public static Store openBeside(Path folder) throws StoreException {
        mustExist(folder);
        return connect(folder, null);
    }

    private static void mustExist(Path folder) throws StoreException {
        if (!Files.isRegularFile(folder.resolve(FILE))) {
            throw new StoreException(
                    folder + ": no state there; 'tocsin analyze --state " + folder + "' or 'tocsin serve --data "
                            + folder + "' makes it",
                    null);
        }
    }

    private static Store connect(Path folder, @Nullable StoreLease lease) throws StoreException {
        Connection connection = null;
        try {
            Properties settings = new Properties();
            settings.setProperty("transaction_mode", "IMMEDIATE"); // or one that reads first could not go on to write
            connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(FILE), settings);
            Schema.prepare(connection, folder.toString());
            return new Store(folder.toString(), connection, lease);
        } catch (StoreException e) {
            close(connection);
            throw e;
        } catch (SQLException e) {
            close(connection);
            throw new StoreException(folder + ": the state cannot be read: " + e.getMessage(), e);
        }
    }

    private static void close(@Nullable AutoCloseable opened) {
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("what failed to open cannot be closed", e);
        }
    }

    /** Whether anything is kept of {@code key}. */
    public boolean knows(String function, String key) throws StoreException {
        return query("SELECT 1 FROM entry WHERE function = ? AND key = ? LIMIT 1", ResultSet::next, function, key);
    }

    /** One entry, or null. */
    public @Nullable Packed entry(String function, String key, String kind, String name) throws StoreException {
        return this.<@Nullable Packed>query(
                "SELECT version, state, size FROM entry WHERE function = ? AND key = ? AND kind = ? AND name = ?",
                rows -> rows.next() ? new Packed(rows.getInt(1), rows.getBytes(2), rows.getInt(3)) : null,
                function,
                key,
                kind,
                name);
    }

    /** The names of all entries of one kind. */
    public Set<String> names(String function, String key, String kind) throws StoreException {
        return query(
                "SELECT name FROM entry WHERE function = ? AND key = ? AND kind = ?",
                rows -> {
                    Set<String> names = new HashSet<>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return names;
                },
                function,
                key,
                kind);
    }

    /** All timers that are set for {@code function}. */
    public List<StoredTimer> timers(String function) throws StoreException {
        return query(
                "SELECT key, at FROM timer WHERE function = ?",
                rows -> {
                    List<StoredTimer> timers = new ArrayList<>();
                    while (rows.next()) {
                        timers.add(new StoredTimer(rows.getString(1), rows.getLong(2)));
                    }
                    return timers;
                },
                function);
    }

    /** Whether {@code object} was read before, as it is now. */
    public boolean wasRead(ObjectIdentity object) throws StoreException {
        return query(
                "SELECT 1 FROM object WHERE name = ? AND size = ? AND version = ? AND settled = 1",
                ResultSet::next,
                object.name(),
                object.size(),
                object.version());
    }

    /** The names of objects that begin with {@code prefix} and are to be read again when they are met again. */
    public List<String> unsettled(String prefix) throws StoreException {
        return query(
                "SELECT DISTINCT name FROM object WHERE settled = 0 AND substr(name, 1, ?) = ?",
                rows -> {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString(1));
                    }
                    return names;
                },
                prefix.length(),
                prefix);
    }

    /** Shows the ledger rows of all objects to {@code seen}, by name. */
    public void ledger(Consumer<Doc> seen) throws StoreException {
        query("SELECT ledger FROM object ORDER BY name, version", rows -> {
            int count = 0;
            while (rows.next()) {
                seen.accept(Doc.parse(rows.getString(1)));
                count++;
            }
            return count;
        });
    }

    /** How many findings there are. */
    public long countFindings() throws StoreException {
        return query("SELECT COUNT(*) FROM finding", rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    /** The ledger row, as JSON, of what was read under the name {@code object}, or null; of versions the largest's. */
    public @Nullable String ledgerRow(String object) throws StoreException {
        return this.<@Nullable String>query(
                "SELECT ledger FROM object WHERE name = ? ORDER BY size DESC, version DESC LIMIT 1",
                rows -> rows.next() ? rows.getString(1) : null,
                object);
    }

    /** How far time and sources had come, by name. */
    public Map<String, Long> positions() throws StoreException {
        return query("SELECT name, value FROM position", rows -> {
            Map<String, Long> positions = new HashMap<>();
            while (rows.next()) {
                positions.put(rows.getString(1), rows.getLong(2));
            }
            return positions;
        });
    }

    /** All findings, or those alone that are new or changed since {@link #markPrinted}. */
    public List<FindingState> findings(boolean all) throws StoreException {
        String which = all ? "" : " WHERE revision > printed";
        return query(
                "SELECT id, type, account, region, revision, first, last, severity, document FROM finding" + which,
                Store::findings);
    }

    private static List<FindingState> findings(ResultSet rows) throws SQLException, IOException {
        List<FindingState> findings = new ArrayList<>();
        while (rows.next()) {
            findings.add(new FindingState(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getLong(5),
                    rows.getLong(6),
                    rows.getLong(7),
                    rows.getDouble(8),
                    Packed.doc(rows.getBytes(9))));
        }
        return findings;
    }

    /** What the API made under {@code id}, or null. */
    public @Nullable Resource resource(String account, String region, String kind, String id) throws StoreException {
        List<Resource> found = query(
                "SELECT account, region, kind, id, document FROM resource"
                        + " WHERE account = ? AND region = ? AND kind = ? AND id = ?",
                Store::resources,
                account,
                region,
                kind,
                id);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All of one kind that the API made in an account's Region, in the order of making. */
    public List<Resource> resources(String account, String region, String kind) throws StoreException {
        return query(
                "SELECT account, region, kind, id, document FROM resource"
                        + " WHERE account = ? AND region = ? AND kind = ? ORDER BY number",
                Store::resources,
                account,
                region,
                kind);
    }

    /** All of one kind that the API made anywhere, in the order of making. */
    public List<Resource> resources(String kind) throws StoreException {
        return query(
                "SELECT account, region, kind, id, document FROM resource WHERE kind = ? ORDER BY number",
                Store::resources,
                kind);
    }

    private static List<Resource> resources(ResultSet rows) throws SQLException, IOException {
        List<Resource> resources = new ArrayList<>();
        while (rows.next()) {
            resources.add(new Resource(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    Doc.parse(rows.getString(5))));
        }
        return resources;
    }

    /** Remembers that all findings, as they are now, have been shown. */
    public void markPrinted() throws StoreException {
        write(transaction -> transaction.update("UPDATE finding SET printed = revision WHERE printed < revision"));
    }

    /**
     * Does {@code work} in one transaction.
     *
     * @throws StoreException if it cannot be written; then nothing of it is
     */
    public synchronized void write(Work work) throws StoreException {
        try {
            connection.setAutoCommit(false);
            try {
                work.to(new StoreTransaction(this));
                connection.commit();
            } finally {
                connection.rollback(); // of what was not committed
                connection.setAutoCommit(true);
            }
        } catch (IOException | SQLException e) {
            throw new StoreException(place + ": the state cannot be written: " + e.getMessage(), e);
        }
    }

    /**
     * Deletes all that is kept of {@code who}, so that the file holds nothing of it any more.
     *
     * @throws StoreException if it cannot be; then nothing is deleted
     */
    public synchronized Forgotten forget(Forget who) throws StoreException {
        return new Forgetting(this, who).run();
    }

    /** Rewrites the file without what was deleted from it. */
    synchronized void scrub() throws StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw new StoreException(place + ": deleted, but the file still holds it: " + e.getMessage(), e);
        }
    }

    /** A statement with its parameters set. */
    synchronized PreparedStatement statement(String sql, Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    synchronized <T extends @Nullable Object> T query(String sql, Rows<T> reading, Object... values)
            throws StoreException {
        try (ResultSet rows = statement(sql, values).executeQuery()) {
            return reading.read(rows);
        } catch (IOException | SQLException e) {
            throw new StoreException(place + ": the state cannot be read: " + e.getMessage(), e);
        }
    }

    /** Closes it; what was not written in a transaction is lost. */
    @Override
    public synchronized void close() throws StoreException {
        try {
            connection.close();
            if (lease != null) {
                lease.close();
            }
        } catch (IOException | SQLException e) {
            throw new StoreException(place + ": the state cannot be closed: " + e.getMessage(), e);
        }
    }
}
