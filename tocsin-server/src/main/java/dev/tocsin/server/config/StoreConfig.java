package dev.tocsin.server.config;

import org.jspecify.annotations.Nullable;

/** Where findings, state and ledger are kept. */
public record StoreConfig(
        @Setting(
                value =
                        "A PostgreSQL database, 15 or later. User and password: TOCSIN_STORE_USER, TOCSIN_STORE_PASSWORD."
                                + " Default: SQLite in the data folder.",
                example = "jdbc:postgresql://127.0.0.1:5432/tocsin")
        @Nullable
        String url) {}
