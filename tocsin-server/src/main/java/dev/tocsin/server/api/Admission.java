package dev.tocsin.server.api;

import dev.tocsin.server.store.StoreException;

/** Knows who may come in. */
@FunctionalInterface
public interface Admission {

    /**
     * Who sent {@code request}.
     *
     * @throws ApiException if nobody did, or nobody who is known
     */
    Call.Caller admit(ApiRequest request) throws StoreException;
}
