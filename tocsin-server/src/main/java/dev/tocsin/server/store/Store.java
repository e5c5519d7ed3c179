package dev.tocsin.server.store;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept, in SQLite or PostgreSQL. Everything is written in transactions that hold state, timers, findings, ledger rows
 * and positions together: what a crash leaves is the last of them. One process runs the engine over a store at a time;
 * others may open it beside. Its methods may be called from several threads.
 */
public final class Store implements AutoCloseable {

    /** Who reads at the same time; others wait for their turn. */
    private static final int READERS = 8;

    /** The transaction that a thread is in, so that what it reads meanwhile is what it has written. */
    private static final ThreadLocal<@Nullable StoreTransaction> CURRENT = new ThreadLocal<>();

    private final Dialect dialect;
    private final Sessions writers;
    private final Sessions readers;
    private final StateEntries state = new StateEntries(this);
    private volatile @Nullable StoreLease lease;
    private volatile @Nullable StateFolder folder;

    private Store(Dialect dialect) {
        this.dialect = dialect;
        writers = new Sessions(dialect, dialect.writers(), dialect::writing);
        readers = new Sessions(dialect, READERS, dialect::reading);
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
     * Opens the store of {@code folder}, which is made if it is not there, and takes the lease.
     *
     * @throws StoreException if it is damaged, of a newer version, in use, or no store
     */
    public static Store open(Path folder) throws StoreException {
        return leased(openShared(StorePlace.in(folder)));
    }

    /**
     * Opens the store that an earlier run left in {@code folder}, or to which a service there was pointed, and takes the lease.
     *
     * @throws StoreException if there is none, or as {@link #open}
     */
    public static Store openExisting(Path folder) throws StoreException {
        return leased(openBeside(folder));
    }

    /** Whether {@code folder} has a store, as far as the folder tells. */
    public static boolean isThere(Path folder) throws StoreException {
        return StorePlace.in(folder).exists();
    }

    /**
     * Opens the store of {@code folder} although another process may run the engine over it.
     *
     * @throws StoreException if there is none, or it is damaged or of a newer version
     */
    public static Store openBeside(Path folder) throws StoreException {
        return openShared(StorePlace.existing(folder));
    }

    /**
     * Opens the store at {@code place}, which is made if it is not there, without the lease.
     *
     * @throws StoreException if it is damaged, of a newer version, or no store
     */
    public static Store openShared(StorePlace place) throws StoreException {
        Store store = new Store(place.dialect());
        try {
            place.prepare();
            store.prepare();
            return store;
        } catch (IOException | SQLException e) {
            store.closeFailed();
            throw e instanceof StoreException known ? known : store.failure("the state cannot be read", e);
        }
    }

    /**
     * A new store in {@code folder}, to which nothing that lasts is trusted, with the lease.
     *
     * @throws StoreException if it cannot be made
     */
    public static Store temporary(Path folder) throws StoreException {
        Store store = new Store(new Sqlite(folder, false));
        try {
            store.prepare();
        } catch (IOException | SQLException e) {
            store.closeFailed();
            throw store.failure("the temporary store cannot be made", e);
        }
        return leased(store);
    }

    private void prepare() throws SQLException, IOException {
        Session session = writers.take();
        boolean failed = true;
        try {
            Schema.prepare(dialect, session.connection());
            failed = false;
        } finally {
            writers.give(session, failed);
        }
    }

    private static Store leased(Store store) throws StoreException {
        try {
            store.takeLease();
            return store;
        } catch (StoreException e) {
            store.closeFailed();
            throw e;
        }
    }

    private void closeFailed() {
        try {
            close();
        } catch (StoreException e) {
            throw new IllegalStateException("what failed to open cannot be closed", e);
        }
    }

    /**
     * Takes the right to run the engine, unless this process has it and still holds it.
     *
     * @throws StoreException if another process has it
     */
    public synchronized void takeLease() throws StoreException {
        try {
            StoreLease held = lease;
            Session session = held == null ? null : held.session();
            if (held != null && (session == null || !session.isBroken())) {
                return;
            }
            drop();
            lease = dialect.lease();
            state.load();
            folder = new StateFolder(state);
        } catch (StoreException e) {
            throw e;
        } catch (IOException | SQLException e) {
            throw failure("the state cannot be opened", e);
        }
    }

    /** As {@link #takeLease}; whether it was taken. */
    public boolean tryLease() {
        try {
            takeLease();
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    /** Gives back the lease. */
    private void drop() throws IOException, SQLException {
        StateFolder folding = folder;
        if (folding != null) {
            folding.close();
            folder = null;
        }
        StoreLease held = lease;
        if (held != null) {
            held.close();
            lease = null;
        }
    }

    /** The state of keys. */
    public StateEntries state() {
        return state;
    }

    private StoreException failure(String what, Exception e) {
        String why = e instanceof SQLException failed ? dialect.trouble(failed) : String.valueOf(e.getMessage());
        return new StoreException(dialect.place() + ": " + what + ": " + why, e);
    }

    /** How many findings there are. */
    public long countFindings() throws StoreException {
        return query("SELECT COUNT(*) FROM finding", rows -> rows.next() ? rows.getLong(1) : 0L);
    }

    /** Where to go on in each lane of the stream that {@code source} reads. */
    public Map<String, String> streamPositions(String source) throws StoreException {
        Map<String, String> positions = new HashMap<>();
        for (Resource kept : resources(StoreTransaction.STREAM)) {
            String next = kept.document().text("next");
            if (kept.region().equals(source) && next != null) {
                positions.put(kept.id(), next);
            }
        }
        return positions;
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

    static List<Resource> resources(ResultSet rows) throws SQLException, IOException {
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
     * Does {@code work} in one transaction, or in the one that the thread is in.
     *
     * @throws StoreException if it cannot be written; then nothing of it is, or all of it but a power cut may undo it
     */
    public void write(Work work) throws StoreException {
        StoreTransaction around = CURRENT.get();
        try {
            if (around != null && around.isOf(this)) {
                work.to(around);
                return;
            }
            Session session = writers.take();
            boolean failed = true;
            try {
                write(session, work);
                failed = false;
            } finally {
                writers.give(session, failed);
            }
            dialect.settle();
        } catch (IOException | SQLException e) {
            throw failure("the state cannot be written", e);
        }
    }

    /** Runs {@code work} once what the thread writes is written: at once if it is in no transaction, never if that fails. */
    public void afterwards(Runnable work) {
        StoreTransaction around = CURRENT.get();
        if (around != null && around.isOf(this)) {
            around.afterwards(work);
        } else {
            work.run();
        }
    }

    /**
     * Does the {@code work} of who has the lease in one transaction, and keeps what changed of keys' state.
     *
     * @throws StoreException if it cannot be written, or the lease is lost; then nothing of it is
     */
    public void checkpoint(StateBlock changes, Work work) throws StoreException {
        StateFolder folding = folder;
        if (changes.isEmpty() || folding == null) {
            checkpoint(work);
            return;
        }
        try {
            folding.awaitRoom();
            byte[] encoded = changes.encoded();
            Unfolded.Numbered[] row = new Unfolded.Numbered[1];
            checkpoint(transaction -> {
                row[0] = state.write(transaction, changes, encoded);
                work.to(transaction);
            });
            state.written(row[0]);
            folding.wake();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(dialect.place() + ": interrupted while waiting for the store", e);
        } catch (IOException e) {
            throw e instanceof StoreException known ? known : failure("the state cannot be written", e);
        }
    }

    /** Does the {@code work} of who has the lease in one transaction. */
    void checkpoint(Work work) throws StoreException {
        Session session = leasedSession();
        if (session == null) {
            write(work);
            return;
        }
        try {
            synchronized (session) {
                write(session, work);
            }
        } catch (IOException | SQLException e) {
            session.isBroken(); // then takeLease takes it anew
            throw failure("the state cannot be written", e);
        }
    }

    private @Nullable Session leasedSession() {
        StoreLease held = lease;
        return held == null ? null : held.session();
    }

    private void write(Session session, Work work) throws IOException, SQLException {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("a transaction within a transaction");
        }
        Connection connection = session.connection();
        StoreTransaction transaction = new StoreTransaction(this, session);
        CURRENT.set(transaction);
        boolean committed = false;
        try {
            connection.setAutoCommit(false); // where another process may be awaited
            work.to(transaction);
            transaction.finish();
            connection.commit();
            committed = true;
            connection.setAutoCommit(true);
        } finally {
            CURRENT.remove();
            if (!committed) {
                session.undo();
            }
        }
        transaction.isDone();
    }

    /**
     * Deletes all that is kept of {@code who}, so that the file holds nothing of it any more.
     *
     * @throws StoreException if it cannot be; then nothing is deleted
     */
    public Forgotten forget(Forget who) throws StoreException {
        return new Forgetting(this, who).run();
    }

    /** Rewrites the database without what was deleted from it. */
    void scrub() throws StoreException {
        try {
            Session session = writers.take();
            try {
                session.closeStatements();
                dialect.scrub(session.connection());
            } finally {
                writers.give(session, false);
            }
        } catch (IOException | SQLException e) {
            throw failure("deleted, but the file still holds it", e);
        }
    }

    <T extends @Nullable Object> T query(String sql, Rows<T> reading, Object... values) throws StoreException {
        try {
            StoreTransaction transaction = CURRENT.get();
            if (transaction != null && transaction.isOf(this)) { // it sees what was written so far
                transaction.flush();
                return read(transaction.session(), sql, reading, values);
            }
            Session session = readers.take();
            boolean failed = true;
            try {
                T result = read(session, sql, reading, values);
                failed = false;
                return result;
            } finally {
                readers.give(session, failed);
            }
        } catch (IOException | SQLException e) {
            throw failure("the state cannot be read", e);
        }
    }

    private static <T extends @Nullable Object> T read(Session session, String sql, Rows<T> reading, Object... values)
            throws SQLException, IOException {
        try (ResultSet rows = session.statement(sql, values).executeQuery()) {
            return reading.read(rows);
        }
    }

    /** Closes it; what was not written in a transaction is lost. */
    @Override
    public synchronized void close() throws StoreException {
        try {
            drop();
            readers.close();
            writers.close();
        } catch (IOException | SQLException e) {
            throw failure("the state cannot be closed", e);
        }
    }
}
