package dev.tocsin.input.container;

import dev.tocsin.core.parse.JsonBytes;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.ValueScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Walks over JSON of any shape that logs come in: a document, lines, documents back to back, arrays, indented or not. It
 * finds the records and hands each as a slice to {@link Envelopes}; after a broken one it goes on at the next beginning.
 */
final class JsonWalker {

    /** Lists that are walked record by record instead of being held whole. */
    private static final Set<String> LISTS = Set.of("Records", "Events", "records", "logEvents", "Messages");

    /** How a CloudTrail record usually begins. */
    static final String RECORD = "{\"eventVersion\"";

    private static final String RECORD_1 = "{\"eventVersion\":\"1";
    private static final int LONGEST_LIST_NAME = 16;

    /** Bytes that may be scanned in vain for broken records before the object is given up. */
    private static final long VAIN_BYTES = 1L << 30;

    private final ByteWindow window;
    private final Envelopes envelopes;
    private final ValueScanner scanner = new ValueScanner();
    private long vain;
    private boolean gaveUp;
    private boolean lost;

    JsonWalker(ByteWindow window, Envelopes envelopes) {
        this.window = window;
        this.envelopes = envelopes;
    }

    /** Walks to the end of the window's stream. */
    void walk() throws IOException {
        for (int b = window.skipBlanks(); b >= 0 && !gaveUp; b = window.skipBlanks()) {
            switch (b) {
                case '{' -> object();
                case '[' -> list("Records");
                case ',', 0x1e, 0 -> window.moveTo(window.at() + 1);
                default -> junk();
            }
        }
    }

    private void junk() throws IOException {
        long start = window.offset();
        envelopes.reject(start, "expected a record, found " + shown());
        recover(start);
    }

    private void object() throws IOException {
        if (atRecord()) {
            record();
            return;
        }
        long start = window.offset();
        window.keep(start);
        window.moveTo(window.at() + 1);
        boolean listed = false;
        int b = window.skipBlanks();
        while (b == ',' || b == '"') {
            if (b == ',') {
                window.moveTo(window.at() + 1);
            } else {
                String key = key();
                if (key == null) {
                    cut(start, listed);
                    return;
                }
                if (window.peek() == '[' && LISTS.contains(key)) {
                    window.release();
                    envelopes.list(key);
                    list(key);
                    listed = true;
                } else if (!passed(start, listed)) {
                    return;
                }
            }
            b = window.skipBlanks();
        }
        close(start, listed, b);
    }

    /** Passes a member's value; false if the object ended with it, for good or bad. */
    private boolean passed(long start, boolean listed) throws IOException {
        if (listed) {
            window.keep(window.offset());
        }
        int end = scan();
        if (end == ValueScanner.MORE) {
            cut(start, listed);
            return false;
        }
        if (end == ValueScanner.BROKEN) {
            broken(start);
            return false;
        }
        if (end == TOO_LARGE) {
            window.seek(start);
            large(start);
            return false;
        }
        window.moveTo(end);
        if (!listed && window.offset() - start > ParseLimits.MAX_RECORD_BYTES) {
            window.seek(start);
            large(start);
            return false;
        }
        return true;
    }

    private void close(long start, boolean listed, int b) throws IOException {
        if (b < 0) {
            cut(start, listed);
        } else if (b != '}') {
            broken(start);
        } else {
            window.moveTo(window.at() + 1);
            if (!listed) {
                deliver(start, window.offset());
            }
            window.release();
        }
    }

    /** Reads a member's name and goes to its value; null at the end of the stream, empty for a name of no interest. */
    private @org.jspecify.annotations.Nullable String key() throws IOException {
        long start = window.offset();
        int end = scan();
        if (end < 0) {
            return null;
        }
        int from = window.index(start) + 1;
        String name = end - from > LONGEST_LIST_NAME
                ? ""
                : new String(window.bytes(), from, end - 1 - from, StandardCharsets.UTF_8);
        window.moveTo(end);
        if (window.skipBlanks() != ':') {
            return null;
        }
        window.moveTo(window.at() + 1);
        return window.skipBlanks() < 0 ? null : name;
    }

    private void list(String name) throws IOException {
        long start = window.offset();
        boolean separated = true;
        window.moveTo(window.at() + 1);
        for (int b = window.skipBlanks(); b != ']' && !gaveUp; b = window.skipBlanks()) {
            if (b < 0) {
                if (!lost) {
                    envelopes.cut(start, "the list " + name + " is not closed");
                }
                return;
            }
            if (b == ',') {
                window.moveTo(window.at() + 1);
                separated = true;
            } else if (!separated && !atRecord()) {
                junk();
            } else {
                separated = false;
                element(b);
            }
        }
        window.moveTo(Math.min(window.at() + 1, window.limit()));
    }

    private void element(int first) throws IOException {
        if (first == '{') {
            record();
        } else {
            noRecord();
        }
    }

    private void noRecord() throws IOException {
        long start = window.offset();
        window.keep(start);
        int end = scan();
        envelopes.reject(start, "expected a record, found " + shown());
        if (end >= 0) {
            int found = beginning(window.index(start) + 1, end);
            window.moveTo(found < 0 ? end : found);
            window.release();
        } else {
            recover(start);
        }
    }

    /** The value at the window as one record. */
    private void record() throws IOException {
        long start = window.offset();
        if (JsonBytes.startsWith(window.bytes(), window.at(), window.limit(), RECORD_1)) {
            int ordinary = envelopes.ordinary(window.bytes(), window.at(), window.limit(), start);
            if (ordinary > 0) {
                window.moveTo(ordinary);
                return;
            }
        }
        window.keep(start);
        int end = scan();
        if (end >= 0) {
            long stop = window.offsetOf(end);
            window.moveTo(end);
            deliver(start, stop);
            window.release();
        } else if (end == ValueScanner.MORE) {
            cut(start, false);
        } else if (end == ValueScanner.BROKEN) {
            broken(start);
        } else {
            large(start);
        }
    }

    private void deliver(long start, long stop) throws IOException {
        int from = window.index(start);
        int to = window.index(stop);
        boolean good;
        if (scanner.deepest() > ParseLimits.MAX_DEPTH) {
            Elision copy = Elision.of(ByteWindow.over(window.bytes(), from, to));
            good = copy != null && shortened(copy, start);
        } else {
            good = envelopes.value(window.bytes(), from, to, start);
        }
        if (!good) {
            afterRejected(start, stop);
        }
    }

    /** A record that could not be read may have swallowed its neighbours: goes back to the first of them. */
    private void afterRejected(long start, long stop) {
        vain(stop - start);
        int found = beginning(window.index(start) + 1, window.index(stop));
        if (found >= 0 && !gaveUp) {
            window.moveTo(found);
        }
    }

    private void large(long start) throws IOException {
        int found = beginning(window.index(start) + 1, window.limit());
        if (found >= 0) {
            broken(start);
            return;
        }
        window.release();
        window.seek(start);
        Elision copy = Elision.of(window);
        if (copy == null) {
            envelopes.cut(
                    start, "record is larger than " + ParseLimits.MAX_RECORD_BYTES + " bytes or ends in the middle");
        } else {
            shortened(copy, start);
        }
    }

    private boolean shortened(Elision copy, long start) throws IOException {
        byte[] bytes = copy.bytes();
        boolean good = envelopes.value(bytes, 0, bytes.length, start);
        if (good && copy.isFlattened()) {
            envelopes.incomplete(start, copy.note());
        } else if (good) {
            envelopes.note(start, copy.note());
        }
        return good;
    }

    private void cut(long start, boolean listed) throws IOException {
        envelopes.cut(
                start, listed ? "the document ends in the middle" : "the record that begins here ends in the middle");
        if (!listed) {
            recover(start);
        }
        window.release();
    }

    private void broken(long start) throws IOException {
        envelopes.reject(start, "record is no JSON");
        recover(start);
    }

    /** Goes to the next place behind {@code start} where a record begins, or to the end. */
    private void recover(long start) throws IOException {
        window.keep(Math.max(start, window.offsetOf(0)));
        vain(window.offsetOf(window.limit()) - start);
        int from = Math.max(0, window.index(start)) + 1;
        int found = beginning(from, window.limit());
        while (found < 0 && !gaveUp) {
            window.moveTo(Math.max(from, window.limit() - RECORD.length()));
            window.keep(window.offset());
            if (!window.fill()) {
                window.moveTo(window.limit());
                lost = true;
                break;
            }
            from = window.at();
            found = beginning(from, window.limit());
        }
        if (found >= 0) {
            window.moveTo(found);
        }
        window.release();
    }

    private void vain(long bytes) {
        vain += bytes;
        if (vain > VAIN_BYTES && !gaveUp) {
            gaveUp = true;
            envelopes.reject(window.offset(), "too many broken records: the rest of the object is not read");
        }
    }

    /** Place of a record's usual beginning, or of a brace that begins a line; -1 if there is none. */
    private int beginning(int from, int to) {
        byte[] bytes = window.bytes();
        for (int i = from; i < to; i++) {
            if (bytes[i] == '{' && (bytes[i - 1] == '\n' || isRecord(i))) {
                return i;
            }
        }
        return -1;
    }

    private boolean isRecord(int at) {
        byte[] bytes = window.bytes();
        int to = window.limit();
        int quote = JsonBytes.skipBlanks(bytes, at + 1, to);
        return quote < to && bytes[quote] == '"' && JsonBytes.startsWith(bytes, quote + 1, to, RECORD.substring(2));
    }

    private boolean atRecord() throws IOException {
        return window.have(RECORD.length())
                && (JsonBytes.startsWith(window.bytes(), window.at(), window.limit(), RECORD)
                        || JsonBytes.startsWith(window.bytes(), window.at(), window.limit(), Envelopes.QUERY));
    }

    private static final int TOO_LARGE = -3;

    /** Place behind the value at the window, or why there is none; the value's beginning stays held. */
    private int scan() throws IOException {
        long start = window.offset();
        scanner.start();
        int end = scanner.scan(window.bytes(), window.at(), window.limit());
        while (end == ValueScanner.MORE) {
            long resume = window.offsetOf(scanner.resume());
            if (resume - start > ParseLimits.MAX_RECORD_BYTES) {
                return TOO_LARGE;
            }
            if (!window.fill()) {
                return scanner.endsAsLiteral() ? window.limit() : ValueScanner.MORE;
            }
            end = scanner.scan(window.bytes(), window.index(resume), window.limit());
        }
        return end;
    }

    private String shown() {
        int to = Math.min(window.limit(), window.at() + 24);
        String text = new String(window.bytes(), window.at(), to - window.at(), StandardCharsets.UTF_8);
        return '"' + text.replaceAll("\\p{Cntrl}", ".") + '"';
    }
}
