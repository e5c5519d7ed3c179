package dev.tocsin.input.container;

import dev.tocsin.core.parse.ParseLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads the CSV that CloudTrail Lake writes: one column, {@code eventJson}, holds the record. */
final class Csv {

    private static final String COLUMN = "eventJson";

    private final ByteWindow window;
    private final CountingSink sink;
    private final Envelopes envelopes;
    private final ByteArrayOutputStream field = new ByteArrayOutputStream(4096);
    private boolean rowEnded;

    Csv(ByteWindow window, CountingSink sink, Envelopes envelopes) {
        this.window = window;
        this.sink = sink;
        this.envelopes = envelopes;
    }

    /** Whether {@code header} names the column of records. */
    static boolean isLake(String header) {
        for (String name : header.split(",", -1)) {
            if (name.strip().replace("\"", "").equalsIgnoreCase(COLUMN)) {
                return true;
            }
        }
        return false;
    }

    /** Reads all rows. */
    void read() throws IOException {
        int wanted = header();
        while (window.peek() >= 0) {
            long position = window.offset();
            int column = 0;
            boolean found = false;
            boolean blank = true;
            do {
                if (!field()) {
                    sink.cut(position, "the row ends in the middle");
                    return;
                }
                if (column == wanted && field.size() > 0) {
                    record(position);
                    found = true;
                }
                blank &= field.size() == 0;
                column++;
            } while (!rowEnded);
            if (!found && !blank) {
                sink.reject(position, "row without " + COLUMN);
            }
        }
    }

    private int header() throws IOException {
        int wanted = 0;
        int column = 0;
        do {
            field();
            if (field.toString(StandardCharsets.UTF_8).strip().equalsIgnoreCase(COLUMN)) {
                wanted = column;
            }
            column++;
        } while (!rowEnded);
        return wanted;
    }

    private void record(long position) throws IOException {
        byte[] bytes = field.toByteArray();
        if (bytes.length > ParseLimits.MAX_RECORD_BYTES) {
            sink.reject(position, "record is larger than " + ParseLimits.MAX_RECORD_BYTES + " bytes");
        } else if (bytes[0] != '{') {
            sink.reject(position, "eventJson holds no JSON object");
        } else {
            envelopes.value(bytes, 0, bytes.length, position);
        }
    }

    /** Reads a field and what ends it; false if the stream ends inside of quotes. */
    private boolean field() throws IOException {
        field.reset();
        rowEnded = false;
        boolean quoted = false;
        while (true) {
            int b = window.peek();
            if (b < 0) {
                rowEnded = true;
                return !quoted;
            }
            window.moveTo(window.at() + 1);
            if (b == '"') {
                if (quoted && window.peek() == '"') {
                    window.moveTo(window.at() + 1);
                    write(b);
                } else {
                    quoted = !quoted;
                }
            } else if (!quoted && (b == ',' || b == '\n')) {
                rowEnded = b == '\n';
                return true;
            } else if (quoted || b != '\r') {
                write(b);
            }
        }
    }

    private void write(int b) {
        if (field.size() <= ParseLimits.MAX_RECORD_BYTES) {
            field.write(b);
        }
    }
}
