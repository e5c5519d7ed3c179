package dev.tocsin.core.parse;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads VPC flow logs of any version, line by line or row by row. The header says what stands where, never the number
 * of columns; a header may come again. Without one, fourteen columns are the default format, and any other number
 * needs the source's format to be set.
 */
public final class FlowReader {

    private final ParseContext context;
    private final RecordSink sink;
    private final FlowLine flow;
    private final @Nullable FlowFormat set;
    private @Nullable FlowFormat format;
    private byte[] row = new byte[512];

    /** A reader of one object, whose lines go to {@code sink}. */
    public FlowReader(ParseContext context, RecordSink sink) {
        this(context, sink, null);
    }

    /**
     * A reader of one object of a source with a set format.
     *
     * @param format the fields in their order, divided by blanks, for lines without a header; null if none is set
     */
    public FlowReader(ParseContext context, RecordSink sink, @Nullable String format) {
        this.context = context;
        this.sink = sink;
        this.flow = new FlowLine(context);
        this.set = format == null ? null : FlowFormat.of(format);
        this.format = set;
    }

    /** Forgets what a header said. */
    public void restart() {
        format = set;
    }

    /** Whether {@code buffer[from, to)} looks like a flow log's first line: a header, or the default format's record. */
    public static boolean recognises(byte[] buffer, int from, int to) {
        int begin = afterTime(buffer, Blanks.skip(buffer, from, to), to);
        int end = Blanks.trimmed(buffer, begin, to);
        if (begin >= end) {
            return false;
        }
        FlowFormat header = FlowFormat.header(buffer, begin, end);
        return header != null ? header.size() > 1 : isDefault(buffer, begin, end);
    }

    /** Reads one line, {@code buffer[from, to)} without its line feed. */
    public void line(byte[] buffer, int from, int to, long lineNumber) {
        int first = Blanks.skip(buffer, from, to);
        int end = Blanks.trimmed(buffer, first, to);
        if (first >= end) {
            return;
        }
        if (to - from > ParseLimits.MAX_LINE_BYTES) {
            sink.reject(lineNumber, "line longer than " + ParseLimits.MAX_LINE_BYTES + " bytes");
            return;
        }
        int begin = afterTime(buffer, first, end);
        FlowFormat header = FlowFormat.header(buffer, begin, end);
        if (header != null) {
            format = header;
            return;
        }
        FlowFormat known = format == null ? guessed(buffer, begin, end, lineNumber) : format;
        if (known != null) {
            record(known, buffer, begin, end, lineNumber, begin > first ? first : -1);
        }
    }

    private @Nullable FlowFormat guessed(byte[] buffer, int from, int to, long lineNumber) {
        if (isDefault(buffer, from, to)) {
            format = FlowFormat.DEFAULT;
            return format;
        }
        if (isTransitGateway(buffer, from, to)) {
            sink.ignore(1, TRANSIT_GATEWAY);
            return null;
        }
        sink.reject(
                lineNumber,
                "flow log line without a header and with " + columns(buffer, from, to)
                        + " columns; the default format has " + FlowFormat.DEFAULT.size()
                        + ". Set the source's flow log format: its fields in their order, as in \"version account-id"
                        + " interface-id …\". The line: " + FlowLine.shown(buffer, from, to));
        return null;
    }

    private static final String TRANSIT_GATEWAY = "transit gateway flow log";
    private static final String NO_ADDRESSES = "flow record without addresses";

    private void record(FlowFormat known, byte[] buffer, int from, int to, long lineNumber, int timeAt) {
        if (known.transitGateway()) {
            sink.ignore(1, TRANSIT_GATEWAY);
            return;
        }
        int found = fields(known, buffer, from, to);
        if (found != known.size()) {
            sink.reject(lineNumber, "expected " + known.size() + " columns, found " + found);
            return;
        }
        switch (flow.status()) {
            case NODATA -> sink.ignore(1, "NODATA: no traffic in the window");
            case SKIPDATA -> {
                sink.ignore(1, "SKIPDATA: flows were lost");
                sink.note(lineNumber, "SKIPDATA: the service lost flows of this window; what they were is unknown");
            }
            case OK ->
                accept(known, lineTime(buffer, timeAt), lineNumber, to - from + 1, ContentHash.of(buffer, from, to));
        }
    }

    private void accept(FlowFormat known, long lineTime, long lineNumber, int size, long hash) {
        String problem = flow.problem();
        if (problem == null && !flow.addressed()) {
            sink.ignore(1, NO_ADDRESSES);
            return;
        }
        if (problem != null || !flow.timed(lineTime)) {
            sink.reject(lineNumber, String.valueOf(flow.problem()));
            return;
        }
        if (flow.backwards()) {
            sink.incomplete(lineNumber, "ends before it starts; read the other way round");
        }
        Flow read = flow.flow(new Origin(context.object(), lineNumber, size), known.instanceKnown(), hash);
        sink.accept(read);
    }

    /** Reads the columns; how many there are. */
    private int fields(FlowFormat known, byte[] buffer, int from, int to) {
        flow.clear();
        int count = 0;
        int at = from;
        while (at < to) {
            int end = Blanks.next(buffer, at, to);
            if (known.reads(count) && (end - at != 1 || buffer[at] != '-')) {
                flow.take(known.column(count), buffer, at, end);
            }
            count++;
            at = Blanks.skip(buffer, end, to);
        }
        return count;
    }

    /** Says what the columns of the rows to come are; {@code _} may stand for {@code -}. */
    public void columns(List<String> names) {
        format = FlowFormat.of(names);
    }

    /**
     * Reads one row of a table, such as a Parquet file's, after {@link #columns}.
     *
     * @param values a number or text for each column, null where there is none
     * @param rowNumber its place, from 1
     */
    public void row(@Nullable Object[] values, long rowNumber) {
        int length = 0;
        for (Object value : values) {
            String text = value == null ? "-" : value.toString().strip();
            byte[] bytes = (text.isEmpty() ? "-" : text.replaceAll("\\s", "_")).getBytes(StandardCharsets.UTF_8);
            while (length + bytes.length + 1 > row.length) {
                row = Arrays.copyOf(row, 2 * row.length);
            }
            System.arraycopy(bytes, 0, row, length, bytes.length);
            length += bytes.length;
            row[length++] = ' ';
        }
        if (format != null && length > 0) {
            record(format, row, 0, length - 1, rowNumber, -1);
        }
    }

    private long lineTime(byte[] buffer, int timeAt) {
        if (timeAt >= 0) {
            return IsoTime.seconds(buffer, timeAt);
        }
        LogObject object = context.object();
        return object.deliveredAt() == Long.MAX_VALUE ? -1 : object.deliveredAt();
    }

    /** Behind the ISO time that CloudWatch Logs puts before each line of an export, if there is one. */
    private static int afterTime(byte[] buffer, int from, int to) {
        if (!IsoTime.startsAt(buffer, from, to)) {
            return from;
        }
        return Blanks.skip(buffer, Blanks.next(buffer, from, to), to);
    }

    private static int columns(byte[] buffer, int from, int to) {
        int count = 0;
        for (int at = from; at < to; count++) {
            at = Blanks.skip(buffer, Blanks.next(buffer, at, to), to);
        }
        return count;
    }

    private static boolean isDefault(byte[] buffer, int from, int to) {
        boolean version = buffer[from] >= '1' && buffer[from] <= '9' && (from + 1 == to || Blanks.is(buffer[from + 1]));
        return version && columns(buffer, from, to) == FlowFormat.DEFAULT.size();
    }

    private static boolean isTransitGateway(byte[] buffer, int from, int to) {
        String second = FlowLine.shown(buffer, from, to);
        return second.matches("\\d+[ \\t]+TransitGateway[ \\t].*");
    }
}
