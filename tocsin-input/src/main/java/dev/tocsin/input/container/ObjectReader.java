package dev.tocsin.input.container;

import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.core.parse.ValueScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Reads one object of a source: finds out what it is and gives its records to a sink. It keeps its buffers from object to
 * object, so use one reader a thread. Bad content is never an exception: the report says what is wrong and where.
 */
public final class ObjectReader {

    private final boolean s3DataEvents;

    /** A reader that counts data events as ignored. */
    public ObjectReader() {
        this(false);
    }

    /** A reader that gives data events on S3 objects to detection if {@code s3DataEvents}. */
    public ObjectReader(boolean s3DataEvents) {
        this.s3DataEvents = s3DataEvents;
    }

    /**
     * Reads an object.
     *
     * @param raw its bytes as stored; not closed
     * @param name its key or path, a hint only
     * @param context the object and what to take
     * @param sink where records go
     */
    public ObjectReport read(InputStream raw, String name, ParseContext context, RecordSink sink) {
        CountingSink counting = new CountingSink(sink);
        byte[] bytes;
        try {
            byte[] packed = raw.readAllBytes();
            boolean gzip = packed.length > 2 && packed[0] == 0x1f && packed[1] == (byte) 0x8b;
            bytes = gzip ? new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes() : packed;
        } catch (IOException e) {
            counting.reject(0, "damaged: " + e.getMessage());
            return counting.report(0, false);
        }
        int cut = records(bytes, new ApiCallReader(context, counting, s3DataEvents));
        if (cut >= 0) {
            counting.reject(cut, "expected the end of a record, found the end of the object");
        }
        return counting.report(bytes.length, true);
    }

    /** Reads all records; where the one begins that is cut off, or -1. */
    private static int records(byte[] bytes, ApiCallReader reader) {
        int at = 0;
        while (at < bytes.length && bytes[at] != '[') {
            at++;
        }
        ValueScanner scanner = new ValueScanner();
        at++;
        while (at < bytes.length && bytes[at] != ']') {
            at = JsonBytes.skipBlanks(bytes, at, bytes.length);
            scanner.start();
            int end = scanner.scan(bytes, at, bytes.length);
            if (end < 0) {
                return at;
            }
            reader.record(bytes, at, end, at);
            at = JsonBytes.skipBlanks(bytes, end, bytes.length);
            if (at < bytes.length && bytes[at] == ',') {
                at++;
            }
        }
        return -1;
    }
}
