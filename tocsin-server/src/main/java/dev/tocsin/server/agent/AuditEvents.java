package dev.tocsin.server.agent;

import java.util.Arrays;

/**
 * Auditd writes an event as several lines, which bear one serial number: {@code type=SYSCALL msg=audit(1767225600.123:45): ...}.
 * They are sent together. A line of the type EOE ends its event; others are known to be whole once another follows.
 */
final class AuditEvents implements Follower.Grouping {

    private static final byte[] END_OF_EVENT = {'t', 'y', 'p', 'e', '=', 'E', 'O', 'E', ' '};

    @Override
    public int wholeUntil(byte[] lines, int end) {
        int start = startOf(lines, end);
        if (end == 0 || startsWith(lines, start, END_OF_EVENT)) {
            return end;
        }
        byte[] serial = serial(lines, start, end);
        int first = start;
        while (first > 0) {
            int before = startOf(lines, first);
            if (serial.length == 0 || !Arrays.equals(serial, serial(lines, before, first))) {
                break;
            }
            first = before;
        }
        return serial.length == 0 ? end : first;
    }

    /** Where the line begins that ends at {@code end}. */
    private static int startOf(byte[] lines, int end) {
        int start = Math.max(end - 1, 0);
        while (start > 0 && lines[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** What stands in the brackets behind {@code audit}; nothing if the line has none. */
    private static byte[] serial(byte[] lines, int from, int to) {
        int open = from;
        while (open < to && lines[open] != '(') {
            open++;
        }
        int close = open;
        while (close < to && lines[close] != ')') {
            close++;
        }
        return close < to ? Arrays.copyOfRange(lines, open + 1, close) : new byte[0];
    }

    private static boolean startsWith(byte[] lines, int from, byte[] text) {
        return from + text.length <= lines.length
                && Arrays.equals(lines, from, from + text.length, text, 0, text.length);
    }
}
