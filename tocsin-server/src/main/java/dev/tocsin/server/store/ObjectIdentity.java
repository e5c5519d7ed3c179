package dev.tocsin.server.store;

import dev.tocsin.server.source.SourceObject;
import java.nio.file.Path;

/**
 * Tells an object that was read before from one that changed since.
 *
 * @param name its URI, or its path made absolute, so that it is the same however PATH was written
 * @param size in bytes as stored
 * @param version its ETag, where the source has one; else the time of its last change
 */
public record ObjectIdentity(String name, long size, String version) {

    /** The identity of {@code object}. */
    public static ObjectIdentity of(SourceObject object) {
        String version = object.version();
        return new ObjectIdentity(
                nameOf(object.name()), object.size(), version == null ? Long.toString(object.modifiedAt()) : version);
    }

    /** The name that an object has in the store, whose ledger row is about {@code source}. */
    public static String nameOf(String source) {
        return source.contains("://")
                ? source
                : Path.of(source).toAbsolutePath().normalize().toString();
    }
}
