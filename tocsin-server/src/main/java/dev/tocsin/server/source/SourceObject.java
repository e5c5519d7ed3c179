package dev.tocsin.server.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * One object of a source, not yet opened.
 *
 * @param name as the ledger shows it
 * @param size in bytes as stored
 * @param modifiedAt epoch seconds of its last change
 * @param opener opens it, each time from its start
 */
public record SourceObject(String name, long size, long modifiedAt, Opener opener) {

    /** Opens an object. */
    @FunctionalInterface
    public interface Opener {
        /** A stream over the object's bytes, from its start. */
        InputStream open() throws IOException;
    }
}
