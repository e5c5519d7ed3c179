package dev.tocsin.input.container;

import dev.tocsin.core.parse.FlowReader;
import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.NameQueryReader;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.runtime.RuntimeReader;
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
    private @Nullable RuntimeReader hosts;
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

    /** One line of a host log. */
    void host(byte[] bytes, int from, int to, long number) {
        RuntimeReader reader = hosts;
        if (reader == null) {
            reader = new RuntimeReader(context, sink);
            hosts = reader;
        }
        reader.line(bytes, from, to, number);
    }

    /** No line of the host log follows. */
    void hostEnds() {
        if (hosts != null) {
            hosts.end();
        }
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
        if (RuntimeReader.recognises(bytes, from, lineEnd(bytes, from, to))) {
            sink.usualKind(ObjectReport.Kind.RUNTIME);
            lines(bytes, from, to, position, this::host);
            hostEnds();
            return;
        }
        if (!set && !TextLog.looksLikeFlow(bytes, from, to)) {
            sink.reject(position, "message is of no known log");
            return;
        }
        sink.usualKind(ObjectReport.Kind.VPCFLOW);
        lines(bytes, from, to, position, flows::line);
    }

    private void lines(byte[] bytes, int from, int to, long position, TextLog.Line taker) {
        int start = from;
        while (start < to) {
            int end = lineEnd(bytes, start, to);
            if (end > start) {
                taker.take(bytes, start, end, streamed ? position : ++messageLine);
            }
            start = end + 1;
        }
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        int end = from;
        while (end < to && bytes[end] != '\n') {
            end++;
        }
        return end;
    }
}
