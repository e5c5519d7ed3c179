package dev.tocsin.core.finding;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look at first: {@code now}, {@code today} or {@code later}, with reasons. Severity stays GuardDuty's: it says
 * how bad the thing is if it is so; this says how soon a person should look. It starts from the severity, falls a step
 * if the attempt failed and a step if the list entry is in doubt, and rises a step if a connection followed.
 */
final class Priority {

    /** Days before the activity from which on an entry last seen then is in doubt. Ours: docs/thresholds.md. */
    static final int DOUBT_DAYS = 30;

    /** Mask bits below which an entry's IPv4 network holds many owners. Ours: the smallest network that is announced. */
    static final int WIDE_V4 = 24;

    /** The same for IPv6, where a site gets a /48. */
    static final int WIDE_V6 = 48;

    private static final double CRITICAL = 9;
    private static final double HIGH = 7;
    private static final double MEDIUM = 4;
    private static final long DAY = 86_400;

    private final FindingEntry entry;
    private final List<String> reasons = new ArrayList<>();

    private Priority(FindingEntry entry) {
        this.entry = entry;
    }

    /** {@code {level, reasons}} of {@code entry}. */
    static Doc of(FindingEntry entry) {
        return new Priority(entry).judge();
    }

    private Doc judge() {
        int urgency = severity();
        urgency -= failed() ? 1 : 0;
        urgency -= doubted() ? 1 : 0;
        urgency += followed() ? 1 : 0;
        String level = urgency >= 2 ? "now" : urgency == 1 ? "today" : "later";
        return new Doc().with("level", level).with("reasons", reasons);
    }

    private int severity() {
        double severity = entry.severity();
        reasons.add("severity " + severity);
        if (severity >= CRITICAL) {
            return 3;
        }
        return severity >= HIGH ? 2 : severity >= MEDIUM ? 1 : 0;
    }

    /** Whether nothing came of it: blocked, refused, or a name that leads nowhere. */
    private boolean failed() {
        List<Evidence> records = entry.records();
        for (Object part : entry.latest().part("action").members().values()) {
            if (part instanceof Doc doc) {
                String why = failure(doc, records);
                if (why != null) {
                    reasons.add(why);
                    return true;
                }
            }
        }
        if (!records.isEmpty() && "NXDOMAIN".equals(records.getLast().fields().text("rcode"))) {
            reasons.add("the name does not resolve");
            return true;
        }
        return false;
    }

    private static @Nullable String failure(Doc action, List<Evidence> records) {
        if (Boolean.TRUE.equals(action.get("blocked"))) {
            return "blocked: the attempt did not get through";
        }
        String error = action.text("errorCode");
        boolean always = records.stream().allMatch(record -> record.fields().get("errorCode") != null);
        return error == null || !always ? null : "the call failed: " + error;
    }

    /** Whether what a list says is weak: old, undated, wide or shared, and no second list says it too. */
    private boolean doubted() {
        List<Doc> matches = matches();
        if (matches.isEmpty()) {
            return false;
        }
        Doc best = matches.getFirst();
        if ("operator-threat".equals(best.text("listKind"))) {
            reasons.add("on your own list " + best.text("list"));
            return isWide(best);
        }
        boolean old = isOld(best);
        boolean wide = isWide(best);
        boolean shared = isShared(best);
        long lists =
                matches.stream().map(match -> match.text("list")).distinct().count();
        if (lists > 1) {
            reasons.add(lists + " lists agree");
        }
        return lists == 1 && (old || wide || shared);
    }

    private List<Doc> matches() {
        return entry.latest().get("matches") instanceof List<?> list
                ? list.stream().map(Doc.class::cast).toList()
                : List.of();
    }

    private boolean isOld(Doc match) {
        String seen = match.text("lastSeen");
        if (seen == null) {
            reasons.add("the list does not say when it was last seen");
            return true;
        }
        long days = Math.floorDiv(entry.last() - Instant.parse(seen).getEpochSecond(), DAY);
        reasons.add(days <= 0 ? "listed at the time" : "last seen by the list " + days + " days before");
        return days > DOUBT_DAYS;
    }

    private boolean isWide(Doc match) {
        String value = String.valueOf(match.text("entry"));
        int slash = value.indexOf('/');
        boolean wide = slash > 0
                && Integer.parseInt(value, slash + 1, value.length(), 10)
                        < (value.indexOf(':') < 0 ? WIDE_V4 : WIDE_V6);
        if (wide) {
            reasons.add("the entry is a wide network: " + value);
        }
        return wide;
    }

    private boolean isShared(Doc match) {
        boolean shared = match.get("cautions") instanceof List<?> cautions && cautions.contains("vpn");
        if (shared) {
            reasons.add("in networks of hosters that sell to VPNs");
        }
        return shared;
    }

    /** Whether the desk knows that a connection to the answer of a name query followed. */
    private boolean followed() {
        boolean followed = "yes".equals(entry.latest().part("marks").text("connected"));
        if (followed) {
            reasons.add("a connection to the answer followed");
        }
        return followed;
    }
}
