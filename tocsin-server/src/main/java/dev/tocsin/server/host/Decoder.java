package dev.tocsin.server.host;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.input.container.ObjectReader;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.input.container.Reason;
import dev.tocsin.input.order.ObjectDays;
import dev.tocsin.input.order.ObjectTimes;
import dev.tocsin.server.source.NotWanted;
import dev.tocsin.server.source.SourceDown;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.StreamBatch;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one object into chunks. Runs on a thread of its own while the host takes the chunks of earlier objects. */
final class Decoder implements Runnable {

    private final SourceObject object;
    private final LogObject identity;
    private final ParseContext context;
    private final Wanted wanted;
    private final ObjectDays.Part part;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final Rejected rejected = new Rejected();
    private final Lookahead lookahead;
    private final boolean more;
    private final Queue<Chunk> chunks = new ArrayDeque<>();
    private final ObjectTimes times = new ObjectTimes();
    private List<Event> events = new ArrayList<>();
    private @Nullable ObjectReport report;
    private @Nullable String failure;
    private @Nullable String passedOver;
    private @Nullable SourceDown down;

    /**
     * A decoder of {@code object}, which keeps those of its records that are {@code wanted}.
     *
     * @param part the part of the object whose records are given on; what else it tells is of the whole object
     * @param more whether another decoder runs on this one's thread right after it
     */
    Decoder(
            SourceObject object,
            ParseContext context,
            Wanted wanted,
            ObjectDays.Part part,
            Lookahead lookahead,
            boolean more) {
        this.object = object;
        this.context = context;
        this.wanted = wanted;
        this.part = part;
        this.lookahead = lookahead;
        this.more = more;
        this.identity = context.object();
    }

    LogObject identity() {
        return identity;
    }

    @Override
    public void run() {
        StreamBatch streamed = object.streamed();
        if (streamed != null) {
            readStream(streamed);
            return;
        }
        try (InputStream in = new Noting(object.opener().open())) {
            report = ObjectReader.ofThread().read(in, object.name(), context, new Collector());
        } catch (NotWanted e) {
            passedOver = e.getMessage();
        } catch (SourceDown e) {
            down = e;
            failure = "cannot be read: " + e.getMessage();
        } catch (IOException e) {
            failure = "cannot be read: " + Reason.of(e);
        } catch (RuntimeException | Error e) { // the objects behind it are read all the same
            failure = "cannot be read: " + e;
        } finally {
            hand(true);
        }
    }

    private void readStream(StreamBatch streamed) {
        try {
            report = ObjectReader.ofThread()
                    .readStream(streamed.records(), streamed.form().flowFormat(), context, new Collector());
        } catch (RuntimeException | Error e) { // what is behind it is read all the same
            failure = "cannot be read: " + e;
        } finally {
            hand(true);
        }
    }

    /** The next chunk, once it is there. */
    Chunk next() throws InterruptedException {
        return lookahead.take(this);
    }

    /** The records that the object is, if it is a stretch of a stream; else null. */
    @Nullable
    StreamBatch streamed() {
        return object.streamed();
    }

    /** What waits to be taken; only for {@link Lookahead}, under its lock. */
    Queue<Chunk> chunks() {
        return chunks;
    }

    /** What reading gave; only after the last chunk. Null if the object could not be read. */
    @Nullable
    ObjectReport report() {
        return report;
    }

    /** Why the object could not be read, or null. */
    @Nullable
    String failure() {
        return failure;
    }

    /** Why the object was not to be read, or null. */
    @Nullable
    String passedOver() {
        return passedOver;
    }

    /** Why the object's source did not give all of it, or null; only after the last chunk. */
    @Nullable
    SourceDown down() {
        return down;
    }

    /** The times of its part's records; only after the last chunk. */
    ObjectTimes times() {
        return times;
    }

    /** How many records were read and not wanted, by reason; only after the last chunk. */
    Map<String, Long> leftOut() {
        return leftOut;
    }

    /** What was read and not believed; only after the last chunk. */
    Rejected rejected() {
        return rejected;
    }

    private void hand(boolean last) {
        try {
            lookahead.put(this, new Chunk(events, last), last && more);
            events = new ArrayList<>();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The reader takes an end for damage of the object; this notes that it was the source's. */
    private final class Noting extends FilterInputStream {
        Noting(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return super.read(into, offset, length);
            } catch (SourceDown e) {
                down = e;
                throw e;
            }
        }
    }

    private final class Collector implements RecordSink {
        @Override
        public void accept(Event event) {
            String disbelieved = wanted.rejects(identity, event);
            if (disbelieved != null) {
                rejected.add(disbelieved, event.origin().position());
                return;
            }
            String reason = wanted.leavesOut(event);
            if (reason != null) {
                leftOut.merge(reason, 1L, Long::sum);
                return;
            }
            if (!part.holds(event.at())) {
                return;
            }
            events.add(event);
            times.add(event);
            if (events.size() >= Chunk.SIZE) {
                hand(false);
            }
        }

        @Override
        public void ignore(long count, String reason) {}

        @Override
        public void reject(long position, String reason) {}

        @Override
        public void note(long position, String text) {}
    }
}
