package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** How many calls there were in each of the last 24 hours and on each of the last days; counts come in the order of time. */
final class CallVolume {

    private static final long HOUR = 3_600;
    private static final int HOURS = 24;
    private static final int DAYS = 32;

    /** Days before the last 24 hours that count as history. */
    private static final int HISTORY = DAYS - 2;

    private long hour = Long.MIN_VALUE;
    private final int[] hours = new int[HOURS];
    private final int[] days = new int[DAYS];

    /** Days, by their place, that led to a finding and are no history. */
    private int disputed;

    /**
     * What was usual.
     *
     * @param days with calls
     * @param mean calls on these
     * @param most calls on one of them
     * @param variance of the calls
     */
    record History(int days, double mean, int most, double variance) {}

    /** Adds {@code calls} at {@code at}, epoch seconds, not before the hour of those added last. */
    void add(long at, int calls) {
        long now = Math.floorDiv(at, HOUR);
        rollTo(now);
        int place = (int) Math.floorMod(now, (long) HOURS);
        hours[place] = sum(hours[place], calls);
        int day = day(now);
        days[day] = sum(days[day], calls);
    }

    private static int sum(int one, int other) {
        return (int) Math.min((long) one + other, Integer.MAX_VALUE);
    }

    private void rollTo(long now) {
        if (hour != Long.MIN_VALUE && now > hour) {
            for (long at = Math.max(hour + 1, now - HOURS + 1); at <= now; at++) {
                hours[(int) Math.floorMod(at, (long) HOURS)] = 0;
            }
            long today = Math.floorDiv(now, (long) HOURS);
            for (long at = Math.max(Math.floorDiv(hour, (long) HOURS) + 1, today - DAYS + 1); at <= today; at++) {
                days[(int) Math.floorMod(at, (long) DAYS)] = 0;
                disputed &= ~(1 << (int) Math.floorMod(at, (long) DAYS));
            }
        }
        hour = Math.max(hour, now);
    }

    private static int day(long hour) {
        return (int) Math.floorMod(Math.floorDiv(hour, (long) HOURS), (long) DAYS);
    }

    /** The hour of the calls added last, since the epoch. */
    long hour() {
        return hour;
    }

    /** Calls of the 24 hours that end with the hour added to last. */
    long pastDay() {
        long sum = 0;
        for (int one : hours) {
            sum += one;
        }
        return sum;
    }

    /** Leaves the day of the calls added last out of what is usual. */
    void dispute() {
        disputed |= 1 << day(hour);
    }

    /** What was usual on the days that ended before the last 24 hours began. */
    History history() {
        int used = 0;
        long sum = 0;
        int most = 0;
        for (int back = 2; back < HISTORY + 2; back++) {
            int calls = on(back);
            if (calls > 0) {
                used++;
                sum += calls;
                most = Math.max(most, calls);
            }
        }
        double mean = used == 0 ? 0 : (double) sum / used;
        double squares = 0;
        for (int back = 2; back < HISTORY + 2; back++) {
            int calls = on(back);
            squares += calls > 0 ? (calls - mean) * (calls - mean) : 0;
        }
        return new History(used, mean, most, used < 2 ? 0 : squares / (used - 1));
    }

    private int on(int back) {
        int place = day(hour - (long) back * HOURS);
        return (disputed >>> place & 1) == 0 ? days[place] : 0;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(hour);
        out.writeNumber(disputed);
        for (int i = 0; i < HOURS + DAYS; i++) {
            int calls = i < HOURS ? hours[i] : days[i - HOURS];
            if (calls != 0) {
                out.writeNumber(i);
                out.writeNumber(calls);
            }
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static CallVolume read(JsonParser in) throws IOException {
        CallVolume volume = new CallVolume();
        volume.hour = in.nextLongValue(0);
        volume.disputed = in.nextIntValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            int place = in.getIntValue();
            int calls = in.nextIntValue(0);
            if (place < HOURS) {
                volume.hours[place] = calls;
            } else {
                volume.days[place - HOURS] = calls;
            }
        }
        return volume;
    }
}
