package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * On which of the last 32 days anybody of an account used which values: what GuardDuty calls account profiling. It says which
 * values have a name to be kept: those it knows.
 */
public final class AccountDays {

    /** Values kept; beyond that the one with the fewest and then oldest days goes. 7/8 of 4,096 slots: 32 KB. */
    static final int MOST_VALUES = 3_584;

    private final List<Long> gone = new ArrayList<>();
    private final ValueTable table = new ValueTable(MOST_VALUES, gone::add);

    /** Whether the value is marked on {@code day}. */
    public boolean isMarked(Feature feature, long value, long day) {
        return table.isMarked(feature, value, day);
    }

    /** Marks the value as used on {@code day}; whether it is new to the account. */
    public boolean mark(Feature feature, long value, long day) {
        return table.mark(feature, value, day);
    }

    /** On how many of the {@link Label#SPAN} days before {@code day} anybody used the value. */
    public int days(Feature feature, long value, long day) {
        return table.daysBefore(feature, value, day, Label.SPAN);
    }

    ValueTable table() {
        return table;
    }

    /** What the name of a value is kept under. */
    public static String name(Feature feature, long value) {
        return name(ValueTable.print(feature, value));
    }

    /** What the name of the value of that {@code fingerprint} is kept under. */
    static String name(long fingerprint) {
        return Long.toHexString(fingerprint);
    }

    /** The names that are of no more use since the last time it was asked. */
    public List<String> takeGone() {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<String> names = gone.stream().map(AccountDays::name).toList();
        gone.clear();
        return names;
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        table.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static AccountDays read(JsonParser in) throws IOException {
        AccountDays days = new AccountDays();
        in.nextToken();
        days.table.filled(in);
        return days;
    }
}
