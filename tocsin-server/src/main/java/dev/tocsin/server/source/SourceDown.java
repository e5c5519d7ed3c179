package dev.tocsin.server.source;

import java.io.IOException;

/** A source, and not one object of it, does not answer as it should: what was asked for may be had later. */
public final class SourceDown extends IOException {

    private static final long serialVersionUID = 1L;

    SourceDown(String message, Throwable cause) {
        super(message, cause);
    }
}
