package dev.tocsin.input.container;

import dev.tocsin.core.parse.ApiCallCaches;
import dev.tocsin.core.parse.ApiCallReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.core.parse.runtime.RuntimeReader;
import dev.tocsin.input.inflate.Inflated;
import dev.tocsin.input.inflate.LibdeflateInflate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of a source: finds out what it is and gives its records to a sink. It keeps its buffers from object to
 * object, so use one reader a thread and close it in the end. Bad content is never an exception: the report says what is
 * wrong and where.
 */
public final class ObjectReader implements AutoCloseable {

    private static final int PACKED_BYTES = 64 * 1024;
    private static final int UNPACKED_BYTES = 256 * 1024;
    private static final int DEEPEST_GZIP = 3;
    private static final int PAGE_BYTES = 4096;

    /** Largest packed object held whole for the native library. */
    private static final int WHOLE_BYTES = 16 * 1024 * 1024;

    /** Largest unpacked size, by the last member's own word, of an object held whole. */
    private static final long WHOLE_UNPACKED_BYTES = 64L * 1024 * 1024;

    private static final ThreadLocal<ObjectReader> OF_THREAD =
            ThreadLocal.withInitial(() -> new ObjectReader(true, LibdeflateInflate.orNull()));

    private final boolean s3DataEvents;
    private final ByteWindow packed = new ByteWindow(PACKED_BYTES);
    private final ByteWindow unpacked = new ByteWindow(UNPACKED_BYTES);
    private final Inflater inflater = new Inflater(true);
    private final ApiCallCaches caches = new ApiCallCaches();

    private final @Nullable LibdeflateInflate library;

    /**
     * The calling thread's own reader, which takes S3 data events too and keeps its buffers as long as the thread. It
     * unpacks objects whole with a native library where there is one, so it is for objects wanted to their end.
     */
    public static ObjectReader ofThread() {
        return OF_THREAD.get();
    }

    /** A reader that counts data events as ignored. */
    public ObjectReader() {
        this(false);
    }

    /** A reader that gives data events on S3 objects to detection if {@code s3DataEvents}. */
    public ObjectReader(boolean s3DataEvents) {
        this(s3DataEvents, null);
    }

    private ObjectReader(boolean s3DataEvents, @Nullable LibdeflateInflate library) {
        this.s3DataEvents = s3DataEvents;
        this.library = library;
    }

    @Override
    public void close() {
        inflater.end();
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
        Job job = new Job(name, context, counting);
        try {
            packed.restart(raw::read);
            if (Gunzip.begins(packed)) {
                Inflated whole = library == null ? null : whole(library);
                if (whole != null) {
                    job.inflated(whole);
                } else {
                    job.gzip(packed, unpacked, inflater, 1);
                }
            } else {
                job.content(packed);
            }
        } catch (IOException e) {
            counting.reject(packed.offset(), "cannot be read: " + e.getMessage());
        }
        return counting.report(job.bytes, job.known);
    }

    /**
     * Reads records of a stream. Each is of its own form; what is wrong with one does not touch the others.
     *
     * @param records in their order
     * @param flowFormat the fields of flow log lines without a header, in their order, divided by blanks; or null
     * @param context what the events belong to, and what to take
     * @param sink where they go
     */
    public ObjectReport readStream(
            List<StreamRecord> records, @Nullable String flowFormat, ParseContext context, RecordSink sink) {
        CountingSink counting = new CountingSink(sink);
        TextRecords texts = new TextRecords(context, counting, true, flowFormat);
        Envelopes envelopes =
                new Envelopes(counting, new ApiCallReader(context, counting, s3DataEvents, caches), texts);
        long bytes = 0;
        for (StreamRecord record : records) {
            bytes += record.size();
            counting.begin(record.place());
            texts.begin();
            if (record.size() == 0) {
                counting.ignore(1, "empty record");
                continue;
            }
            try {
                envelopes.streamed(record.bytes(), record.position());
            } catch (IOException | RuntimeException e) { // the records behind it are read all the same
                counting.reject(record.position(), "cannot be read: " + e);
            }
        }
        return counting.report(bytes, envelopes.known());
    }

    /** The object unpacked, if it is no larger than can be held and nothing is wrong with it. It is not passed over. */
    private @Nullable Inflated whole(LibdeflateInflate with) {
        packed.keep(0);
        try {
            while (packed.limit() <= WHOLE_BYTES) {
                if (!packed.fill()) {
                    if (unpackedSize() > WHOLE_UNPACKED_BYTES) {
                        return null;
                    }
                    Inflated whole = with.whole(packed.bytes(), packed.limit());
                    return whole == null || Gunzip.begins(window(whole)) ? null : whole;
                }
            }
            return null;
        } catch (IOException e) {
            return null; // met again, behind what was read, by the way through a stream
        } finally {
            packed.release();
        }
    }

    /** What the end of the packed object says it unpacks to; a gzip member ends with its size, modulo 4 GB. */
    private long unpackedSize() {
        byte[] bytes = packed.bytes();
        int end = packed.limit();
        long size = 0;
        for (int i = end - 1; i >= Math.max(0, end - 4); i--) {
            size = size << 8 | (bytes[i] & 0xff);
        }
        return size;
    }

    private static ByteWindow window(Inflated whole) {
        return ByteWindow.over(whole.bytes(), 0, whole.length());
    }

    /** One object's reading. */
    private final class Job {
        private final ObjectKey key;
        private final ParseContext context;
        private final CountingSink sink;
        private final TextRecords texts;
        private final Envelopes envelopes;
        private long bytes;
        private boolean known;

        Job(String name, ParseContext context, CountingSink sink) {
            this.key = ObjectKey.parse(name);
            this.context = context;
            this.sink = sink;
            this.texts = new TextRecords(context, sink);
            this.envelopes = new Envelopes(sink, new ApiCallReader(context, sink, s3DataEvents, caches), texts);
        }

        private void gzip(ByteWindow from, ByteWindow to, Inflater with, int depth) throws IOException {
            Gunzip gunzip = new Gunzip(from, with, packed::taken);
            to.restart(gunzip);
            if (depth < DEEPEST_GZIP && Gunzip.begins(to)) {
                inner(to, depth + 1);
            } else {
                content(to);
            }
            afterGzip(gunzip);
        }

        private void inner(ByteWindow from, int depth) throws IOException {
            Inflater another = new Inflater(true);
            try {
                gzip(from, new ByteWindow(UNPACKED_BYTES), another, depth);
            } finally {
                another.end();
            }
        }

        private void afterGzip(Gunzip gunzip) {
            @Nullable String damage = gunzip.damage();
            if (damage != null) {
                sink.damage(gunzip.damageAt(), damage);
            }
            say(gunzip.members(), gunzip.trailing());
        }

        private void inflated(Inflated whole) throws IOException {
            content(window(whole));
            say(whole.members(), whole.trailing());
        }

        private void say(int gzipMembers, long trailing) {
            if (trailing > 0) {
                sink.say("note: " + trailing + " bytes behind the gzip data, not read");
            }
            if (gzipMembers > 1 && sink.isCloudTrail()) {
                sink.say(
                        "note: " + gzipMembers + " gzip members; CloudTrail delivers one: data may have been appended");
            }
        }

        private void content(ByteWindow window) throws IOException {
            if (Archive.begins(window)) {
                Archive archive = new Archive(context, sink, packed::taken);
                archive.read(window, s3DataEvents);
                bytes = archive.bytes();
                return;
            }
            if (Parquet.begins(window)) {
                new Parquet(sink, texts).read(window);
                bytes = window.offset();
                return;
            }
            String unread = Foreign.magic(window);
            if (unread != null) {
                sink.reject(0, unread);
                return;
            }
            if (window.have(3) && isByteOrderMark(window)) {
                window.moveTo(window.at() + 3);
            }
            int first = window.skipBlanks();
            if (first < 0) {
                sink.say(key.foreign() != null ? "empty: " + key.foreign() : "empty object");
            } else if ((first == '{' || first == '[') && !isHostLog(window)) {
                known = true;
                new JsonWalker(window, envelopes).walk();
                known = envelopes.known();
            } else if (first == '<') {
                page(window);
            } else {
                known = new TextLog(window, sink, texts, envelopes, key).read();
            }
            bytes = window.offset();
        }

        private static boolean isHostLog(ByteWindow window) throws IOException {
            window.have(PAGE_BYTES);
            return RuntimeReader.recognises(
                    window.bytes(), window.at(), Math.min(window.limit(), window.at() + PAGE_BYTES));
        }

        private void page(ByteWindow window) throws IOException {
            window.have(PAGE_BYTES);
            int length = Math.min(PAGE_BYTES, window.limit() - window.at());
            String page = new String(window.bytes(), window.at(), length, StandardCharsets.UTF_8);
            String code = Foreign.errorCode(page);
            sink.reject(window.offset(), code == null ? "XML or HTML, no log" : "an S3 error page, no log: " + code);
        }
    }

    private static boolean isByteOrderMark(ByteWindow window) {
        byte[] bytes = window.bytes();
        int at = window.at();
        return bytes[at] == (byte) 0xef && bytes[at + 1] == (byte) 0xbb && bytes[at + 2] == (byte) 0xbf;
    }
}
