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
        Backup.restore(backup, again);
        assertEquals("key", Files.readString(again.resolve("sealing.key")));
        try (Store store = Store.openExisting(again)) {
            assertEquals(7, store.positions().get("watermark"));
        }
        assertThrows(StoreException.class, () -> Backup.restore(backup, again), "a store is there");
        assertThrows(IOException.class, () -> Backup.write(data, backup), "a backup is there");
    }

    @Test
    void whatIsNoBackupIsRefusedAndLeavesNothing() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no backup");
        Path data = folder.resolve("data");
        assertThrows(IOException.class, () -> Backup.restore(text, data));
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
