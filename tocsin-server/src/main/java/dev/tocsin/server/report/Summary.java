package dev.tocsin.server.report;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.util.Comparator;
import java.util.List;

/** What a line about a finding shows, and the order of lines. */
public final class Summary {

    private static final List<String> LEVELS = List.of("now", "today", "later");

    /** What to look at first: priority, then severity, then the latest. */
    public static final Comparator<FindingState> ORDER = Comparator.<FindingState>comparingInt(
                    finding -> LEVELS.indexOf(priority(finding)))
            .thenComparing(Comparator.comparingDouble(FindingState::severity).reversed())
            .thenComparing(Comparator.comparingLong(FindingState::lastSeen).reversed())
            .thenComparing(FindingState::id);

    private Summary() {}

    /** now, today or later. */
    static String priority(FindingState finding) {
        Doc priority = finding.document().at("tocsin", "priority");
        return priority == null ? "later" : String.valueOf(priority.text("level"));
    }

    /** The severity's label, as GuardDuty bands it (F30). */
    static String label(double severity) {
        if (severity >= 9) {
            return "CRITICAL";
        }
        return severity >= 7 ? "HIGH" : severity >= 4 ? "MEDIUM" : "LOW";
    }

    /** The resource's name for people: bucket, instance, function or user. */
    static String resource(FindingState finding) {
        return resource(finding.document());
    }

    /** The same of a finding's document. */
    static String resource(Doc finding) {
        Doc resource = finding.at("resource");
        if (resource == null) {
            return "";
        }
        if (resource.get("s3BucketDetails") instanceof List<?> buckets && buckets.getFirst() instanceof Doc bucket) {
            return String.valueOf(bucket.text("name"));
        }
        for (String[] path : new String[][] {
            {"instanceDetails", "instanceId"}, {"lambdaDetails", "functionName"}, {"accessKeyDetails", "userName"}
        }) {
            Doc part = resource.at(path[0]);
            if (part != null && part.text(path[1]) != null) {
                return String.valueOf(part.text(path[1]));
            }
        }
        return "";
    }
}
