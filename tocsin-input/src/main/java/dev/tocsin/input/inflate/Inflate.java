package dev.tocsin.input.inflate;

/**
 * Unpacks a whole gzip object in memory. An implementation keeps its memory from object to object: use one a thread, and
 * read an {@link Inflated} before the next call overwrites it.
 */
public interface Inflate {

    /** Largest object unpacked at one go, in bytes; a larger one is for a stream. Bounds what a bomb can take. */
    int MAX_WHOLE_BYTES = 64 * 1024 * 1024;

    /**
     * Unpacks all members. Never throws on bad data: what stood before the damage is kept.
     *
     * @param packed holds the object, which begins with a gzip header
     * @param length bytes of it that are the object
     */
    Inflated inflate(byte[] packed, int length);

    /** The fastest way on this machine, with memory of its own. */
    static Inflate fastest() {
        Inflate library = LibdeflateInflate.orNull();
        return library == null ? new JdkInflate() : library;
    }
}
