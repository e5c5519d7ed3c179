package dev.tocsin.input.list;

import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a comma-separated text: quoted cells may hold commas, line ends and doubled quotes; blanks around cells are
 * taken off; a row that begins with {@code #} is one cell, the comment.
 */
final class CsvRows {

    /** Characters of the longest row. Ours: a quote that is never closed must not swallow a list. */
    static final int LONGEST = 256 * 1024;

    private final PushbackReader reader;
    private final StringBuilder cell = new StringBuilder();
    private long line = 1;
    private long start = 1;
    private int length;

    CsvRows(Reader reader) {
        this.reader = new PushbackReader(new java.io.BufferedReader(reader));
    }

    /** The next row, empty for a blank line; null at the end. */
    @Nullable
    List<String> next() throws IOException {
        start = line;
        length = 0;
        int first = skipBlanks();
        if (first < 0) {
            return null;
        }
        if (first == '#') {
            return List.of(comment());
        }
        List<String> row = new ArrayList<>();
        boolean more = true;
        while (more) {
            int c = skipBlanks();
            more = c == '"' ? quoted(row) : plain(row);
        }
        return row.size() == 1 && row.getFirst().isEmpty() ? List.of() : row;
    }

    /** The line the row given last begins on. */
    long line() {
        return start;
    }

    /** Whether the row given last was longer than is read; what came of it is no good. */
    boolean tooLong() {
        return length > LONGEST;
    }

    private String comment() throws IOException {
        cell.setLength(0);
        int c = read();
        while (c >= 0 && c != '\n') {
            if (length <= LONGEST) {
                cell.append((char) c);
            }
            c = read();
        }
        return cell.toString().strip();
    }

    /** Reads an unquoted cell; whether another follows in the row. */
    private boolean plain(List<String> row) throws IOException {
        cell.setLength(0);
        int c = read();
        while (c >= 0 && c != '\n' && c != ',') {
            keep(c);
            c = read();
        }
        row.add(cell.toString().strip());
        return c == ',';
    }

    private boolean quoted(List<String> row) throws IOException {
        cell.setLength(0);
        read();
        for (int c = read(); c >= 0 && length <= LONGEST; c = read()) {
            if (c != '"') {
                keep(c);
            } else if (peek() == '"') {
                keep(read());
            } else {
                break;
            }
        }
        row.add(cell.toString());
        int c = read();
        while (c >= 0 && c != '\n' && c != ',') {
            c = read();
        }
        return c == ',' && length <= LONGEST;
    }

    private void keep(int c) {
        if (length <= LONGEST) {
            cell.append((char) c);
        }
    }

    /** Passes over blanks within a line; the character after them, which stays unread. */
    private int skipBlanks() throws IOException {
        int c = read();
        while (c == ' ' || c == '\t' || c == '\r') {
            c = read();
        }
        unread(c);
        return c;
    }

    private int read() throws IOException {
        int c = reader.read();
        length++;
        if (c == '\n') {
            line++;
        }
        return c;
    }

    private int peek() throws IOException {
        int c = read();
        unread(c);
        return c;
    }

    private void unread(int c) throws IOException {
        if (c >= 0) {
            reader.unread(c);
            length--;
            if (c == '\n') {
                line--;
            }
        }
    }
}
