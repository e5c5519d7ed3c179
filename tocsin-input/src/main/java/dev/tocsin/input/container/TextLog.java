package dev.tocsin.input.container;

import dev.tocsin.core.parse.FlowReader;
import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.runtime.RuntimeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads text: tells by its first line which log it is, then hands on line after line. */
final class TextLog {

    private static final int FEWEST_FIELDS = 6;

    private final ByteWindow window;
    private final CountingSink sink;
    private final TextRecords texts;
    private final Envelopes envelopes;
    private final ObjectKey key;
    private long number;

    TextLog(ByteWindow window, CountingSink sink, TextRecords texts, Envelopes envelopes, ObjectKey key) {
        this.window = window;
        this.sink = sink;
        this.texts = texts;
        this.envelopes = envelopes;
        this.key = key;
    }

    /** Reads all; true if it is a log that is read. */
    boolean read() throws IOException {
        int end = lineEnd();
        byte[] bytes = window.bytes();
        String first = new String(bytes, window.at(), end - window.at(), StandardCharsets.UTF_8).strip();
        if (Csv.isLake(first)) {
            sink.kind(ObjectReport.Kind.CLOUDTRAIL);
            new Csv(window, sink, envelopes).read();
            return true;
        }
        if (RuntimeReader.recognises(bytes, window.at(), end)) {
            sink.kind(ObjectReport.Kind.RUNTIME);
            lines(texts::host);
            texts.hostEnds();
            return true;
        }
        String foreign = Foreign.line(first);
        if (foreign != null && foreign.equals(key.foreign())) {
            sink.say("not read: " + foreign);
            return false;
        }
        if (foreign != null) {
            lines((line, from, to, place) -> sink.ignore(1, foreign));
            return false;
        }
        if (key.kind() == ObjectReport.Kind.VPCFLOW
                || FlowReader.recognises(bytes, window.at(), end)
                || looksLikeFlow(bytes, window.at(), end)) {
            sink.kind(ObjectReport.Kind.VPCFLOW);
            lines(texts::flow);
            return true;
        }
        return unknown(first);
    }

    private boolean unknown(String first) throws IOException {
        if (hasRecords()) {
            new JsonWalker(window, envelopes).walk();
            return envelopes.known();
        }
        if (key.foreign() != null) {
            sink.say("not read: " + key.foreign());
            return false;
        }
        String shown = first.length() <= 80 ? first : first.substring(0, 80) + "...";
        sink.reject(1, "neither JSON nor a known log; it begins " + '"' + shown.replaceAll("\\p{Cntrl}", ".") + '"');
        return false;
    }

    /** Whether a record of CloudTrail begins in what is at hand: then only the beginning is damaged. */
    private boolean hasRecords() {
        for (int i = window.at(); i < window.limit(); i++) {
            if (window.bytes()[i] == '{'
                    && JsonBytes.startsWith(window.bytes(), i, window.limit(), JsonWalker.RECORD)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line may be one of a flow log: its header, or enough fields. */
    static boolean looksLikeFlow(byte[] bytes, int from, int to) {
        int fields = 0;
        boolean blank = true;
        for (int i = from; i < to && bytes[i] != '\n'; i++) {
            boolean here = bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r';
            fields += blank && !here ? 1 : 0;
            blank = here;
            if (bytes[i] == 0 || bytes[i] == '{') {
                return false;
            }
        }
        return fields >= FEWEST_FIELDS || new String(bytes, from, to - from, StandardCharsets.UTF_8).contains("addr");
    }

    /** Takes a line. */
    interface Line {
        void take(byte[] bytes, int from, int to, long number);
    }

    private void lines(Line line) throws IOException {
        while (window.peek() >= 0) {
            int end = lineEnd();
            int from = window.at();
            number++;
            if (end - from > ParseLimits.MAX_LINE_BYTES) {
                sink.reject(number, "line is longer than " + ParseLimits.MAX_LINE_BYTES + " bytes");
                passLine();
                continue;
            }
            boolean empty = end == from || (end == from + 1 && window.bytes()[from] == '\r');
            if (!empty) {
                line.take(window.bytes(), from, end, number);
            }
            window.moveTo(Math.min(end + 1, window.limit()));
        }
    }

    /** Place of the line's end, or of the end of the stream, or a place beyond the limit on lines. */
    private int lineEnd() throws IOException {
        int scanned = 0;
        while (true) {
            byte[] bytes = window.bytes();
            int end = JsonBytes.lineEnd(bytes, window.at() + scanned, window.limit());
            if (end < window.limit()) {
                return end;
            }
            scanned = window.limit() - window.at();
            if (scanned > ParseLimits.MAX_LINE_BYTES || !window.fill()) {
                return window.limit();
            }
        }
    }

    private void passLine() throws IOException {
        while (window.peek() >= 0) {
            int b = window.peek();
            window.moveTo(window.at() + 1);
            if (b == '\n') {
                return;
            }
        }
    }
}
