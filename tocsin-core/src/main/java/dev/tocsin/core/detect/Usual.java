package dev.tocsin.core.detect;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

    /** The most of each day, today's last. */
    private final List<Long> most;

    private Usual(List<Long> most) {
        this.most = most;
    }

    /** Notes {@code amount} of the window at {@code at} under {@code name}, and tells what was usual. */
    static Usual note(Detector detector, String name, long amount, long at, Context context) {
        Doc known = context.recall(detector, name);
        long today = Math.floorDiv(at, DAY_SECONDS);
        List<Long> most = known == null ? List.of(0L) : most(known, today);
        if (amount > most.getLast()) {
            List<Long> now = new ArrayList<>(most);
            now.set(now.size() - 1, amount);
            context.remember(detector, name, new Doc().with(DAY, today).with(MOST, now));
        }
        return new Usual(most);
    }

    private static List<Long> most(Doc known, long today) {
        @SuppressWarnings("unchecked") // a list of whole numbers is all that is remembered
        List<Long> most = known.get(MOST) instanceof List<?> list ? (List<Long>) list : List.of(0L);
        long passed = Math.min(DAYS, today - known.number(DAY, 0));
        if (passed <= 0) {
            return most;
        }
        List<Long> moved = new ArrayList<>(most);
        moved.addAll(Collections.nCopies((int) passed, 0L));
        return moved.size() > DAYS ? moved.subList(moved.size() - DAYS, moved.size()) : moved;
    }

    /** {@code days} before today on which there was any, and the {@code highest} of a window of them. */
    Doc toDoc() {
        long days = 0;
        long highest = 0;
        for (long value : most.subList(0, most.size() - 1)) {
            days += value > 0 ? 1 : 0;
            highest = Math.max(highest, value);
        }
        return new Doc().with("days", days).with("highest", highest);
    }
}
