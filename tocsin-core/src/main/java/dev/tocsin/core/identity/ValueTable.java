package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * On which of the last 32 days an identity used which values (anomaly research 3.2): a 64-bit slot a value, its upper half
 * a fingerprint of feature and value, its lower half a map of days, the lowest bit the table's day. Exact, and the same
 * whatever the order in which days' values came.
 */
final class ValueTable {

    /** Values of an identity kept; beyond that the one with the fewest and then oldest days goes. 7/8 of 512 slots: 4 KB. */
    static final int MOST_VALUES = 448;

    /** Days for which a value that somebody accepted counts as used: a week makes it frequent (F91). */
    static final int ACCEPTED_DAYS = 7;

    private static final int FIRST_SLOTS = 16;
    private static final int FEATURE_SHIFT = 61;

    private long day = Long.MIN_VALUE;
    private int activeDays;
    private long[] slots = new long[FIRST_SLOTS];
    private int size;

    /** What was counted last, by feature: of one day, until an earlier one changes. */
    private final @Nullable Counts[] counted = new Counts[Feature.values().length];

    private long countedFor = Long.MIN_VALUE;

    private final int mostValues;
    private final int mostSlots;
    private final LongConsumer gone;

    /** An identity's. */
    ValueTable() {
        this(MOST_VALUES, print -> {});
    }

    /** A table of {@code mostValues}, 7/8 of a power of two, that tells {@code gone} the fingerprint of each it lets go. */
    ValueTable(int mostValues, LongConsumer gone) {
        this.mostValues = mostValues;
        this.mostSlots = mostValues / 7 * 8;
        this.gone = gone;
    }

    /** What is told of each value. */
    interface Visitor {
        /** A value of that {@code fingerprint}, used on {@code days} days. */
        void value(long fingerprint, int days);
    }

    /** Shows the values of {@code feature} used on one of the {@code span} days before {@code at}, in no order. */
    void forEach(Feature feature, long at, int span, Visitor visitor) {
        for (long slot : slots) {
            if (slot != 0 && slot >>> FEATURE_SHIFT == feature.number()) {
                int seen = Integer.bitCount(within(before((int) slot, at), at, span));
                if (seen > 0) {
                    visitor.value(slot >>> Integer.SIZE, seen);
                }
            }
        }
    }

    /** On how many of the {@code span} days before {@code at} the value was used. */
    int daysBefore(Feature feature, long value, long at, int span) {
        int slot = find(fingerprint(feature, value));
        return slot < 0 ? 0 : Integer.bitCount(within(before((int) slots[slot], at), at, span));
    }

    /** Of the days before {@code at}, those not longer than {@code span} ago. */
    private int within(int days, long at, int span) {
        long newest = Math.max(at - 1 - day, 0); // days that the table's day lies before the newest that counts
        long kept = span - newest;
        return kept <= 0 ? 0 : kept >= Integer.SIZE ? days : days & ((1 << kept) - 1);
    }

    /**
     * How one feature was used before a day.
     *
     * @param days the sum of days over its values
     * @param values how many different values
     * @param once values used on one day
     * @param twice values used on two
     */
    record Counts(int days, int values, int once, int twice) {}

    /** The epoch day of the newest event. */
    long day() {
        return day;
    }

    /** On how many days before {@code at} there was an event. */
    int activeBefore(long at) {
        return Integer.bitCount(before(activeDays, at));
    }

    /** On how many days before {@code at} the value was used. */
    int daysBefore(Feature feature, long value, long at) {
        int slot = find(fingerprint(feature, value));
        return slot < 0 ? 0 : Integer.bitCount(before((int) slots[slot], at));
    }

    /** Whether the value is marked on {@code at}. */
    boolean isMarked(Feature feature, long value, long at) {
        int slot = find(fingerprint(feature, value));
        long back = day - at;
        return slot >= 0 && back >= 0 && back < Integer.SIZE && ((int) slots[slot] >>> back & 1) != 0;
    }

    /** Whether the value is known at all. */
    boolean knows(Feature feature, long value) {
        return find(fingerprint(feature, value)) >= 0;
    }

    /** Marks the value, and the identity, as seen on {@code at}; days too long ago mark nothing. Whether it is a new value. */
    boolean mark(Feature feature, long value, long at) {
        if (at > day) {
            roll(at);
        }
        long back = day - at;
        if (back >= Integer.SIZE) {
            return false;
        }
        if (at < countedFor) {
            countedFor = Long.MIN_VALUE;
        }
        activeDays |= 1 << back;
        long print = fingerprint(feature, value);
        int slot = find(print);
        boolean fresh = slot < 0;
        if (fresh) {
            slot = added(print);
        }
        slots[slot] |= (1L << back) & 0xFFFF_FFFFL;
        return fresh;
    }

    /** Takes the value as used on each of the {@link #ACCEPTED_DAYS} days up to the table's: habit from now on. */
    void accept(Feature feature, long value) {
        long print = fingerprint(feature, value);
        int slot = find(print);
        if (slot < 0) {
            slot = added(print);
        }
        countedFor = Long.MIN_VALUE;
        slots[slot] |= (1L << ACCEPTED_DAYS) - 1;
    }

    /** Forgets the value. */
    void forget(Feature feature, long value) {
        int slot = find(fingerprint(feature, value));
        if (slot >= 0) {
            countedFor = Long.MIN_VALUE;
            slots[slot] = 0;
            rebuild(slots.length);
        }
    }

    /** How {@code feature} was used before {@code at}. */
    Counts counts(Feature feature, long at) {
        if (countedFor != at) {
            Arrays.fill(counted, null);
            countedFor = at;
        }
        Counts known = counted[feature.number()];
        if (known == null) {
            known = count(feature, at);
            counted[feature.number()] = known;
        }
        return known;
    }

    private Counts count(Feature feature, long at) {
        int days = 0;
        int values = 0;
        int once = 0;
        int twice = 0;
        for (long slot : slots) {
            if (slot != 0 && slot >>> FEATURE_SHIFT == feature.number()) {
                int seen = Integer.bitCount(before((int) slot, at));
                days += seen;
                values += seen > 0 ? 1 : 0;
                once += seen == 1 ? 1 : 0;
                twice += seen == 2 ? 1 : 0;
            }
        }
        return new Counts(days, values, once, twice);
    }

    /** The bits of days before {@code at}. */
    private int before(int days, long at) {
        long back = day - at + 1;
        return back <= 0 ? days : back >= Integer.SIZE ? 0 : days >>> back;
    }

    private void roll(long to) {
        countedFor = Long.MIN_VALUE;
        long later = day == Long.MIN_VALUE ? Integer.SIZE : to - day;
        day = to;
        activeDays = later >= Integer.SIZE ? 0 : activeDays << later;
        for (int i = 0; i < slots.length; i++) {
            int days = later >= Integer.SIZE ? 0 : (int) slots[i] << later;
            if (days == 0 && slots[i] != 0) {
                gone.accept(slots[i] >>> Integer.SIZE);
            }
            slots[i] = days == 0 ? 0 : (slots[i] & 0xFFFF_FFFF_0000_0000L) | (days & 0xFFFF_FFFFL);
        }
        rebuild(slots.length);
    }

    private int added(long print) {
        if (size >= mostValues) {
            dropOne();
        }
        if (size + 1 > slots.length * 3 / 4 && slots.length < mostSlots) {
            rebuild(slots.length * 2);
        }
        int slot = home(print);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = print;
        size++;
        return slot;
    }

    /** Lets go of the value with the fewest and then oldest days. */
    private void dropOne() {
        int worst = -1;
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != 0 && (worst < 0 || isWorse(slots[i], slots[worst]))) {
                worst = i;
            }
        }
        countedFor = Long.MIN_VALUE;
        gone.accept(slots[worst] >>> Integer.SIZE);
        slots[worst] = 0;
        rebuild(slots.length);
    }

    private static boolean isWorse(long one, long other) {
        int days = Integer.bitCount((int) one) - Integer.bitCount((int) other);
        int newest = Integer.numberOfTrailingZeros((int) other) - Integer.numberOfTrailingZeros((int) one);
        return days != 0 ? days < 0 : newest != 0 ? newest < 0 : one < other;
    }

    private void rebuild(int length) {
        long[] old = slots;
        slots = new long[length];
        size = 0;
        for (long kept : old) {
            if (kept != 0) {
                int slot = home(kept);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (length - 1);
                }
                slots[slot] = kept;
                size++;
            }
        }
    }

    private int find(long print) {
        for (int slot = home(print); ; slot = (slot + 1) & (slots.length - 1)) {
            if (slots[slot] == 0) {
                return -1;
            }
            if ((slots[slot] ^ print) >>> Integer.SIZE == 0) {
                return slot;
            }
        }
    }

    private int home(long print) {
        return (int) (print >>> 40) & (slots.length - 1);
    }

    /** The value's name in the upper half of its slot: 32 bits, as {@link #forEach} tells it. */
    static long print(Feature feature, long value) {
        return fingerprint(feature, value) >>> Integer.SIZE;
    }

    /** Three bits of feature and 29 of value, the last of them set, over an empty map. */
    private static long fingerprint(Feature feature, long value) {
        long mixed = value * 0x9E37_79B9_7F4A_7C15L;
        long print = (mixed ^ mixed >>> 32) << 35 >>> 3;
        return (long) feature.number() << FEATURE_SHIFT | (print & 0x1FFF_FFFF_0000_0000L) | 1L << Integer.SIZE;
    }

    /** Writes it: day, active days, slots in their numbers' order. */
    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(day);
        out.writeNumber(activeDays);
        long[] sorted = Arrays.stream(slots).filter(slot -> slot != 0).sorted().toArray();
        for (long slot : sorted) {
            out.writeNumber(slot);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static ValueTable read(JsonParser in) throws IOException {
        return new ValueTable().filled(in);
    }

    /** Fills a new table with what {@link #write} wrote. */
    ValueTable filled(JsonParser in) throws IOException {
        day = in.nextLongValue(0);
        activeDays = in.nextIntValue(0);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long kept = in.getLongValue();
            int slot = added(kept & 0xFFFF_FFFF_0000_0000L);
            slots[slot] = kept;
        }
        return this;
    }
}
