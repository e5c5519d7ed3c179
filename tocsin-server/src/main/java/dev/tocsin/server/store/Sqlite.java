package dev.tocsin.server.store;

import dev.tocsin.server.security.PrivateFiles;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.sqlite.SQLiteException;

/**
 * A store in a file of a folder: one transaction at a time, beside it any number of readers.
 *
 * @param folder where the file lies
 * @param lasting false for one that its process alone uses and that a power cut may damage
 */
record Sqlite(Path folder, boolean lasting) implements Dialect {

    static final String FILE = "tocsin.db";

    /** What one process waits for another's transaction, in milliseconds: a checkpoint at its largest takes seconds. */
    private static final int BUSY_MILLIS = 10_000;

    /** Pages that a connection keeps in memory, in KiB. */
    private static final int CACHE_KIB = 32 * 1024;

    /** Pages of the write-ahead log, 256 MB, from which on writers move it themselves, so that it does not grow for ever. */
    private static final int LONG_LOG = 64 * 1024;

    Sqlite(Path folder) {
        this(folder, true);
    }

    /** Whether there is a store in the folder. */
    boolean exists() {
        return Files.isRegularFile(file());
    }

    /** Its file. */
    Path file() {
        return folder.resolve(FILE);
    }

    @Override
    public String place() {
        return folder.toString();
    }

    @Override
    public Connection writing() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = 4096");
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA wal_autocheckpoint = " + LONG_LOG);
            // A power cut leaves whole transactions; what is answered for survives it by settle().
            statement.execute("PRAGMA synchronous = " + (lasting ? "NORMAL" : "OFF"));
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public Connection reading() throws SQLException {
        Connection connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Connection connect() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("transaction_mode", "IMMEDIATE"); // or one that reads first could not go on to write
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file(), settings);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            statement.execute("PRAGMA cache_size = -" + CACHE_KIB);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public int writers() {
        return 1;
    }

    @Override
    public String definition(String sql) {
        return sql;
    }

    @Override
    public int version(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    /** The copy of the store from before it was raised from {@code version}. */
    Path kept(int version) {
        return folder.resolve(FILE + ".v" + version);
    }

    @Override
    public void keep(Statement statement, int version) throws StoreException {
        Path copy = kept(version);
        Path part = folder.resolve(
                copy.getFileName() + "." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(part);
            PrivateFiles.write(part, "");
            statement.execute("VACUUM INTO '" + part.toString().replace("'", "''") + "'");
            Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (SQLException | IOException e) {
            String why = e instanceof SQLException sql ? trouble(sql) : e.toString();
            throw new StoreException(copy + ", the copy from before the upgrade, cannot be written: " + why, e);
        } finally {
            part.toFile().delete(); // there only if something failed; whether it goes changes nothing
        }
    }

    @Override
    public String wayBack(int version) {
        Path copy = kept(version);
        return Files.exists(copy)
                ? "; what it was before the upgrade: 'tocsin restore --replace --data " + folder + " --input " + copy
                        + "'"
                : "";
    }

    @Override
    public void beginRaising(Statement statement) throws SQLException {
        statement.execute("BEGIN IMMEDIATE");
    }

    @Override
    public void raisedTo(Statement statement, int version) throws SQLException {
        statement.execute("PRAGMA user_version = " + version);
    }

    @Override
    public String forUpdate() {
        return ""; // one writes at a time
    }

    @Override
    public String nextFinding() {
        return "SELECT COALESCE(MAX(number), 0) + 1 FROM finding"; // one writes at a time
    }

    /** The log holds what was committed, until all of it is in the database and forced there. */
    @Override
    public void settle() throws IOException {
        if (lasting) {
            try (FileInputStream log = new FileInputStream(log().toFile())) { // a channel would fail who is interrupted
                log.getFD().sync();
            } catch (FileNotFoundException e) {
                // all of it was moved, and forced, by who closed the database
            }
        }
    }

    private Path log() {
        return folder.resolve(FILE + "-wal");
    }

    @Override
    public Object value(Object value) {
        return value;
    }

    @Override
    public StoreLease lease() throws IOException, SQLException {
        FileLease lease = FileLease.take(folder);
        try {
            return lease.with(new WalMover(log(), connect()));
        } catch (SQLException e) {
            lease.close();
            throw e;
        }
    }

    @Override
    public void scrub(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    @Override
    public String trouble(SQLException e) {
        if (!(e instanceof SQLiteException failure)) {
            return String.valueOf(e.getMessage());
        }
        return switch (failure.getResultCode()) {
            case SQLITE_FULL -> "the disk is full; nothing is lost, make room and it goes on";
            case SQLITE_BUSY, SQLITE_BUSY_SNAPSHOT, SQLITE_BUSY_TIMEOUT, SQLITE_LOCKED ->
                "another process has locked it for over " + BUSY_MILLIS / 1000 + " seconds; it is tried again";
            case SQLITE_CORRUPT, SQLITE_CORRUPT_INDEX, SQLITE_CORRUPT_SEQUENCE, SQLITE_CORRUPT_VTAB, SQLITE_NOTADB ->
                "the file is damaged (" + e.getMessage() + "); restore the last backup with 'tocsin restore'";
            case SQLITE_READONLY, SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN, SQLITE_PERM ->
                "the file cannot be opened for writing (" + e.getMessage() + ")";
            default -> String.valueOf(e.getMessage());
        };
    }
}
