package dev.tocsin.server.store;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A store in a PostgreSQL database, 15 or later.
 *
 * @param location where, and who opens it
 */
record Postgres(StoreUrl location) implements Dialect {

    /** Oldest server that is understood. */
    static final int OLDEST = 15;

    /** The advisory lock of raising tables. */
    private static final String RAISING = "723628300, 1";

    private static final int WRITERS = 4;

    private static final Pattern TYPES = Pattern.compile("\\b(INTEGER|REAL|BLOB|TEXT)\\b");

    @Override
    public String place() {
        return location.url();
    }

    @Override
    public Connection writing() throws SQLException {
        return connect();
    }

    @Override
    public Connection reading() throws SQLException {
        return connect();
    }

    private Connection connect() throws SQLException {
        Properties settings = new Properties();
        location.login().forEach(settings::setProperty);
        settings.setProperty("ApplicationName", "tocsin");
        settings.setProperty("reWriteBatchedInserts", "true");
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("connectTimeout", "10"); // seconds
        return DriverManager.getConnection(location.url(), settings);
    }

    @Override
    public int writers() {
        return WRITERS;
    }

    /** Texts are ordered by their bytes, as in SQLite, whatever the database's language is. */
    @Override
    public String definition(String sql) {
        String plain = sql.replace(" STRICT, WITHOUT ROWID", "")
                .replace(" STRICT", "")
                .replace("SET number = rowid", "SET number = 0"); // no store as old as that is in PostgreSQL
        return TYPES.matcher(plain).replaceAll(type -> Matcher.quoteReplacement(type(type.group())));
    }

    private static String type(String sqlite) {
        return switch (sqlite) {
            case "INTEGER" -> "BIGINT";
            case "REAL" -> "DOUBLE PRECISION";
            case "BLOB" -> "BYTEA";
            default -> "TEXT COLLATE \"C\"";
        };
    }

    @Override
    public int version(Statement statement) throws SQLException {
        int server = statement.getConnection().getMetaData().getDatabaseMajorVersion();
        if (server < OLDEST) {
            throw new SQLException("PostgreSQL " + server + " is too old; it must be " + OLDEST + " or later");
        }
        try (ResultSet table = statement.executeQuery("SELECT to_regclass('schema_version')")) {
            if (!table.next() || table.getString(1) == null) {
                return 0;
            }
        }
        try (ResultSet result = statement.executeQuery("SELECT version FROM schema_version")) {
            return result.next() ? result.getInt(1) : 0;
        }
    }

    @Override
    public void keep(Statement statement, int version) {
        // pg_dump is the operator's, before the upgrade (docs/operations.md).
    }

    @Override
    public String wayBack(int version) {
        return "";
    }

    @Override
    public void beginRaising(Statement statement) throws SQLException {
        statement.execute("BEGIN");
        statement.execute("SELECT pg_advisory_xact_lock(" + RAISING + ")");
        statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)");
    }

    @Override
    public void raisedTo(Statement statement, int version) throws SQLException {
        statement.execute("DELETE FROM schema_version");
        statement.execute("INSERT INTO schema_version (version) VALUES (" + version + ")");
        if (version >= Schema.NUMBERED) {
            statement.execute("CREATE SEQUENCE IF NOT EXISTS finding_numbers");
            statement.execute(
                    "SELECT setval('finding_numbers', (SELECT COALESCE(MAX(number), 0) + 1 FROM finding), false)");
        }
    }

    @Override
    public String forUpdate() {
        return " FOR UPDATE";
    }

    @Override
    public String nextFinding() {
        return "SELECT nextval('finding_numbers')";
    }

    /** Committing does. */
    @Override
    public void settle() {}

    /** PostgreSQL's texts cannot hold the character 0. */
    @Override
    public Object value(Object value) {
        return value instanceof String text && text.indexOf('\0') >= 0 ? text.replace('\0', '\uFFFD') : value;
    }

    @Override
    public StoreLease lease() throws SQLException, StoreException {
        Session session = new Session(writing(), this);
        try {
            return AdvisoryLease.take(session, place());
        } catch (SQLException | StoreException e) {
            session.close();
            throw e;
        }
    }

    @Override
    public void scrub(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM FULL");
        }
    }

    @Override
    public String trouble(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (state.equals("53100")) {
            return "the database's disk is full; nothing is lost, make room and it goes on";
        }
        if (state.startsWith("08") || state.startsWith("57P")) {
            return "the database does not answer (" + e.getMessage() + "); it is tried again";
        }
        if (state.startsWith("28")) {
            return e.getMessage() + "; user and password are read from " + StoreUrl.USER + " and " + StoreUrl.PASSWORD;
        }
        return String.valueOf(e.getMessage());
    }
}
