package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The most of something that a host had in one window of ten minutes on each of its last days: the baseline beside what a
 * finding counts. It decides nothing.
 */
final class Usual {

    /** Days remembered. Ours: as long as GuardDuty learns. */
    static final int DAYS = 14;

    private static final long DAY_SECONDS = 86_400;
    private static final String DAY = "day";
    private static final String MOST = "most";

    private Usual() {}

    /**
     * Notes {@code amount} of the window at {@code at} under {@code name}; what was usual on the days before: {@code days}
     * on which there was any, and the {@code highest} of a window.
     */
    static Doc note(Detector detector, String name, long amount, long at, Context context) {
        Doc known = context.recall(detector, name);
        long today = Math.floorDiv(at, DAY_SECONDS);
        List<Long> most = new ArrayList<>();
        if (known != null && known.get(MOST) instanceof List<?> list) {
            list.forEach(value -> most.add((Long) value));
            long passed = Math.min(DAYS, today - known.number(DAY, 0));
            Stream.generate(() -> 0L).limit(passed).forEach(most::add);
        } else {
            most.add(0L);
        }
        while (most.size() > DAYS) {
            most.removeFirst();
        }
        if (amount > most.getLast()) {
            most.set(most.size() - 1, amount);
            context.remember(detector, name, new Doc().with(DAY, today).with(MOST, List.copyOf(most)));
        }
        List<Long> before = most.subList(0, most.size() - 1);
        return new Doc()
                .with("days", before.stream().filter(value -> value > 0).count())
                .with(
                        "highest",
                        before.stream().mapToLong(Long::longValue).max().orElse(0));
    }
}
