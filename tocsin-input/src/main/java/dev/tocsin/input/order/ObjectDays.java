package dev.tocsin.input.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * On which days the records of an object lie, and where it is cut if they span more than their log's lateness, as an
 * export or a concatenation does (design: The engine and its hosts).
 */
public final class ObjectDays {

    /**
     * Parts that an object is cut into at most, as it is read once for each. Of more days several make one part: time
     * then moves in longer steps and more is remembered at once, which changes no finding.
     */
    static final int MOST_PARTS = 32;

    /** Days told apart in one object; what lies on further days counts with the day before it. */
    static final int MOST_DAYS = 4_096;

    private static final long DAY_SECONDS = 86_400;

    /** Share of an object's records, in percent, that may lie far before or after the others and cut nothing. */
    private static final long STRAY_PERCENT = 5;

    private final NavigableMap<Long, Day> days = new TreeMap<>();
    private long records;

    /**
     * Part of an object.
     *
     * @param from time of its first record at the earliest, epoch seconds
     * @param until time behind its last record, epoch seconds
     * @param earliest time at which it is processed, epoch seconds
     * @param clockUntil beyond which it moves no clock, epoch seconds
     * @param first whether it is the object's first
     * @param last whether it is the object's last
     */
    public record Part(long from, long until, long earliest, long clockUntil, boolean first, boolean last) {

        /** An object that is not cut, processed at {@code time}. */
        public static Part whole(long time) {
            return new Part(Long.MIN_VALUE, Long.MAX_VALUE, time, Long.MAX_VALUE, true, true);
        }

        /** Whether a record of time {@code at}, epoch seconds, is of this part. */
        public boolean holds(long at) {
            return from <= at && (at < until || until == Long.MAX_VALUE);
        }

        public boolean isWhole() {
            return first && last;
        }
    }

    private static final class Day {
        private final long number;
        private long count;
        private long earliest = Long.MAX_VALUE;
        private long latest = Long.MIN_VALUE;

        Day(long number) {
            this.number = number;
        }
    }

    /** Takes the time of a record, epoch seconds. */
    void add(long at) {
        records++;
        Day day = day(Math.floorDiv(at, DAY_SECONDS));
        day.count++;
        day.earliest = Math.min(day.earliest, at);
        day.latest = Math.max(day.latest, at);
    }

    private Day day(long number) {
        if (days.size() < MOST_DAYS) {
            return days.computeIfAbsent(number, Day::new);
        }
        Map.Entry<Long, Day> before = days.floorEntry(number);
        return (before == null ? days.firstEntry() : before).getValue();
    }

    /** How the object is cut, in order of time; of one part if it spans no more than {@code latenessSeconds} or a day. */
    List<Part> parts(long latenessSeconds, long time) {
        if (days.size() < 2) {
            return List.of(Part.whole(time));
        }
        long strays = records * STRAY_PERCENT / 100;
        Day low = dayOf(strays);
        Day high = dayOf(records - 1 - strays);
        if (low.number == high.number || high.latest - low.earliest <= latenessSeconds) {
            return List.of(Part.whole(time));
        }
        List<Day> cut =
                List.copyOf(days.subMap(low.number, true, high.number, true).values());
        return parts(cut, dayOf((records - 1) * ObjectTimes.PERCENTILE / 100).latest);
    }

    private static List<Part> parts(List<Day> cut, long clockUntil) {
        int step = (cut.size() + MOST_PARTS - 1) / MOST_PARTS;
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < cut.size(); i += step) {
            boolean first = i == 0;
            boolean last = i + step >= cut.size();
            parts.add(new Part(
                    first ? Long.MIN_VALUE : cut.get(i).number * DAY_SECONDS,
                    last ? Long.MAX_VALUE : cut.get(i + step).number * DAY_SECONDS,
                    cut.get(i).earliest,
                    clockUntil,
                    first,
                    last));
        }
        return parts;
    }

    /** The day of the record with {@code rank} others before it. */
    private Day dayOf(long rank) {
        long seen = 0;
        for (Day day : days.values()) {
            seen += day.count;
            if (seen > rank) {
                return day;
            }
        }
        return days.lastEntry().getValue();
    }
}
