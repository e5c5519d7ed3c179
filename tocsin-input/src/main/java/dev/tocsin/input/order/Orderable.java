package dev.tocsin.input.order;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An object that has a place in the order of processing. */
public interface Orderable {

    /** As the ledger shows it. */
    String name();

    /**
     * A stream over its bytes as stored, from its start.
     *
     * @throws IOException if it cannot be read
     */
    InputStream open() throws IOException;

    /** The place of what knows its own, as a stretch of a stream does; null if name and records tell it. */
    default @Nullable Place place() {
        return null;
    }

    /**
     * A place known beforehand.
     *
     * @param time epoch seconds
     * @param key decides between objects of the same time
     */
    record Place(long time, String key) {}
}
