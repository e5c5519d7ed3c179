package dev.tocsin.server.api;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.store.StoreException;

/** What an operation does: from a checked request to its answer, both by wire names. */
@FunctionalInterface
public interface Handler {

    /**
     * Does it.
     *
     * @throws ApiException to refuse
     * @throws StoreException if the store fails; the caller is told no more than that
     */
    Doc handle(Call call) throws StoreException;
}
