package dev.tocsin.core.identity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a profile holds, for those who look at it.
 *
 * @param day epoch day of its newest event
 * @param activeDays days with events of the last 32
 * @param used values used in the {@link Label#SPAN} days up to that day, by feature, the most used first
 * @param disputed values that are no habit although they were used
 */
public record ProfileView(long day, int activeDays, List<Used> used, List<Disputed> disputed) {

    /**
     * A value.
     *
     * @param name what {@link AccountDays#name} gives
     * @param days of the last month on which it was used
     */
    public record Used(Feature feature, String name, int days) {}

    /**
     * A value that led to a finding.
     *
     * @param name what {@link AccountDays#name} gives
     * @param until the epoch day on which it may become habit
     */
    public record Disputed(Feature feature, String name, long until) {}

    /** What {@code profile} holds. */
    public static ProfileView of(Profile profile) {
        ValueTable table = profile.table();
        long tomorrow = table.day() + 1;
        List<Used> used = new ArrayList<>();
        for (Feature feature : Feature.OF_CALLS) {
            List<Used> values = new ArrayList<>();
            table.forEach(
                    feature,
                    tomorrow,
                    Label.SPAN,
                    (print, days) -> values.add(new Used(feature, AccountDays.name(print), days)));
            values.sort(Comparator.comparingInt((Used one) -> -one.days()).thenComparing(Used::name));
            used.addAll(values);
        }
        List<Disputed> disputed = profile.disputes().stream()
                .filter(one -> one.until() > table.day())
                .map(one -> new Disputed(
                        one.value().feature(),
                        AccountDays.name(one.value().feature(), one.value().value()),
                        one.until()))
                .toList();
        return new ProfileView(table.day(), table.activeBefore(tomorrow), used, disputed);
    }
}
