package dev.tocsin.server.source;

import dev.tocsin.core.finding.Times;
import dev.tocsin.input.container.ObjectKey;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which keys lie outside the time asked for, and are not fetched. AWS writes the time of delivery, or the beginning of the
 * minutes an object covers, into folders and names: what was delivered before the span holds no event of it.
 */
final class KeyDates {

    /** What a time in a name may lie before its last event, in seconds: some name the start of an hour. */
    private static final long NAME_SECONDS = 60 * 60;

    /** The same of folders by date, which others than AWS may name in local time. */
    private static final long FOLDER_SECONDS = 24 * 60 * 60;

    /** What delivery may come after the event, in seconds: AWS promises minutes, an outage may take a day. */
    private static final long LATE_SECONDS = 2 * 24 * 60 * 60;

    private static final Pattern DAY =
            Pattern.compile("(?:^|/)(?:year=)?(\\d{4})/(?:month=)?(\\d{2})/(?:day=)?(\\d{2})/");
    private static final Pattern MONTH = Pattern.compile("(?:^|/)(?:year=)?(\\d{4})/(?:month=)?(\\d{2})/$");
    private static final Pattern YEAR = Pattern.compile("(?:^|/)(?:year=)?(20\\d{2})/$");

    private final Span span;

    /** Wants what may hold events of {@code span}; its end bounds only names with a time, which AWS wrote. */
    KeyDates(Span span) {
        this.span = span;
    }

    /** Whether age bounds nothing. */
    boolean unbounded() {
        return span.teachSince() == Long.MIN_VALUE;
    }

    /** Why the object holds no event of interest, or null if it may. */
    @Nullable
    String passesOver(String key) {
        long named = ObjectKey.parse(key).deliveredAt();
        if (named == Long.MAX_VALUE) {
            return wantsFolder(key) ? null : early();
        }
        if (!unbounded() && named < span.teachSince() - NAME_SECONDS) {
            return early();
        }
        return named - LATE_SECONDS > span.until()
                ? "not fetched: the time in its name is over two days after " + Times.iso(span.until())
                : null;
    }

    /** What is said of an object or folder that is too old. */
    String early() {
        return "not fetched: the date in its key is before " + Times.iso(span.teachSince());
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
        LocalDate last = null;
        while (day.find()) { // an export's own date may stand before those of its logs
            LocalDate found = day(number(day, 1), number(day, 2), number(day, 3));
            last = last == null || found.isAfter(last) ? found : last;
        }
        if (last != null) {
            return after(last);
        }
        Matcher month = MONTH.matcher(key);
        if (month.find()) {
            return after(month(number(month, 1), number(month, 2)));
        }
        Matcher year = YEAR.matcher(key);
        return !year.find() || after(LocalDate.of(number(year, 1), 12, 31));
    }

    private boolean after(LocalDate last) {
        return last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond() > span.teachSince() - FOLDER_SECONDS;
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
