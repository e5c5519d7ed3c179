package dev.tocsin.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
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
