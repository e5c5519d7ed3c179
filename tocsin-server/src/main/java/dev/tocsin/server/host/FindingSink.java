package dev.tocsin.server.host;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;

/** Writes the findings of a checkpoint within its transaction. */
@FunctionalInterface
public interface FindingSink {
    /** Writes {@code finding} as it is now. */
    void write(StoreTransaction transaction, FindingState finding) throws IOException;
}
