package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.source.SourceObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store keeps, and what it refuses. */
final class StoreTest {

    @TempDir
    private Path folder;

    private static FindingState finding(String id, long revision) {
        return new FindingState(id, "T", "1", "r", revision, 1, 2, 5.0, new Doc().with("revision", revision));
    }

    private List<Long> revisions(boolean all) throws StoreException {
        try (Store store = Store.open(folder)) {
            return store.findings(all).stream().map(FindingState::revision).toList();
        }
    }

    @Test
    void takesAFindingOnlyInAHigherRevision() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
            store.write(transaction -> transaction.finding(finding("a", 1)));
        }
        assertEquals(List.of(2L), revisions(true));
    }

    @Test
    void forgetsAFindingThatBecamePartOfARollUp() throws IOException {
        Doc folded = new Doc().with("tocsin", new Doc().with("foldedInto", "b"));
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
            store.write(transaction -> transaction.finding(new FindingState("a", "T", "1", "r", 2, 1, 2, 5.0, folded)));
            assertEquals(1, store.findings(true).size(), "an old word changes nothing");
            store.write(transaction -> transaction.finding(new FindingState("a", "T", "1", "r", 3, 1, 2, 5.0, folded)));
            assertEquals(List.of(), store.findings(true));
            store.write(transaction -> transaction.finding(finding("a", 1)));
            assertEquals(1, store.findings(true).size(), "afresh");
        }
    }

    @Test
    void tellsAnObjectByItsETagWhereThereIsOne() throws IOException {
        SourceObject object = new SourceObject("s3://b/k", 10, 5, "\"x\"", InputStream::nullInputStream);
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.object(ObjectIdentity.of(object), "{}"));
            SourceObject copied = new SourceObject("s3://b/k", 10, 9, "\"x\"", InputStream::nullInputStream);
            assertTrue(store.wasRead(ObjectIdentity.of(copied)), "the same content, copied over itself later");
            SourceObject other = new SourceObject("s3://b/k", 10, 5, "\"y\"", InputStream::nullInputStream);
            assertFalse(store.wasRead(ObjectIdentity.of(other)), "other content in the same second");
        }
    }

    @Test
    void showsAFindingUntilItWasPrintedAndAgainOnceItChanged() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 1)));
        }
        assertEquals(List.of(1L), revisions(false));
        try (Store store = Store.open(folder)) {
            store.markPrinted();
        }
        assertEquals(List.of(), revisions(false));
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.finding(finding("a", 2)));
        }
        assertEquals(List.of(2L), revisions(false));
    }

    @Test
    void knowsAnObjectUntilItChanges() throws IOException {
        SourceObject object = new SourceObject("logs/a.json", 10, 5, InputStream::nullInputStream);
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.object(ObjectIdentity.of(object), "{}"));
            assertTrue(store.wasRead(ObjectIdentity.of(object)));
            SourceObject elsewhere = new SourceObject("./logs/../logs/a.json", 10, 5, InputStream::nullInputStream);
            assertTrue(store.wasRead(ObjectIdentity.of(elsewhere)), "however PATH is written");
            SourceObject longer = new SourceObject("logs/a.json", 11, 5, InputStream::nullInputStream);
            assertFalse(store.wasRead(ObjectIdentity.of(longer)));
            SourceObject later = new SourceObject("logs/a.json", 10, 6, InputStream::nullInputStream);
            assertFalse(store.wasRead(ObjectIdentity.of(later)));
        }
    }

    @Test
    void aTransactionThatFailsLeavesNothing() throws IOException {
        try (Store store = Store.open(folder)) {
            assertThrows(
                    StoreException.class,
                    () -> store.write(transaction -> {
                        transaction.finding(finding("a", 1));
                        throw new IOException("the disk is full");
                    }));
            assertEquals(List.of(), store.findings(true));
            store.write(transaction -> transaction.finding(finding("b", 3)));
        }
        assertEquals(List.of(3L), revisions(true));
    }

    @Test
    void refusesWhatIsNoStore() throws IOException {
        Files.writeString(folder.resolve("tocsin.db"), "this is no database, although it lies where one should lie");
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().startsWith(folder + ": the state cannot be read"), refused.getMessage());
    }

    @Test
    void refusesANewerStore() throws Exception {
        Store.open(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
        assertTrue(refused.getMessage().contains("version 99"), refused.getMessage());
    }

    @Test
    void refusesAStoreInUse() throws IOException {
        try (Store store = Store.open(folder)) {
            store.write(transaction -> transaction.position("watermark", 1));
            StoreException refused = assertThrows(StoreException.class, () -> Store.open(folder));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
        }
    }

    @Test
    void hasLargePagesAndAWriteAheadLog() throws Exception {
        Store.open(folder).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
                Statement statement = connection.createStatement()) {
            assertEquals("16384", pragma(statement, "page_size"));
            assertEquals("wal", pragma(statement, "journal_mode"));
        }
    }

    private static String pragma(Statement statement, String name) throws Exception {
        try (ResultSet result = statement.executeQuery("PRAGMA " + name)) {
            result.next();
            return result.getString(1);
        }
    }
}
