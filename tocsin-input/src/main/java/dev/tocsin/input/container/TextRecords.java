package dev.tocsin.input.container;

import dev.tocsin.core.parse.ParseContext;

/** Hands text lines and query records to the parsers of their logs. */
final class TextRecords {

    private final CountingSink sink;
    private long line;

    TextRecords(ParseContext context, CountingSink sink) {
        this.sink = sink;
        assert context != null;
    }

    /** One line of a flow log. */
    void flow(byte[] bytes, int from, int to, long number) {
        sink.ignore(1, "flow log line");
        assert from <= to && number >= 0 && bytes != null;
    }

    /** One record of a resolver query log; false if it is none. */
    boolean query(byte[] bytes, int from, int to, long position) {
        sink.ignore(1, "resolver query");
        return bytes != null && from <= to && position >= 0;
    }

    /** The text of a wrapped message: lines of a flow log. */
    void message(byte[] bytes, int from, int to, long position) {
        if (!TextLog.looksLikeFlow(bytes, from, to)) {
            sink.reject(position, "message is of no known log");
            return;
        }
        int start = from;
        for (int i = from; i <= to; i++) {
            if (i == to || bytes[i] == '\n') {
                if (i > start) {
                    flow(bytes, start, i, ++line);
                }
                start = i + 1;
            }
        }
    }
}
