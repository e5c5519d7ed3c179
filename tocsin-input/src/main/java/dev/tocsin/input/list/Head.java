package dev.tocsin.input.list;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** How a list begins: what its format is told by. */
final class Head {

    /** Lines with content looked at. */
    private static final int LINES = 50;

    private final byte[] bytes;
    private final String text;
    private final List<String> lines;

    Head(byte[] bytes) {
        this.bytes = bytes;
        this.text = new String(bytes, mark(), bytes.length - mark(), StandardCharsets.UTF_8);
        this.lines = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .limit(LINES)
                .toList();
    }

    /** Bytes of a UTF-8 byte order mark. */
    int mark() {
        return at(0) == 0xEF && at(1) == 0xBB && at(2) == 0xBF ? 3 : 0;
    }

    private int at(int index) {
        return index < bytes.length ? bytes[index] & 0xFF : -1;
    }

    /** Whether it is text in two-byte characters. */
    boolean utf16() {
        return (at(0) == 0xFF && at(1) == 0xFE) || (at(0) == 0xFE && at(1) == 0xFF);
    }

    boolean empty() {
        return bytes.length == 0;
    }

    /** The first lines with content, without blanks around them. */
    List<String> lines() {
        return lines;
    }

    /** The first lines that are no comments. */
    List<String> rows() {
        return lines.stream()
                .filter(line -> !line.startsWith("#") && !line.startsWith("!") && !line.startsWith(";"))
                .toList();
    }

    boolean contains(String part) {
        return text.contains(part);
    }

    private String start() {
        return lines.isEmpty() ? "" : lines.getFirst();
    }

    boolean json() {
        return start().startsWith("{") || (start().startsWith("[") && !start().startsWith("[Adblock"));
    }

    boolean xml() {
        return start().startsWith("<") && !html();
    }

    /** Whether it is a web page: what servers send in place of a list when something is wrong. */
    boolean html() {
        String lower = text.substring(0, Math.min(text.length(), 4096)).toLowerCase(Locale.ROOT);
        return start().startsWith("<")
                && (lower.contains("<!doctype html") || lower.contains("<html") || lower.contains("<head"));
    }
}
