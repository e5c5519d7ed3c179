package dev.tocsin.server.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables of a store, and the version that they are in. */
final class Schema {

    private static final System.Logger LOG = System.getLogger(Schema.class.getName());

    /** Raised with each change of a table. */
    static final int VERSION = 15;

    /** What makes version n + 1 of version n. */
    private static final List<List<String>> STEPS = List.of(
            List.of(
                    """
            CREATE TABLE entry (
              function TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
              version INTEGER NOT NULL, size INTEGER NOT NULL, state BLOB NOT NULL,
              PRIMARY KEY (function, key, kind, name)) STRICT""",
                    """
            CREATE TABLE timer (
              function TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL,
              PRIMARY KEY (function, at, key)) STRICT, WITHOUT ROWID""",
                    """
            CREATE TABLE finding (
              id TEXT PRIMARY KEY, revision INTEGER NOT NULL, printed INTEGER NOT NULL DEFAULT 0,
              type TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
              first INTEGER NOT NULL, last INTEGER NOT NULL, severity REAL NOT NULL,
              document BLOB NOT NULL) STRICT""",
                    """
            CREATE TABLE object (
              name TEXT NOT NULL, size INTEGER NOT NULL, version TEXT NOT NULL, ledger TEXT NOT NULL,
              PRIMARY KEY (name, size, version)) STRICT, WITHOUT ROWID""",
                    "CREATE TABLE position (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID"),
            List.of("""
            CREATE TABLE resource (
              account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
              number INTEGER NOT NULL, document TEXT NOT NULL,
              PRIMARY KEY (account, region, kind, id)) STRICT"""),
            List.of(
                    "ALTER TABLE finding ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE finding ADD COLUMN created INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE finding ADD COLUMN updated INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE finding ADD COLUMN archived INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE finding ADD COLUMN feedback TEXT",
                    "ALTER TABLE finding ADD COLUMN resource_type TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE finding ADD COLUMN resource_id TEXT NOT NULL DEFAULT ''",
                    "UPDATE finding SET number = rowid, created = first * 1000, updated = last * 1000",
                    "CREATE INDEX finding_number ON finding (account, region, number)",
                    "CREATE INDEX finding_updated ON finding (account, region, updated)",
                    "CREATE INDEX finding_severity ON finding (account, region, severity, archived)",
                    "CREATE INDEX finding_type ON finding (account, region, type)",
                    """
            CREATE TABLE attribute (
              name TEXT NOT NULL, text TEXT NOT NULL, finding TEXT NOT NULL, number REAL,
              PRIMARY KEY (name, text, finding)) STRICT, WITHOUT ROWID""",
                    "CREATE INDEX attribute_number ON attribute (name, number) WHERE number IS NOT NULL",
                    "CREATE INDEX attribute_finding ON attribute (finding, name, text)"),
            List.of("ALTER TABLE object ADD COLUMN settled INTEGER NOT NULL DEFAULT 1"),
            // The next number is the largest and one more: without these each new row would read the whole table.
            List.of("CREATE INDEX finding_next ON finding (number)", "CREATE INDEX resource_next ON resource (number)"),
            List.of(
                    "CREATE TABLE outbox (item TEXT PRIMARY KEY, fresh INTEGER NOT NULL) STRICT, WITHOUT ROWID",
                    """
            CREATE TABLE delivery (
              destination TEXT NOT NULL, item TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL,
              fresh INTEGER NOT NULL, since INTEGER NOT NULL, batch TEXT NOT NULL, again INTEGER NOT NULL,
              notice TEXT NOT NULL, PRIMARY KEY (destination, item)) STRICT""",
                    "CREATE INDEX delivery_due ON delivery (destination, batch, fresh, since)"),
            // Of a name too long for an index, its short form stands in name.
            List.of("ALTER TABLE entry ADD COLUMN full_name BLOB"),
            List.of("""
            CREATE TABLE audit (
              id TEXT PRIMARY KEY, account TEXT NOT NULL, outcome TEXT NOT NULL, document TEXT NOT NULL
              ) STRICT, WITHOUT ROWID""", "CREATE INDEX delivery_item ON delivery (item)"),
            List.of(
                    "CREATE TABLE block (number INTEGER PRIMARY KEY, changes BLOB NOT NULL) STRICT",
                    "ALTER TABLE object ADD COLUMN day INTEGER NOT NULL DEFAULT 0",
                    "CREATE INDEX object_day ON object (day)",
                    "CREATE INDEX finding_age ON finding (updated)",
                    """
            CREATE TABLE folded (
              source TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, kind TEXT NOT NULL,
              day INTEGER NOT NULL, ledger TEXT NOT NULL,
              PRIMARY KEY (source, account, region, kind, day)) STRICT""",
                    "CREATE TABLE seen (identity BLOB PRIMARY KEY) STRICT, WITHOUT ROWID"),
            List.of(
                    """
            CREATE TABLE tally (
              kind TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, archived INTEGER NOT NULL,
              type TEXT NOT NULL, severity REAL NOT NULL, day INTEGER NOT NULL, resource_type TEXT NOT NULL,
              resource_id TEXT NOT NULL, total INTEGER NOT NULL, updated INTEGER NOT NULL,
              PRIMARY KEY (kind, account, region, archived, type, severity, day, resource_type, resource_id))
              STRICT, WITHOUT ROWID""",
                    """
            INSERT INTO tally SELECT 'TYPE', account, region, archived, type, severity, 0, '', '', COUNT(*), MAX(updated)
              FROM finding GROUP BY account, region, archived, type, severity""",
                    """
            INSERT INTO tally SELECT 'DAY', account, region, archived, '', severity, updated / 86400000, '', '',
              COUNT(*), MAX(updated) FROM finding GROUP BY account, region, archived, severity, updated / 86400000""",
                    """
            INSERT INTO tally SELECT 'RESOURCE', account, region, archived, '', 0, 0, resource_type, resource_id,
              COUNT(*), MAX(updated) FROM finding GROUP BY account, region, archived, resource_type, resource_id""",
                    "DELETE FROM attribute WHERE name IN ('id', 'accountId', 'region', 'type', 'severity', 'updatedAt',"
                            + " 'service.archived')", // which have columns
                    "DROP INDEX finding_number",
                    "DROP INDEX finding_updated",
                    "DROP INDEX finding_severity",
                    "DROP INDEX finding_type",
                    "CREATE INDEX finding_severity ON finding (account, region, archived, severity, number)",
                    "CREATE INDEX finding_severity_time ON finding"
                            + " (account, region, archived, severity, updated, number)",
                    "CREATE INDEX finding_type ON finding (account, region, archived, type, number)",
                    "CREATE INDEX finding_type_time ON finding (account, region, archived, type, updated, number)"),
            // Nobody knows of what is archived by now whether a rule did it: better it does not leave.
            List.of(
                    "ALTER TABLE finding ADD COLUMN suppressed INTEGER NOT NULL DEFAULT 0",
                    "UPDATE finding SET suppressed = archived",
                    "ALTER TABLE delivery ADD COLUMN tries INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE delivery ADD COLUMN tried INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE delivery ADD COLUMN due INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE delivery ADD COLUMN dead INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE delivery ADD COLUMN problem TEXT NOT NULL DEFAULT ''"),
            List.of("""
            CREATE TABLE metered (
              day INTEGER NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, source TEXT NOT NULL,
              feature TEXT NOT NULL, resource TEXT NOT NULL,
              records INTEGER NOT NULL, bytes INTEGER NOT NULL, exempt INTEGER NOT NULL,
              PRIMARY KEY (day, account, region, source, feature, resource)) STRICT, WITHOUT ROWID"""),
            List.of(
                    "ALTER TABLE finding ADD COLUMN case_status TEXT NOT NULL DEFAULT 'NEW'",
                    "ALTER TABLE finding ADD COLUMN case_owner TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE finding ADD COLUMN case_reason TEXT NOT NULL DEFAULT ''",
                    "ALTER TABLE finding ADD COLUMN case_changed INTEGER NOT NULL DEFAULT 0",
                    """
            CREATE TABLE case_note (
              finding TEXT NOT NULL, number INTEGER NOT NULL, time INTEGER NOT NULL, author TEXT NOT NULL,
              text TEXT NOT NULL, PRIMARY KEY (finding, number)) STRICT, WITHOUT ROWID"""),
            // What an analysis wrote has the times of its events, whole seconds; nobody knows any more when it was
            // written.
            List.of(
                    "ALTER TABLE finding ADD COLUMN kept INTEGER NOT NULL DEFAULT 0",
                    "UPDATE finding SET kept = updated / 86400000 WHERE updated <> last * 1000",
                    "CREATE INDEX finding_kept ON finding (kept)"),
            // Attributes by the finding's number: what one finding adds stands together, and new ones follow old
            // ones, so that few pages change (docs/store.md). A number stands for one finding alone from now on.
            List.of(
                    """
            UPDATE finding SET number = (SELECT MAX(number) FROM finding) + again.ahead FROM (
              SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS ahead,
                ROW_NUMBER() OVER (PARTITION BY number ORDER BY id) AS same FROM finding) AS again
              WHERE again.id = finding.id AND again.same > 1""",
                    """
            CREATE TABLE numbered (
              finding INTEGER NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, number REAL,
              PRIMARY KEY (finding, name, text)) STRICT, WITHOUT ROWID""",
                    "INSERT INTO numbered SELECT f.number, a.name, a.text, a.number FROM attribute a"
                            + " JOIN finding f ON f.id = a.finding ORDER BY 1, 2, 3",
                    "DROP TABLE attribute",
                    "ALTER TABLE numbered RENAME TO attribute",
                    "CREATE INDEX attribute_text ON attribute (name, text, finding)",
                    "CREATE INDEX attribute_number ON attribute (name, number) WHERE number IS NOT NULL"));

    /** The version from which on a finding's number is its own alone. */
    static final int NUMBERED = 15;

    private Schema() {}

    /**
     * Makes the tables of a new store, adds what an older one lacks, and refuses a newer one.
     *
     * @throws StoreException if it is newer
     */
    static void prepare(Dialect dialect, Connection connection) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            int version = readable(dialect, statement);
            if (version == 0) {
                raise(dialect, statement, VERSION);
            } else if (version < VERSION) {
                upgrade(dialect, statement, version);
            }
        }
    }

    /** Raises a store that may hold something: alone, as an older program that runs over it would fail, and after a copy. */
    private static void upgrade(Dialect dialect, Statement statement, int version) throws SQLException, StoreException {
        try {
            StoreLease alone = dialect.lease();
            try {
                dialect.keep(statement, version);
                raise(dialect, statement, VERSION);
            } finally {
                alone.close();
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    dialect.place() + ": raised from version " + version + " to " + VERSION + dialect.wayBack(version));
        } catch (IOException e) {
            if (e instanceof StoreException known) {
                throw new StoreException(
                        known.getMessage() + "; the state is of version " + version + ", which this Tocsin raises to "
                                + VERSION + " once nothing older runs over it",
                        known);
            }
            throw new StoreException(dialect.place() + ": the state cannot be raised: " + e.getMessage(), e);
        }
    }

    /**
     * The version of a store that this program can read, perhaps once it is raised.
     *
     * @throws StoreException if it is newer
     */
    static int readable(Dialect dialect, Statement statement) throws SQLException, StoreException {
        int version = dialect.version(statement);
        if (version > VERSION) {
            throw new StoreException(
                    dialect.place() + ": the state is of version " + version + ", this Tocsin knows up to " + VERSION
                            + "; use a newer Tocsin or another folder or database" + dialect.wayBack(VERSION),
                    null);
        }
        return version;
    }

    /** Makes the tables those of {@code target}, which no process has made yet. */
    static void raise(Dialect dialect, Statement statement, int target) throws SQLException {
        dialect.beginRaising(statement);
        int version = dialect.version(statement); // another process may have been faster
        for (List<String> step : STEPS.subList(Math.min(version, target), target)) {
            for (String change : step) {
                statement.execute(dialect.definition(change));
            }
        }
        dialect.raisedTo(statement, Math.max(version, target));
        statement.execute("COMMIT");
    }
}
