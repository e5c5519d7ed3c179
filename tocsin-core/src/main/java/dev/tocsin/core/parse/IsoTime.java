package dev.tocsin.core.parse;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The time {@code 2026-03-01T12:00:00.000Z} that CloudWatch Logs puts before a line of an export. */
final class IsoTime {

    private static final int SECONDS_LENGTH = "2026-03-01T12:00:00".length();

    private IsoTime() {}

    /** Whether one begins at {@code from}. */
    static boolean startsAt(byte[] bytes, int from, int to) {
        return to - from > SECONDS_LENGTH
                && bytes[from + 4] == '-'
                && bytes[from + 10] == 'T'
                && bytes[from + 7] == '-'
                && digits(bytes, from, 4) >= 0;
    }

    /** Its epoch seconds, or -1 if it is no time. */
    static long seconds(byte[] bytes, int at) {
        int year = digits(bytes, at, 4);
        int month = digits(bytes, at + 5, 2);
        int day = digits(bytes, at + 8, 2);
        int hour = digits(bytes, at + 11, 2);
        int minute = digits(bytes, at + 14, 2);
        int second = digits(bytes, at + 17, 2);
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second).toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return -1;
        }
    }

    private static int digits(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
