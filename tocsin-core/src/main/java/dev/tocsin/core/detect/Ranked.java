package dev.tocsin.core.detect;

import java.util.Comparator;
import java.util.List;

/**
 * Who a bounded memory keeps: those met most often come first, then those met last, then by name.
 *
 * @param name unique among those compared
 * @param often on how many days, or in how many hours
 * @param last when, in any unit
 */
record Ranked(String name, int often, long last) {

    private static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::often)
            .reversed()
            .thenComparing(Comparator.comparingLong(Ranked::last).reversed())
            .thenComparing(Ranked::name);

    /** Those of {@code all}, which are sorted, that have no room among the first {@code most}. */
    static List<Ranked> beyond(int most, List<Ranked> all) {
        all.sort(ORDER);
        return all.subList(Math.min(most, all.size()), all.size());
    }
}
