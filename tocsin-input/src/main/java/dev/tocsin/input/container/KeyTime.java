package dev.tocsin.input.container;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** The time in an object's key: {@code _20260302T1305Z} or {@code _20260302T130501Z}, before an underscore, a dot or the end. */
final class KeyTime {

    private static final int DATE = 8;
    private static final int CLOCK = 4;
    private static final int SECONDS = 2;

    private KeyTime() {}

    /** Epoch seconds of the last time in {@code key}, or {@link Long#MAX_VALUE}. */
    static long last(String key) {
        for (int at = key.lastIndexOf('_'); at >= 0; at = key.lastIndexOf('_', at - 1)) {
            long found = at(key, at + 1);
            if (found != Long.MAX_VALUE) {
                return found;
            }
        }
        return Long.MAX_VALUE;
    }

    private static long at(String key, int from) {
        int clock = from + DATE + 1;
        if (!digits(key, from, DATE) || !is(key, clock - 1, 'T') || !digits(key, clock, CLOCK)) {
            return Long.MAX_VALUE;
        }
        boolean seconds = digits(key, clock + CLOCK, SECONDS);
        int end = clock + CLOCK + (seconds ? SECONDS : 0);
        boolean whole = end + 1 == key.length() || is(key, end + 1, '_') || is(key, end + 1, '.');
        if (!is(key, end, 'Z') || !whole) {
            return Long.MAX_VALUE;
        }
        try {
            return LocalDateTime.of(
                            number(key, from, 4),
                            number(key, from + 4, 2),
                            number(key, from + 6, 2),
                            number(key, clock, 2),
                            number(key, clock + 2, 2),
                            seconds ? number(key, clock + CLOCK, SECONDS) : 0)
                    .toEpochSecond(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Long.MAX_VALUE;
        }
    }

    private static boolean is(String key, int at, char wanted) {
        return at < key.length() && key.charAt(at) == wanted;
    }

    private static boolean digits(String key, int from, int count) {
        if (from + count > key.length()) {
            return false;
        }
        for (int at = from; at < from + count; at++) {
            if (key.charAt(at) < '0' || key.charAt(at) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int number(String key, int from, int count) {
        return Integer.parseInt(key, from, from + count, 10);
    }
}
