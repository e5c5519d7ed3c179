package dev.tocsin.core.event;

/**
 * Where a record stands: the object it came in and its place there.
 *
 * @param object the object or stream chunk
 * @param position byte offset of a JSON record, or line number (from 1) of a text record, in the unpacked object; in a stretch of a
 *     stream, the place of the stream's record
 * @param size bytes of the record as it was written, a line with its end; 0 where nobody counts them
 */
public record Origin(LogObject object, long position, int size) {

    /** A place whose record's size nobody asks for. */
    public Origin(LogObject object, long position) {
        this(object, position, 0);
    }
}
