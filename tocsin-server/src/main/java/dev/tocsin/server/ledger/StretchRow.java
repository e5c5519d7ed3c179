package dev.tocsin.server.ledger;

import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ledger row of a stretch of a stream, which is read in several pieces: what it is in the end does not depend on where one
 * ended.
 */
public final class StretchRow {

    private static final String DIVIDER = "; ";

    /** Parts of a message kept, such as rejected records. */
    private static final int MOST_PARTS = 20;

    private static final Pattern IGNORED = Pattern.compile("ignored (\\d+): (.*)", Pattern.DOTALL);
    private static final Pattern MORE = Pattern.compile("(\\d+) (more .*)", Pattern.DOTALL);
    private static final String MORE_SAID = "more not shown";

    private StretchRow() {}

    /** {@code kept}, as {@link LedgerRow#toDoc} gave it, and the row of the piece behind it together. */
    public static Doc added(Doc kept, Doc next) {
        Doc sum = new Doc().withAll(kept);
        long[] counts = new long[Ledger.COUNT_NAMES.size()];
        for (int i = 0; i < counts.length; i++) {
            String count = Ledger.COUNT_NAMES.get(i);
            counts[i] = kept.number(count, 0) + next.number(count, 0);
        }
        Ledger.writeCounts(sum, counts);
        String kind = kept.text("kind");
        return sum.with("kind", kind == null || kind.equals("unknown") ? next.text("kind") : kind)
                .with("status", status(kept, next))
                .with("firstEvent", earlier(kept.text("firstEvent"), next.text("firstEvent")))
                .with("lastEvent", later(kept.text("lastEvent"), next.text("lastEvent")))
                .with("message", joined(kept.text("message"), next.text("message")));
    }

    private static String status(Doc kept, Doc next) {
        long rejected = kept.number("rejected", 0) + next.number("rejected", 0);
        long used = 0;
        boolean accepted = false;
        boolean partial = false;
        for (Doc one : List.of(kept, next)) {
            used += one.number("accepted", 0) + one.number("ignored", 0);
            accepted |= "accepted".equals(one.text("status"));
            partial |= "partial".equals(one.text("status"));
        }
        if (rejected > 0) {
            return used > 0 ? "partial" : "refused";
        }
        return partial ? "partial" : accepted ? "accepted" : "skipped";
    }

    private static @Nullable String earlier(@Nullable String one, @Nullable String other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private static @Nullable String later(@Nullable String one, @Nullable String other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    /** The first parts in their order, then counts of the rest, then what was ignored, summed by reason. */
    private static @Nullable String joined(@Nullable String one, @Nullable String other) {
        List<String> parts = new ArrayList<>();
        Map<String, Long> more = new LinkedHashMap<>();
        Map<String, Long> ignored = new LinkedHashMap<>();
        for (String part : (one == null ? "" : one)
                .concat(other == null ? "" : DIVIDER + other)
                .split(DIVIDER, -1)) {
            Matcher ignoring = IGNORED.matcher(part);
            Matcher counting = MORE.matcher(part);
            if (ignoring.matches()) {
                ignored.merge(ignoring.group(2), Long.parseLong(ignoring.group(1)), Long::sum);
            } else if (counting.matches()) {
                more.merge(counting.group(2), Long.parseLong(counting.group(1)), Long::sum);
            } else if (parts.size() >= MOST_PARTS) {
                more.merge(MORE_SAID, 1L, Long::sum);
            } else if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        more.forEach((what, count) -> parts.add(count + " " + what));
        ignored.forEach((reason, count) -> parts.add("ignored " + count + ": " + reason));
        return parts.isEmpty() ? null : String.join(DIVIDER, parts);
    }
}
