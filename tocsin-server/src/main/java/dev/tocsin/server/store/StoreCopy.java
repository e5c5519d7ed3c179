package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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
     * Checks {@code copy}, every page of it; its version.
     *
     * @throws StoreException if it is damaged or of a newer version
     */
    public static int check(Path copy) throws StoreException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
                if (!result.next() || !result.getString(1).equals("ok")) {
                    throw new StoreException(copy + ": the backup is damaged", null);
                }
            }
            return Schema.readable(new Sqlite(copy.toAbsolutePath()), statement);
        } catch (SQLException e) {
            throw new StoreException(copy + ": the backup is damaged: " + e.getMessage(), e);
        }
    }

    /** Findings in {@code copy}, a checked one. */
    public static long findings(Path copy) throws StoreException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM finding")) {
            return result.next() ? result.getLong(1) : 0;
        } catch (SQLException e) {
            throw new StoreException(copy + ": the backup is damaged: " + e.getMessage(), e);
        }
    }

    /**
     * Puts {@code copy} in the place of the store of {@code folder}, if there is one; that is then named {@code
     * tocsin.db.replaced}.
     *
     * @throws StoreException if a run uses the store
     */
    public static void swapIn(Path folder, Path copy) throws IOException {
        FileLease alone = FileLease.take(folder);
        try {
            for (String part : List.of("", "-wal", "-shm")) {
                Path old = folder.resolve(FILE + part);
                Path aside = folder.resolve(FILE + ".replaced" + part);
                Files.deleteIfExists(aside);
                if (Files.exists(old)) {
                    Files.move(old, aside, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            Files.move(copy, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            alone.close();
        }
    }

    /**
     * Throws unless {@code folder} is free of runs.
     *
     * @throws StoreException if a run uses the store
     */
    public static void checkUnused(Path folder) throws IOException {
        FileLease.take(folder).close();
    }
}
