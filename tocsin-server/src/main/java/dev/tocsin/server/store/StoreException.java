package dev.tocsin.server.store;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A store that cannot be used: the message says which one, what is wrong, and what to do. */
public final class StoreException extends IOException {

    private static final long serialVersionUID = 1;

    /** A store that cannot be used because of {@code cause}. */
    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
