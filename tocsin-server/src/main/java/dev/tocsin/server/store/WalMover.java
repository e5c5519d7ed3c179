package dev.tocsin.server.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Moves what SQLite's write-ahead log holds into the database, on a thread and a connection of its own: else the transaction that
 * fills the log would do it, while users wait to write.
 */
final class WalMover implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(WalMover.class.getName());

    /** Time between two moves, in milliseconds: what is written again and again meanwhile is moved once. */
    private static final long EVERY_MILLIS = 1_000;

    private final Path log;
    private final Connection connection;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    /** Moves {@code log} from now on by {@code connection}, which nobody else uses. */
    WalMover(Path log, Connection connection) {
        this.log = log;
        this.connection = connection;
        thread = Thread.ofPlatform().daemon().name("wal-mover").start(this::run);
    }

    private void run() {
        long moved = 0;
        try {
            while (!stopping.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                long written = log.toFile().lastModified();
                if (written != moved) {
                    moved = written;
                    move();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void move() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLException e) { // a writer does it once the log is long, and says what is wrong
            LOG.log(System.Logger.Level.DEBUG, "the write-ahead log is moved later", e);
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        stopping.countDown();
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            LOG.log(System.Logger.Level.DEBUG, "the connection of the write-ahead log", e);
        }
    }
}
