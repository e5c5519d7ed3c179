package dev.tocsin.input.list;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as feeds write them; without a zone they mean UTC. */
final class ListTimes {

    /** Digits from which an epoch number is in milliseconds. */
    private static final int MILLISECOND_DIGITS = 12;

    private static final Pattern CALENDAR =
            Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})(?:[T ](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.\\d+)?)?)?"
                    + " ?(?:Z|UTC|\\(UTC\\)|([+-])(\\d{2}):?(\\d{2}))?");

    private static final Pattern STATED =
            Pattern.compile("(?:Last updated|This File Date|Downloaded)\\s*:?\\s+([^#]*)", Pattern.CASE_INSENSITIVE);

    /** {@code Tue Jul 30 16:40:02 UTC 2019}. */
    private static final DateTimeFormatter UNIX =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ENGLISH);

    private ListTimes() {}

    /** Epoch seconds of a calendar time or an epoch number, 0 if it is neither. */
    static long seconds(@Nullable String text) {
        String bare = Details.text(text);
        if (bare == null || bare.length() > 40) {
            return 0;
        }
        Matcher calendar = CALENDAR.matcher(bare);
        if (calendar.matches()) {
            return calendar(calendar);
        }
        return epoch(bare);
    }

    private static long calendar(Matcher parts) {
        try {
            LocalDateTime time = LocalDateTime.of(
                    part(parts, 1), part(parts, 2), part(parts, 3), part(parts, 4), part(parts, 5), part(parts, 6));
            long offset = 60L * (60L * part(parts, 8) + part(parts, 9));
            return time.toEpochSecond(ZoneOffset.UTC) - ("-".equals(parts.group(7)) ? -offset : offset);
        } catch (DateTimeException e) {
            // A day or an hour that does not exist: the time is not known.
            return 0;
        }
    }

    private static int part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static long epoch(String digits) {
        if (digits.length() > 15 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        long number = Long.parseLong(digits);
        return digits.length() >= MILLISECOND_DIGITS ? number / 1000 : number;
    }

    /** The time for which a comment says the whole list holds, epoch seconds; 0 if it says none. */
    static long stated(String comment) {
        Matcher stated = STATED.matcher(comment);
        if (!stated.find()) {
            return 0;
        }
        String time = stated.group(1).strip();
        long seconds = seconds(time);
        if (seconds != 0) {
            return seconds;
        }
        try {
            return ZonedDateTime.parse(time, UNIX).toEpochSecond();
        } catch (DateTimeException e) {
            // Another form of date: the list counts as undated.
            return 0;
        }
    }
}
