package dev.tocsin.server.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The one place where kinds of databases differ: all else of a store is SQL that each of them understands. */
sealed interface Dialect permits Sqlite, Postgres {

    /** Where the store lies, for messages; without a secret. */
    String place();

    /** A new connection that writes and reads, with its settings. */
    Connection writing() throws SQLException;

    /** A new connection that only reads what is committed. */
    Connection reading() throws SQLException;

    /** How many transactions may be open at a time; others wait for their turn, in the order they came. */
    int writers();

    /** A statement of {@link Schema} in this dialect's words for types. */
    String definition(String sql);

    /** The version that the tables are in; 0 if there are none. */
    int version(Statement statement) throws SQLException;

    /**
     * Keeps a copy of the store in {@code version}, before it is raised, so that an older program can go on from it.
     *
     * @throws StoreException if it cannot be written; then nothing is raised
     */
    void keep(Statement statement, int version) throws StoreException;

    /** What a message adds that refuses a store newer than {@code version}: where a copy in that version lies, if it does. */
    String wayBack(int version);

    /** Begins the transaction that raises the tables, alone among all processes. */
    void beginRaising(Statement statement) throws SQLException;

    /** Notes within that transaction that the tables are in {@code version}. */
    void raisedTo(Statement statement, int version) throws SQLException;

    /** What stands behind a query of rows that are then changed, so that nobody else changes them meanwhile. */
    String forUpdate();

    /** A query for the number of a finding that is about to be added, which no other has. */
    String nextFinding();

    /**
     * Makes what was committed survive a power cut, if committing does not: beside the next transaction, which need not wait for
     * the disk.
     */
    void settle() throws IOException;

    /** A parameter as the database takes it. */
    Object value(Object value);

    /** Takes the right to run the engine over the store, in this process. */
    StoreLease lease() throws IOException, SQLException;

    /** Makes the database hold nothing any more of what was deleted. */
    void scrub(Connection connection) throws SQLException;

    /** What went wrong, in words that say what to do. */
    String trouble(SQLException e);
}
