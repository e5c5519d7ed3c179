package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.store.Database;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupTest {

    @TempDir
    private Path folder;

    @Test
    void holdsWhatTheFolderHeldWhileAServiceWrites() throws IOException {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        try (Store store = Store.open(data)) {
            Files.writeString(data.resolve("sealing.key"), "key");
            store.write(transaction -> transaction.position("watermark", 7));
            Backup.write(data, backup);
            store.write(transaction -> transaction.position("watermark", 8));
        }
        Path again = folder.resolve("again");
        Backup.restore(backup, again, false);
        assertEquals("key", Files.readString(again.resolve("sealing.key")));
        try (Store store = Store.openExisting(again)) {
            assertEquals(7, store.positions().get("watermark"));
        }
        assertThrows(StoreException.class, () -> Backup.restore(backup, again, false), "a store is there");
        assertThrows(IOException.class, () -> Backup.write(data, backup), "a backup is there");
    }

    @Test
    void aStoreIsReplacedOnlyWhenAskedAndUnused() throws IOException {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        try (Store store = Store.open(data)) {
            Files.writeString(data.resolve("sealing.key"), "key");
            store.write(transaction -> transaction.position("watermark", 7));
            Backup.write(data, backup);
            store.write(transaction -> transaction.position("watermark", 8));
            StoreException refused = assertThrows(StoreException.class, () -> Backup.restore(backup, data, true));
            assertTrue(refused.getMessage().contains("in use"), refused.getMessage());
            assertEquals(8, store.positions().get("watermark"));
        }
        Backup.restore(backup, data, true);
        try (Store store = Store.openExisting(data)) {
            assertEquals(7, store.positions().get("watermark"));
        }
        assertTrue(Files.exists(data.resolve("tocsin.db.replaced")));
    }

    @Test
    void isVerifiedByReadingAllOfIt() throws IOException {
        Path data = folder.resolve("data");
        Path backup = folder.resolve("backup");
        try (Store store = Store.open(data)) {
            store.write(transaction -> transaction.position("watermark", 7));
        }
        Backup.write(data, backup);
        Backup.Contents contents = Backup.verify(backup);
        assertEquals(0, contents.findings());
        assertFalse(contents.sealed());
        byte[] bytes = Files.readAllBytes(backup);
        for (int at = 100; at < 400; at++) {
            bytes[at] ^= 0x55;
        }
        Path damaged = Files.write(folder.resolve("damaged"), bytes);
        assertThrows(IOException.class, () -> Backup.verify(damaged));
        assertThrows(IOException.class, () -> Backup.restore(damaged, data, true));
        try (Store store = Store.openExisting(data)) {
            assertEquals(7, store.positions().get("watermark"), "a damaged backup changes nothing");
        }
    }

    @Test
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no backup");
        Path data = folder.resolve("data");
        assertThrows(IOException.class, () -> Backup.restore(text, data, false));
        assertFalse(Files.exists(data.resolve("tocsin.db")));
    }

    @Test
    void aStoreInPostgresqlSaysHow() throws Exception {
        Path data = folder.resolve("data");
        Database.POSTGRESQL.prepare(data);
        Store.open(data).close();
        StoreException refused = assertThrows(StoreException.class, () -> Backup.write(data, folder.resolve("b")));
        assertTrue(refused.getMessage().contains("pg_dump"), refused.getMessage());
    }
}
