package dev.tocsin.input.order;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.input.container.ObjectReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What an object's records tell where its name says nothing: their log and the earliest time of the first of them; and,
 * of an object whose name has no time, on which days they lie, for which it is read to its end.
 */
final class ObjectPeek implements RecordSink {

    /** Records looked at (design: The engine and its hosts). */
    static final int RECORDS = 1_000;

    private static final FieldPlan TIMES_ALONE = new FieldPlan.Builder().build();

    private final boolean toEnd;
    private final long believedUntil;
    private final ObjectDays days = new ObjectDays();
    private int records;
    private long earliest = Long.MAX_VALUE;
    private @Nullable LogKind kind;

    private ObjectPeek(boolean toEnd, long believedUntil) {
        this.toEnd = toEnd;
        this.believedUntil = believedUntil;
    }

    /**
     * Looks into {@code object}; one that cannot be read tells nothing here and is reported when its turn comes.
     *
     * @param toEnd whether to look at all records, not only the first
     */
    static ObjectPeek into(Orderable object, ParseContext context, boolean toEnd) {
        ObjectPeek peek = new ObjectPeek(toEnd, context.object().believedUntil());
        ParseContext times =
                new ParseContext(context.object(), TIMES_ALONE, context.defaultAccount(), context.defaultRegion());
        try (InputStream in = peek.new UntilSeen(object.open());
                ObjectReader reader = new ObjectReader(true)) {
            reader.read(in, object.name(), times, peek);
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

    /** The days of all records whose time is believed; only of an object looked at to its end. */
    ObjectDays days() {
        return days;
    }

    @Override
    public void accept(Event event) {
        if (toEnd && event.at() <= believedUntil) {
            days.add(event.at());
        }
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

    private boolean isEnough() {
        return !toEnd && records >= RECORDS;
    }

    /** Ends the object once enough records are seen: a reader that streams stops there. */
    private final class UntilSeen extends FilterInputStream {
        UntilSeen(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            return isEnough() ? -1 : super.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return isEnough() ? -1 : super.read(into, offset, length);
        }
    }
}
