package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.serve.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is a file's alone. */
final class SqliteTest {

    @TempDir
    private Path folder;

    @Test
    void refusesWhatIsNoStore() throws IOException {
        Files.writeString(folder.resolve("tocsin.db"), "this is no database, although it lies where one should lie");
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().startsWith(folder + ": the state cannot be read"), refused.getMessage());
    }

    @Test
    void hasSmallPagesAndAWriteAheadLog() throws Exception {
        Store.open(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            assertEquals("4096", pragma(statement, "page_size"));
            assertEquals("wal", pragma(statement, "journal_mode"));
        }
    }

    @Test
    void whatWasCommittedIsForcedToTheDiskBesideTheNextTransaction() throws Exception {
        Sqlite place = new Sqlite(folder);
        place.settle(); // nothing is there yet
        try (Store store = Store.open(folder);
                Connection connection = place.writing();
                Statement statement = connection.createStatement()) {
            assertEquals("1", pragma(statement, "synchronous"));
            Thread.currentThread().interrupt(); // whoever is to stop has still written what was committed
            place.settle();
            assertTrue(Thread.interrupted());
            assertEquals(0, store.countFindings());
        }
    }

    @Test
    void anUpgradeKeepsACopyThatAnOlderProgramReads() throws Exception {
        Sqlite place = new Sqlite(folder);
        try (Connection connection = place.writing();
                Statement statement = connection.createStatement()) {
            Schema.raise(place, statement, Schema.VERSION - 1);
        }
        Store.open(folder).close();
        Path copy = place.kept(Schema.VERSION - 1);
        assertEquals(Schema.VERSION - 1, StoreCopy.check(copy));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
        Backup.restore(copy, folder, true);
        try (Connection connection = place.reading();
                Statement statement = connection.createStatement()) {
            assertEquals(Schema.VERSION - 1, place.version(statement), "as it was");
        }
    }

    @Test
    void aStoreThatAnOlderProgramUsesIsNotRaised() throws Exception {
        Sqlite place = new Sqlite(folder);
        try (Connection connection = place.writing();
                Statement statement = connection.createStatement()) {
            Schema.raise(place, statement, Schema.VERSION - 1);
            FileLease older = FileLease.take(folder);
            StoreException refused = assertThrows(StoreException.class, () -> Store.openShared(StorePlace.in(folder)));
            assertTrue(refused.getMessage().contains("once nothing older runs over it"), refused.getMessage());
            older.close();
            assertEquals(Schema.VERSION - 1, place.version(statement));
        }
    }

    @Test
    void anUpgradeWhoseCopyCannotBeWrittenChangesNothing() throws Exception {
        Sqlite place = new Sqlite(folder);
        try (Connection connection = place.writing();
                Statement statement = connection.createStatement()) {
            Schema.raise(place, statement, Schema.VERSION - 1);
        }
        Files.createDirectories(place.kept(Schema.VERSION - 1).resolve("in the way"));
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().contains("cannot be written"), refused.getMessage());
        try (Connection connection = place.reading();
                Statement statement = connection.createStatement()) {
            assertEquals(Schema.VERSION - 1, place.version(statement));
        }
    }

    @Test
    void anOlderProgramSaysWhereTheCopyLies() throws Exception {
        Store.open(folder).close();
        Sqlite place = new Sqlite(folder);
        Files.copy(place.file(), place.kept(Schema.VERSION));
        try (Connection connection = place.writing();
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + (Schema.VERSION + 1));
        }
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().contains("tocsin restore --replace"), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), "one line");
    }

    private static String pragma(Statement statement, String name) throws Exception {
        try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void run(StoreTransaction transaction, String sql) throws IOException {
        try (Statement statement = transaction.session().connection().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static FindingState finding(String id) {
        return new FindingState(id, "T", "1", "r", 1, 1, 2, 5.0, new Doc().with("title", id));
    }

    @Test
    void aFullDiskIsSaidAndLosesNothing() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> {
                run(transaction, "PRAGMA max_page_count = 60");
                transaction.finding(finding("first"));
            });
            StoreException full = assertThrows(
                    StoreException.class,
                    () -> store.write(transaction -> {
                        for (int i = 0; i < 20_000; i++) {
                            transaction.finding(finding("one of many " + i));
                        }
                    }));
            assertTrue(full.getMessage().contains("the disk is full"), full.getMessage());
            assertEquals(1, store.countFindings());
            store.write(transaction -> run(transaction, "PRAGMA max_page_count = 100000"));
            store.write(transaction -> transaction.finding(finding("second")));
            assertEquals(2, store.countFindings(), "there is room again");
        }
    }

    @Test
    void aLockOfAnotherProcessIsSaidAndLosesNothing() throws Exception {
        try (Store store = Store.open(folder);
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = other.createStatement()) {
            store.write(transaction -> run(transaction, "PRAGMA busy_timeout = 10"));
            statement.execute("BEGIN IMMEDIATE");
            StoreException locked =
                    assertThrows(StoreException.class, () -> store.write(transaction -> transaction.position("a", 1)));
            assertTrue(locked.getMessage().contains("another process has locked it"), locked.getMessage());
            assertEquals(0, store.countFindings(), "readers wait for nobody");
            statement.execute("ROLLBACK");
            store.write(transaction -> transaction.position("a", 2));
            assertEquals(2, store.positions().get("a"));
        }
    }

    @Test
    void aDamagedFileSaysWhatToDo() throws Exception {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> {
                for (int i = 0; i < 2_000; i++) {
                    transaction.finding(finding("finding " + i));
                }
            });
        }
        Path file = folder.resolve("tocsin.db");
        byte[] bytes = Files.readAllBytes(file);
        for (int at = 16_384 * 2; at < bytes.length; at += 64) {
            bytes[at] = (byte) 0xee;
        }
        Files.write(file, bytes);
        StoreException damaged = assertThrows(StoreException.class, () -> {
            try (Store store = Store.open(folder)) {
                store.findings(true);
            }
        });
        assertTrue(damaged.getMessage().contains("tocsin restore"), damaged.getMessage());
    }
}
