package dev.tocsin.core.parse;

/** Reads the times of CloudTrail records: ISO 8601 with or without fraction and offset, or an epoch number. */
public final class EventTime {

    /** Stands for a text that is no time. */
    public static final long NONE = Long.MIN_VALUE;

    private static final int DATE_TIME = "2026-03-01T12:00:00".length();
    private static final long MILLISECONDS_FROM = 100_000_000_000L;

    private EventTime() {}

    /** Epoch seconds, or {@link #NONE}. A fraction is cut off; without an offset the time is UTC. */
    public static long parse(String text) {
        String bare = text.strip();
        if (bare.length() < DATE_TIME || bare.charAt(4) != '-') {
            return epochNumber(bare);
        }
        char between = bare.charAt(10);
        if (between != 'T' && between != ' ' && between != 't') {
            return NONE;
        }
        if (bare.charAt(7) != '-' || bare.charAt(13) != ':' || bare.charAt(16) != ':') {
            return NONE;
        }
        long at = dateTime(bare);
        return at == NONE ? NONE : withOffset(at, bare, afterFraction(bare));
    }

    private static long dateTime(String text) {
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 2);
        int day = digits(text, 8, 2);
        int hour = digits(text, 11, 2);
        int minute = digits(text, 14, 2);
        int second = digits(text, 17, 2);
        if ((year | hour | minute | second) < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return NONE;
        }
        if (hour > 24 || minute > 59 || second > 60) {
            return NONE;
        }
        return daysFromEpoch(year, month, day) * 86_400L + hour * 3_600L + minute * 60L + second;
    }

    /** Days from 1970-01-01 in the proleptic Gregorian calendar. */
    static long daysFromEpoch(int year, int month, int day) {
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365L + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int daysOf(int year, int month) {
        return switch (month) {
            case 2 -> (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    private static int afterFraction(String text) {
        int at = DATE_TIME;
        if (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
            at++;
            while (at < text.length() && isDigit(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    private static long withOffset(long at, String text, int from) {
        String zone = text.substring(from).strip();
        if (zone.isEmpty() || zone.equals("Z") || zone.equals("z") || zone.equals("UTC")) {
            return at;
        }
        char sign = zone.charAt(0);
        String digits = zone.substring(1).replace(":", "");
        if ((sign != '+' && sign != '-') || digits.length() != 4) {
            return NONE;
        }
        int hours = digits(digits, 0, 2);
        int minutes = digits(digits, 2, 2);
        if ((hours | minutes) < 0 || hours > 18 || minutes > 59) {
            return NONE;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return sign == '+' ? at - seconds : at + seconds;
    }

    private static long epochNumber(String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        if (whole.isEmpty() || whole.length() > 15 || !isDigits(text, point + 1)) {
            return NONE;
        }
        long value = 0;
        for (int i = 0; i < whole.length(); i++) {
            if (!isDigit(whole.charAt(i))) {
                return NONE;
            }
            value = value * 10 + (whole.charAt(i) - '0');
        }
        return value >= MILLISECONDS_FROM ? value / 1_000 : value;
    }

    /** Whether nothing but digits stands from {@code from} on. */
    private static boolean isDigits(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int digits(String text, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            char c = text.charAt(i);
            if (!isDigit(c)) {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
