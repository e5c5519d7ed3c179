package dev.tocsin.server.store;

import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Some sessions that are shared: who comes first is served first. One that broke is replaced by a new one. */
final class Sessions {

    private final Dialect dialect;
    private final Opening opening;
    private final Semaphore turns;
    private final Deque<Session> idle = new ArrayDeque<>();
    private boolean closed;

    /** Opens a connection. */
    @FunctionalInterface
    interface Opening {
        Connection open() throws SQLException;
    }

    /** Up to {@code most} sessions at a time over connections that {@code opening} opens when they are needed. */
    Sessions(Dialect dialect, int most, Opening opening) {
        this.dialect = dialect;
        this.opening = opening;
        this.turns = new Semaphore(most, true);
    }

    /** Waits for one; it must be given back. */
    Session take() throws SQLException, InterruptedIOException {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the store");
        }
        try {
            Session session = poll();
            return session == null ? new Session(opening.open(), dialect) : session;
        } catch (SQLException | RuntimeException e) {
            turns.release();
            throw e;
        }
    }

    private synchronized @Nullable Session poll() throws SQLException {
        if (closed) {
            throw new SQLException("it is closed");
        }
        return idle.poll();
    }

    /** Gives one back; {@code failed} if it is not known to be sound. */
    void give(Session session, boolean failed) throws SQLException {
        try {
            boolean unsound = failed && session.isBroken();
            if (unsound || !keep(session)) {
                session.close();
            }
        } finally {
            turns.release();
        }
    }

    private synchronized boolean keep(Session session) {
        if (!closed) {
            idle.push(session);
        }
        return !closed;
    }

    /** Closes those that are not in use, and the others when they are given back. */
    synchronized void close() throws SQLException {
        closed = true;
        while (!idle.isEmpty()) {
            idle.pop().close();
        }
    }
}
