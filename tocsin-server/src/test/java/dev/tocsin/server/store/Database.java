package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The kinds of databases that a store may lie in. */
public enum Database {
    SQLITE {
        @Override
        public void prepare(Path folder) {
            // a store comes into being where none is
        }

        @Override
        public Connection connect(Path folder) throws SQLException {
            return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tocsin.db"));
        }

        @Override
        String versionTo(int version) {
            return "PRAGMA user_version = " + version;
        }
    },

    /** Skips the test, with the reason, where there is no PostgreSQL. */
    POSTGRESQL {
        @Override
        public void prepare(Path folder) throws IOException, SQLException {
            Files.createDirectories(folder);
            String name = "t" + NUMBER.incrementAndGet();
            PostgresServer server = PostgresServer.running();
            try (Connection connection = DriverManager.getConnection(server.url("postgres"));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            Files.writeString(folder.resolve("store.url"), server.url(name) + "\n");
        }

        @Override
        public Connection connect(Path folder) throws IOException, SQLException {
            return DriverManager.getConnection(
                    Files.readString(folder.resolve("store.url")).strip());
        }

        @Override
        String versionTo(int version) {
            return "UPDATE schema_version SET version = " + version;
        }
    };

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Makes {@code folder} one whose store lies in such a database, a new one. */
    public abstract void prepare(Path folder) throws IOException, SQLException;

    /** A connection of its own to the store of {@code folder}. */
    public abstract Connection connect(Path folder) throws IOException, SQLException;

    /** The statement that makes a store one of another version. */
    abstract String versionTo(int version);
}
