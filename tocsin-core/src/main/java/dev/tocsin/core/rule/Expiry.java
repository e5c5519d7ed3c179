package dev.tocsin.core.rule;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How soon a bucket's lifecycle rules delete objects. */
public final class Expiry {

    /** Days within which expiry is destruction rather than thrift. Ours: no trail, backup or log is of use so briefly. */
    static final int RAPID_DAYS = 7;

    private static final Field LIFECYCLE = Field.request("LifecycleConfiguration");

    private Expiry() {}

    /** An enabled rule deletes the objects of the whole bucket, or of a part of it, within {@code days}. */
    static When within(int days) {
        return LIFECYCLE.when(
                "shortest_expiration_days(" + LIFECYCLE.sql() + ") <= " + days, value -> shortestDays(value) <= days);
    }

    /** An enabled rule deletes the objects of the whole bucket within {@code days}. */
    static When wholeWithin(int days) {
        return LIFECYCLE.when(
                "shortest_expiration_days(" + LIFECYCLE.sql() + ", whole bucket) <= " + days,
                value -> rules(value).stream().filter(Expiry::isWhole).anyMatch(rule -> days(rule) <= days));
    }

    /** Fewest days after which an enabled rule deletes objects; very many if none does. */
    public static long shortestDays(@Nullable String lifecycle) {
        return rules(lifecycle).stream().mapToLong(Expiry::days).min().orElse(Long.MAX_VALUE);
    }

    private static List<Doc> rules(@Nullable String lifecycle) {
        return JsonText.objects(JsonText.object(lifecycle).get("Rule")).stream()
                .filter(rule -> !"Disabled".equals(rule.text("Status")))
                .toList();
    }

    private static long days(Doc rule) {
        return rule.part("Expiration").number("Days", Long.MAX_VALUE);
    }

    private static boolean isWhole(Doc rule) {
        Doc filter = rule.part("Filter");
        return covers(rule.get("Prefix"))
                && covers(filter.get("Prefix"))
                && filter.members().keySet().stream().allMatch("Prefix"::equals);
    }

    /** Whether a prefix leaves nothing out, or nothing of the logs that a trail writes; a star is written for all. */
    private static boolean covers(@Nullable Object prefix) {
        String text = JsonText.shown(prefix);
        return text.isEmpty() || text.equals("*") || text.contains("AWSLogs");
    }
}
