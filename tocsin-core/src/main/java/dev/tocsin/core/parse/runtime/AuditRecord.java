package dev.tocsin.core.parse.runtime;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit log: {@code type=T msg=audit(seconds.millis:serial): name=value ...}. Values stand bare, in
 * quotation marks, or, where they hold blanks, marks or control characters, in hexadecimal: so no value holds a blank.
 */
final class AuditRecord {

    private static final char ENRICHED = 0x1d;

    private final String line;
    private int from;
    private String type = "";
    private long millis;
    private long serial;

    private AuditRecord(String line) {
        this.line = line;
    }

    /** Reads a line; null if it is none of the audit log. */
    static @Nullable AuditRecord parse(byte[] buffer, int from, int to) {
        String line = new String(buffer, from, to - from, StandardCharsets.UTF_8);
        int start = line.startsWith("node=") ? line.indexOf(' ') + 1 : 0;
        int typeEnd = line.indexOf(' ', start);
        int open = line.indexOf("msg=audit(", start);
        int close = open < 0 ? -1 : line.indexOf(')', open);
        if (!line.startsWith("type=", start) || typeEnd < 0 || close < 0 || typeEnd > open) {
            return null;
        }
        AuditRecord record = new AuditRecord(line);
        record.type = line.substring(start + "type=".length(), typeEnd);
        if (!record.stamp(line.substring(open + "msg=audit(".length(), close))) {
            return null;
        }
        record.from = Math.min(line.length(), close + 2);
        return record;
    }

    private boolean stamp(String text) {
        int dot = text.indexOf('.');
        int colon = text.indexOf(':');
        if (dot < 0 || colon < dot) {
            return false;
        }
        try {
            long seconds = Long.parseLong(text.substring(0, dot));
            millis = Math.addExact(
                    Math.multiplyExact(seconds, 1000L), Long.parseLong(text.substring(dot + 1, colon)) % 1000);
            serial = Long.parseLong(text.substring(colon + 1));
            return millis > 0;
        } catch (NumberFormatException | ArithmeticException e) {
            return false;
        }
    }

    private static int end(String line, int from) {
        int length = line.length();
        if (from < length && (line.charAt(from) == '"' || line.charAt(from) == '\'')) {
            int close = line.indexOf(line.charAt(from), from + 1);
            return close < 0 ? length : close + 1;
        }
        int end = from;
        while (end < length && line.charAt(end) != ' ' && line.charAt(end) != ENRICHED) {
            end++;
        }
        return end;
    }

    String type() {
        return type;
    }

    /** Epoch milliseconds. */
    long millis() {
        return millis;
    }

    /** What the records of one event have in common. */
    long serial() {
        return serial;
    }

    /** The value of {@code name} as it stands, or null. */
    @Nullable
    String raw(String name) {
        for (int at = line.indexOf(name, from); at >= 0; at = line.indexOf(name, at + 1)) {
            int equals = at + name.length();
            boolean begins = at == from || line.charAt(at - 1) == ' ' || line.charAt(at - 1) == ENRICHED;
            if (begins && equals < line.length() && line.charAt(equals) == '=') {
                return line.substring(equals + 1, end(line, equals + 1));
            }
        }
        return null;
    }

    /** The text of {@code name}, out of its marks or hexadecimal; null if it is absent. */
    @Nullable
    String text(String name) {
        return decoded(raw(name));
    }

    /** The number of {@code name}, or {@code absent}. */
    long number(String name, long absent) {
        return Values.number(raw(name), absent);
    }

    /** The number of {@code name} that stands in hexadecimal without a mark, or 0. */
    long hex(String name) {
        String raw = raw(name);
        try {
            return raw == null ? 0 : Long.parseUnsignedLong(raw, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** The arguments of an EXECVE record divided by blanks. */
    String words() {
        StringBuilder words = new StringBuilder();
        int at = from;
        while (at < line.length() && words.length() < HostDraft.LONGEST_TEXT) {
            int equals = line.indexOf('=', at);
            if (equals < 0) {
                break;
            }
            String name = line.substring(at, equals).strip();
            int end = end(line, equals + 1);
            boolean argument = name.length() > 1 && name.charAt(0) == 'a' && Character.isDigit(name.charAt(1));
            if (argument && !name.endsWith("_len")) {
                boolean more = name.endsWith("]") && !name.endsWith("[0]");
                words.append(words.isEmpty() || more ? "" : " ").append(decoded(line.substring(equals + 1, end)));
            }
            at = end + 1;
        }
        return words.toString();
    }

    /** The bytes of {@code name}, which stand in hexadecimal; none if they do not. */
    byte[] bytes(String name) {
        String raw = raw(name);
        return raw == null ? new byte[0] : unhex(raw);
    }

    private static @Nullable String decoded(@Nullable String raw) {
        if (raw == null || raw.equals("(null)") || raw.equals("?")) {
            return null;
        }
        if (raw.length() >= 2 && raw.charAt(0) == '"') {
            return raw.substring(1, raw.charAt(raw.length() - 1) == '"' ? raw.length() - 1 : raw.length());
        }
        byte[] bytes = unhex(raw);
        return bytes.length == 0 ? raw : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] unhex(String text) {
        int length = text.length();
        if (length % 2 != 0) {
            return new byte[0];
        }
        byte[] bytes = new byte[length / 2];
        for (int i = 0; i < length; i += 2) {
            int high = digit(text.charAt(i));
            int low = digit(text.charAt(i + 1));
            if (high < 0 || low < 0) {
                return new byte[0];
            }
            bytes[i / 2] = (byte) ((high << 4) | low);
        }
        return bytes;
    }

    private static int digit(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    }
}
