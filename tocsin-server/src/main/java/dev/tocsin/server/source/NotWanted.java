package dev.tocsin.server.source;

import java.io.IOException;

/** An object that is passed over on purpose; its message, for the ledger, says why. */
public final class NotWanted extends IOException {

    private static final long serialVersionUID = 1;

    /** Passed over because of {@code reason}. */
    public NotWanted(String reason) {
        super(reason);
    }
}
