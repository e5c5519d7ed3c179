package dev.tocsin.server.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A connection with the statements that it was asked for last. Used by one thread at a time. */
final class Session implements AutoCloseable {

    /** Statements kept prepared; lists of values make many of one. */
    private static final int MOST_STATEMENTS = 128;

    private final Connection connection;
    private final Dialect dialect;
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>(16, 0.75f, true);
    private boolean broken;

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /** As {@link Dialect#forUpdate}. */
    String forUpdate() {
        return dialect.forUpdate();
    }

    /** As {@link Dialect#nextFinding}. */
    String nextFinding() {
        return dialect.nextFinding();
    }

    Connection connection() {
        return connection;
    }

    /** A statement with its parameters set. */
    PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            makeRoom();
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            statement.setObject(i + 1, value == null ? null : dialect.value(value));
        }
        return statement;
    }

    /** What went wrong, in words that say what to do. */
    String trouble(SQLException e) {
        return dialect.trouble(e);
    }

    private void makeRoom() throws SQLException {
        if (statements.size() >= MOST_STATEMENTS) {
            var eldest = statements.entrySet().iterator();
            PreparedStatement statement = eldest.next().getValue();
            eldest.remove();
            statement.close();
        }
    }

    /** Closes the statements that it keeps: SQLite takes one that was sent together with others for one under way. */
    void closeStatements() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }

    /** Ends a transaction that failed. Where the database has ended it already, the session is given up. */
    void undo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            broken = true;
        }
    }

    /** After a failure: whether the connection is of no use any more. */
    boolean isBroken() {
        try {
            broken = broken || !connection.isValid(1);
        } catch (SQLException e) {
            broken = true;
        }
        return broken;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
