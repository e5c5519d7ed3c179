package dev.tocsin.server.api;

import java.util.Locale;

/** What somebody may do. */
public enum Role {
    /** Everything. */
    ADMINISTRATOR,
    /** Get, list and describe. */
    READER,
    /** Hand in findings and ledger rows of an engine that runs elsewhere, and nothing else. */
    INGEST;

    /** The role called {@code name}, as configuration and commands write it. */
    public static Role of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** As configuration and commands write it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
