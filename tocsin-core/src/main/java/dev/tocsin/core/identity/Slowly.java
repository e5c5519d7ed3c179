package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Evidence of an identity that stayed below the thresholds on several days and is one matter (anomaly research 3.2, rule c).
 * Of each day the strongest call counts, by how near it came to its threshold.
 */
final class Slowly {

    /** Days that count. */
    static final int DAYS = 14;

    /** After that many days evidence counts half. */
    static final int HALF_LIFE_DAYS = 3;

    /** How far below a threshold evidence still counts, in bits: it is nothing there and 1 at the threshold (ours). */
    static final double REACH_BITS = 3;

    /** Sum of days' shares from which it speaks (ours, tuned with the rest; docs/identity.md). */
    static final double THRESHOLD = 2;

    private static final double MILLI = 1_000;

    private final List<Day> days = new ArrayList<>();

    /**
     * A day's strongest call.
     *
     * @param day epoch day
     * @param milli share of its threshold in thousandths
     */
    record Day(long day, int milli, String service, String action) {}

    /** Adds a call that came {@code below} bits short of its threshold; whether the sum now speaks. */
    boolean add(long day, double below, String service, String action) {
        int milli = (int) Math.round(MILLI * Math.clamp(1 - below / REACH_BITS, 0, 1));
        if (milli == 0) {
            return false;
        }
        days.removeIf(one -> day - one.day() > DAYS);
        Day today = days.stream().filter(one -> one.day() == day).findFirst().orElse(null);
        if (today != null && today.milli() >= milli) {
            return false;
        }
        days.remove(today);
        days.add(new Day(day, milli, service, action));
        days.sort(Comparator.comparingLong(Day::day));
        return days.size() > 1 && sum(day) >= THRESHOLD;
    }

    /** The sum on {@code day}. */
    double sum(long day) {
        double sum = 0;
        for (Day one : days) {
            sum += one.milli() / MILLI * StrictMath.pow(2, -(double) (day - one.day()) / HALF_LIFE_DAYS);
        }
        return sum;
    }

    /** The days that count, the earliest first. */
    List<Day> days() {
        return List.copyOf(days);
    }

    /** Begins anew. */
    void clear() {
        days.clear();
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Day one : days) {
            out.writeNumber(one.day());
            out.writeNumber(one.milli());
            out.writeString(one.service());
            out.writeString(one.action());
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote, from the next token on. */
    static Slowly read(JsonParser in) throws IOException {
        Slowly slowly = new Slowly();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long day = in.getLongValue();
            slowly.days.add(new Day(
                    day, in.nextIntValue(0), String.valueOf(in.nextTextValue()), String.valueOf(in.nextTextValue())));
        }
        return slowly;
    }
}
