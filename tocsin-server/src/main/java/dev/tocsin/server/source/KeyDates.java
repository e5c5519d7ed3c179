package dev.tocsin.server.source;

import dev.tocsin.input.container.ObjectKey;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which keys are too old to be fetched. AWS writes the date of delivery into folders and names, and nothing is delivered
 * before it happened: what was delivered a day before the bound or earlier holds no event of interest.
 */
final class KeyDates {

    private static final long MARGIN_SECONDS = 86_400;
    private static final Pattern DAY =
            Pattern.compile("(?:^|/)(?:year=)?(\\d{4})/(?:month=)?(\\d{2})/(?:day=)?(\\d{2})/");
    private static final Pattern MONTH = Pattern.compile("(?:^|/)(?:year=)?(\\d{4})/(?:month=)?(\\d{2})/$");
    private static final Pattern YEAR = Pattern.compile("(?:^|/)(?:year=)?(20\\d{2})/$");

    private final long bound;

    /** Leaves out what was delivered a day before {@code since}, epoch seconds; nothing for {@link Sources#ANY_TIME}. */
    KeyDates(long since) {
        bound = since == Sources.ANY_TIME ? since : since - MARGIN_SECONDS;
    }

    /** Whether everything is wanted. */
    boolean unbounded() {
        return bound == Sources.ANY_TIME;
    }

    /** Whether the object may hold an event of interest. */
    boolean wants(String key) {
        if (unbounded()) {
            return true;
        }
        long delivered = ObjectKey.parse(key).deliveredAt();
        return delivered == Long.MAX_VALUE ? endsAfter(key) : delivered >= bound;
    }

    /** Whether the folder, a prefix that ends in a slash, may hold such an object. */
    boolean wantsFolder(String prefix) {
        return unbounded() || endsAfter(prefix);
    }

    /** Whether the folder is a day's or lies within one: its objects are listed at one go. */
    static boolean isDay(String prefix) {
        return DAY.matcher(prefix).find();
    }

    private boolean endsAfter(String key) {
        Matcher day = DAY.matcher(key);
        if (day.find()) {
            return after(day(number(day, 1), number(day, 2), number(day, 3)));
        }
        Matcher month = MONTH.matcher(key);
        if (month.find()) {
            return after(month(number(month, 1), number(month, 2)));
        }
        Matcher year = YEAR.matcher(key);
        return !year.find() || after(LocalDate.of(number(year, 1), 12, 31));
    }

    private boolean after(LocalDate last) {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() > bound;
    }

    /** Numbers that make no date bound nothing. */
    private static LocalDate day(int year, int month, int day) {
        boolean real = month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return real ? LocalDate.of(year, month, day) : LocalDate.of(9999, 12, 31);
    }

    private static LocalDate month(int year, int month) {
        return month >= 1 && month <= 12 ? YearMonth.of(year, month).atEndOfMonth() : LocalDate.of(9999, 12, 31);
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
