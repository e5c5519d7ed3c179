package dev.tocsin.core.finding;

import java.util.ArrayList;
import java.util.List;

/** What to look at first: {@code now}, {@code today} or {@code later}, with reasons. Severity stays GuardDuty's. */
final class Priority {

    private static final double HIGH = 7;
    private static final double MEDIUM = 4;

    private Priority() {}

    /** {@code {level, reasons}} of {@code entry}. */
    static Doc of(FindingEntry entry) {
        List<String> reasons = new ArrayList<>();
        int urgency = entry.severity() >= HIGH ? 2 : entry.severity() >= MEDIUM ? 1 : 0;
        reasons.add("severity " + entry.severity());
        if (blocked(entry)) {
            urgency--;
            reasons.add("blocked: the attempt did not get through");
        }
        String level = urgency >= 2 ? "now" : urgency == 1 ? "today" : "later";
        return new Doc().with("level", level).with("reasons", reasons);
    }

    private static boolean blocked(FindingEntry entry) {
        Doc action = entry.latest().at("action");
        return action != null
                && action.members().values().stream()
                        .anyMatch(part -> part instanceof Doc doc && Boolean.TRUE.equals(doc.get("blocked")));
    }
}
