package dev.tocsin.server.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A source, and not one object of it, does not answer as it should: what was asked for may be had later. */
public final class SourceDown extends IOException {

    private static final long serialVersionUID = 1L;

    SourceDown(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
