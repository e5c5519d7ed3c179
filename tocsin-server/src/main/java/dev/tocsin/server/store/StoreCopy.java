package dev.tocsin.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A copy of a store that lies in a folder, as it is at one moment. */
public final class StoreCopy {

    /** The name of the file in its folder. */
    public static final String FILE = Sqlite.FILE;

    private StoreCopy() {}

    /**
     * Copies the store of {@code folder} to {@code copy}, an empty file, also while a service writes to it.
     *
     * @throws StoreException if there is none, it lies elsewhere, or it cannot be read or written
     */
    public static void write(Path folder, Path copy) throws StoreException {
        if (!(StorePlace.existing(folder).dialect() instanceof Sqlite sqlite)) {
            throw new StoreException(
                    folder
                            + ": the store lies in PostgreSQL; back it up with 'pg_dump --format=custom', restore it with"
                            + " pg_restore, and keep the file sealing.key of the folder with it",
                    null);
        }
        try (Connection connection = sqlite.reading();
                Statement settings = connection.createStatement();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            settings.execute("PRAGMA query_only = OFF");
            statement.setString(1, copy.toString());
            statement.execute();
        } catch (SQLException e) {
            throw new StoreException(folder + ": cannot be backed up: " + sqlite.trouble(e), e);
        }
    }

    /**
     * Checks {@code copy}.
     *
     * @throws StoreException if it is damaged or of a newer version
     */
    public static void check(Path copy) throws StoreException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!result.next() || !result.getString(1).equals("ok")) {
                    throw new StoreException(copy + ": the backup is damaged", null);
                }
            }
            Schema.prepare(new Sqlite(copy.toAbsolutePath()), connection);
        } catch (SQLException e) {
            throw new StoreException(copy + ": the backup is damaged: " + e.getMessage(), e);
        }
    }
}
