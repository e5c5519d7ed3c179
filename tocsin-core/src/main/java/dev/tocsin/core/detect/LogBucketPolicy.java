package dev.tocsin.core.detect;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a bucket still takes and keeps the logs that are written to it. */
final class LogBucketPolicy {

    private static final List<String> WRITERS = List.of("cloudtrail.amazonaws.com", "delivery.logs.amazonaws.com");

    private LogBucketPolicy() {}

    /** Whether a statement lets a log's service write and none shuts everybody out without condition. */
    static boolean letsLogsIn(@Nullable String policy) {
        boolean allowed = false;
        for (Doc statement : JsonText.objects(JsonText.object(policy).get("Statement"))) {
            if ("Allow".equals(statement.text("Effect"))) {
                String principal = JsonText.shown(statement.get("Principal"));
                allowed |= WRITERS.stream().anyMatch(principal::contains) && writes(statement);
            } else if (statement.get("Condition") == null && writes(statement)) {
                String principal = JsonText.shown(statement.get("Principal"));
                if (principal.contains("*") || WRITERS.stream().anyMatch(principal::contains)) {
                    return false;
                }
            }
        }
        return allowed;
    }

    private static boolean writes(Doc statement) {
        String actions = JsonText.shown(statement.get("Action")).toLowerCase(Locale.ROOT);
        return actions.contains("s3:putobject")
                || actions.contains("s3:*")
                || actions.contains("\"*\"")
                || actions.contains("s3:put*")
                || actions.equals("*");
    }
}
