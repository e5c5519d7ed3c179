package dev.tocsin.server.store;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The right to run the engine over a store: one process at a time has it, and loses it when it ends, however it ends. */
sealed interface StoreLease extends AutoCloseable permits FileLease, AdvisoryLease {

    /** What it says when another process has it. */
    static StoreException inUse(String place) {
        return new StoreException(place + ": the state is in use by another run", null);
    }

    /** The session in which the engine must write, so that one which lost the lease cannot; null for any. */
    @Nullable
    Session session();

    @Override
    void close() throws IOException, SQLException;
}
