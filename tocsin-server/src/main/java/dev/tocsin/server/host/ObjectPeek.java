package dev.tocsin.server.host;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.input.container.ObjectReader;
import dev.tocsin.server.source.SourceObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** What the first records of an object tell where its name says nothing: their earliest time and their log. */
final class ObjectPeek implements RecordSink {

    /** Records looked at (design: The engine and its hosts). */
    static final int RECORDS = 1_000;

    private int records;
    private long earliest = Long.MAX_VALUE;
    private @Nullable LogKind kind;

    private ObjectPeek() {}

    /** Looks into {@code object}; one that cannot be read tells nothing here and is reported when its turn comes. */
    static ObjectPeek into(SourceObject object, ParseContext context) {
        ObjectPeek peek = new ObjectPeek();
        try (InputStream in = peek.new UntilSeen(object.opener().open())) {
            new ObjectReader(true).read(in, object.name(), context, peek);
        } catch (IOException | RuntimeException e) {
            return peek;
        }
        return peek;
    }

    /** Earliest time of the records seen, epoch seconds; {@link Long#MAX_VALUE} if there is none. */
    long earliest() {
        return earliest;
    }

    /** The log of the first record, or null if there is none. */
    @Nullable
    LogKind kind() {
        return kind;
    }

    @Override
    public void accept(Event event) {
        if (records >= RECORDS) {
            return;
        }
        records++;
        earliest = Math.min(earliest, event.at());
        if (kind == null) {
            kind = LogKind.of(event);
        }
    }

    @Override
    public void ignore(long count, String reason) {}

    @Override
    public void reject(long position, String reason) {}

    @Override
    public void note(long position, String text) {}

    /** Ends the object once enough records are seen: a reader that streams stops there. */
    private final class UntilSeen extends FilterInputStream {
        UntilSeen(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return records >= RECORDS ? -1 : super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return records >= RECORDS ? -1 : super.read(into, offset, length);
        }
    }
}
