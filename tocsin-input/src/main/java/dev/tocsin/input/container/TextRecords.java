package dev.tocsin.input.container;

import dev.tocsin.core.parse.FlowReader;
import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.NameQueryReader;
import dev.tocsin.core.parse.ParseContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands lines of flow logs and records of query logs to their parsers, whatever they were wrapped in. */
final class TextRecords {

    private final CountingSink sink;
    private final FlowReader flows;
    private final ParseContext context;
    private final boolean streamed;
    private final boolean set;
    private @Nullable NameQueryReader queries;
    private long messageLine;

    TextRecords(ParseContext context, CountingSink sink) {
        this(context, sink, false, null);
    }

    /** For a stream if {@code streamed}, whose lines stand where their record does; {@code format} as it is set, or null. */
    TextRecords(ParseContext context, CountingSink sink, boolean streamed, @Nullable String format) {
        this.context = context;
        this.sink = sink;
        this.streamed = streamed;
        this.set = format != null;
        this.flows = new FlowReader(context, sink, format);
    }

    /** What one record of a stream says of its lines does not hold for the next. */
    void begin() {
        flows.restart();
    }

    /** One line of a flow log. */
    void flow(byte[] bytes, int from, int to, long number) {
        flows.line(bytes, from, to, number);
    }

    /** The columns of the flow rows to come. */
    void columns(List<String> names) {
        flows.columns(names);
    }

    /** One row of a flow log. */
    void row(@Nullable Object[] values, long number) {
        flows.row(values, number);
    }

    /** One record of a resolver query log; false if it is none. */
    boolean query(byte[] bytes, int from, int to, long position) {
        NameQueryReader reader = queries;
        if (reader == null) {
            reader = new NameQueryReader(context, sink); // its caches are too large to be made for every object
            queries = reader;
        }
        return reader.record(bytes, from, to, position);
    }

    /** The text of a wrapped message: lines of a flow log. */
    void message(byte[] bytes, int from, int to, long position) {
        if (JsonBytes.startsWith(bytes, from, to, "CWL CONTROL MESSAGE")) {
            sink.ignore(1, "CloudWatch control message");
            return;
        }
        if (!set && !TextLog.looksLikeFlow(bytes, from, to)) {
            sink.reject(position, "message is of no known log");
            return;
        }
        sink.usualKind(ObjectReport.Kind.VPCFLOW);
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '\n') {
                if (i > start) {
                    flows.line(bytes, start, i, streamed ? position : ++messageLine);
                }
                start = i + 1;
            }
        }
    }
}
