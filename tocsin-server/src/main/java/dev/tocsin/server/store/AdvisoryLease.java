package dev.tocsin.server.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A lease that is a lock of a PostgreSQL session: the server takes it back when the session ends. The engine writes in this
 * very session, so what is written was written by who has the lease.
 */
final class AdvisoryLease implements StoreLease {

    private static final System.Logger LOG = System.getLogger(AdvisoryLease.class.getName());
    private static final String LEASE = "723628300, 2";

    /** After a quarter of a minute without an answer the server takes a host for dead, and its lease back. */
    private static final String KEEP_ALIVE =
            "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 3; SET tcp_keepalives_count = 3";

    private final Session session;

    private AdvisoryLease(Session session) {
        this.session = session;
    }

    /**
     * Takes the lease in {@code connection}, which it owns from now on.
     *
     * @throws StoreException if another run has it
     */
    static AdvisoryLease take(Session session, String place) throws SQLException, StoreException {
        Connection connection = session.connection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(KEEP_ALIVE);
            try (ResultSet result = statement.executeQuery("SELECT pg_try_advisory_lock(" + LEASE + ")")) {
                if (result.next() && result.getBoolean(1)) {
                    return new AdvisoryLease(session);
                }
            }
        }
        throw StoreLease.inUse(place);
    }

    @Override
    public Session session() {
        return session;
    }

    /** Gives the lease back at once: a server notices the end of a session some time after it. */
    @Override
    public void close() throws SQLException {
        try (Statement statement = session.connection().createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + LEASE + ")");
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the lease ends with its session: {0}", e.getMessage());
        } finally {
            session.close();
        }
    }
}
