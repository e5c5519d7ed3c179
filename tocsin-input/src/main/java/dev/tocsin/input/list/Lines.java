package dev.tocsin.input.list;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of a text, numbered from 1; a line that is too long is passed over in bounded memory. */
final class Lines {

    /** Characters of the longest line that is read. Ours: entries are short. */
    static final int LONGEST = 64 * 1024;

    private final Reader reader;
    private final Collector out;
    private final char[] buffer = new char[8192];
    private final StringBuilder line = new StringBuilder();
    private int at;
    private int filled;
    private long number;

    Lines(ListSource source, Collector out) {
        this.reader = source.reader();
        this.out = out;
    }

    /** The next line without its end, or null; one that is too long is rejected and the one after it given. */
    @Nullable
    String next() throws IOException {
        while (fill()) {
            number++;
            String whole = within();
            if (whole != null) {
                return whole;
            }
            line.setLength(0);
            long length = take();
            if (length <= LONGEST) {
                int end = line.length();
                return line.substring(0, end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end);
            }
            out.reject(number, "a line of " + length + " characters, at most " + LONGEST + " are read", line);
        }
        return null;
    }

    /** The line if the buffer holds its end, as nearly always; else null, and nothing is taken. */
    private @Nullable String within() {
        int end = at;
        while (end < filled && buffer[end] != '\n') {
            end++;
        }
        if (end == filled) {
            return null;
        }
        int from = at;
        at = end + 1;
        return new String(buffer, from, (end > from && buffer[end - 1] == '\r' ? end - 1 : end) - from);
    }

    /** Takes up to the line's end, of which no more than fits is kept; the line's length. */
    private long take() throws IOException {
        long length = 0;
        while (fill()) {
            int from = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            line.append(buffer, from, Math.min(at - from, LONGEST + 1 - line.length()));
            length += at - from;
            if (at < filled) {
                at++;
                break;
            }
        }
        return length;
    }

    private boolean fill() throws IOException {
        if (at == filled) {
            at = 0;
            filled = Math.max(0, reader.read(buffer));
        }
        return filled > 0;
    }

    /** The number of the line given last. */
    long number() {
        return number;
    }
}
