package dev.tocsin.server.source;

import dev.tocsin.input.order.Orderable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One object of a source, not yet opened.
 *
 * @param name as the ledger shows it
 * @param size in bytes as stored
 * @param modifiedAt epoch seconds of its last change
 * @param version what changes when its content does, such as an ETag; with name and size its identity. Null if the source
 *     has none
 * @param opener opens it, each time from its start
 */
public record SourceObject(
        String name, long size, long modifiedAt, @Nullable String version, Opener opener) implements Orderable {

    /** An object of a source that has no versions. */
    public SourceObject(String name, long size, long modifiedAt, Opener opener) {
        this(name, size, modifiedAt, null, opener);
    }

    /** An object that cannot be read; why stands in its ledger row. */
    static SourceObject unreadable(String name, long size, long modifiedAt, String why) {
        return new SourceObject(name, size, modifiedAt, () -> {
            throw new IOException(why);
        });
    }

    /** The records that it is, if it is a stretch of a stream; else null. */
    public @Nullable StreamBatch streamed() {
        return opener instanceof StreamBatch batch ? batch : null;
    }

    @Override
    public InputStream open() throws IOException {
        return opener.open();
    }

    @Override
    public @Nullable Place place() {
        StreamBatch streamed = streamed();
        return streamed == null ? null : new Place(streamed.orderedAt(), streamed.orderKey());
    }

    /** Opens an object. */
    @FunctionalInterface
    public interface Opener {
        /** A stream over the object's bytes, from its start. */
        InputStream open() throws IOException;

        /** Says that the object will be opened soon: a distant source begins to fetch it. */
        default void announce() {}

        /** The file that holds the object, or null if it comes from elsewhere. */
        default @Nullable Path file() {
            return null;
        }
    }
}
