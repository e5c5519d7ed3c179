package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which buckets, log groups, topics and keys the account's logs need, as far as their making was seen. */
final class LogSources {

    static final FieldPath TRAIL = FieldPath.of("requestParameters.name");
    static final FieldPath TRAIL_BUCKET = FieldPath.of("requestParameters.s3BucketName");
    static final FieldPath TRAIL_GROUP = FieldPath.of("requestParameters.cloudWatchLogsLogGroupArn");
    static final FieldPath TRAIL_TOPIC = FieldPath.of("requestParameters.snsTopicName");
    static final FieldPath TRAIL_KEY = FieldPath.of("requestParameters.kmsKeyId");
    static final FieldPath FLOW_DESTINATION = FieldPath.of("requestParameters.CreateFlowLogsRequest.LogDestination");
    static final FieldPath FLOW_GROUP = FieldPath.of("requestParameters.CreateFlowLogsRequest.LogGroupName");
    static final FieldPath QUERY_DESTINATION = FieldPath.of("requestParameters.destinationArn");

    /** The fields that {@link #learn} reads. */
    static final List<FieldPath> FIELDS = List.of(
            TRAIL, TRAIL_BUCKET, TRAIL_GROUP, TRAIL_TOPIC, TRAIL_KEY, FLOW_DESTINATION, FLOW_GROUP, QUERY_DESTINATION);

    private final Detector detector;
    private final Context context;

    LogSources(Detector detector, Context context) {
        this.detector = detector;
        this.context = context;
    }

    /** The log that needs {@code thing} of {@code kind}, in words; null if none is known. */
    @Nullable
    String needing(String kind, @Nullable String thing) {
        if (thing == null) {
            return null;
        }
        String part = part(kind, thing);
        Doc known = context.recall(detector, kind + "/" + part);
        return known == null ? context.guarded().by(kind, part) : known.text("log");
    }

    /** The product's own source that needs {@code thing} of {@code kind}, in words; null if none does. */
    @Nullable
    String guarding(String kind, @Nullable String thing) {
        return thing == null ? null : context.guarded().by(kind, part(kind, thing));
    }

    /** What the product's own sources hang on. */
    Guarded guarded() {
        return context.guarded();
    }

    /** Remembers what {@code call}, which succeeded, makes a log need. */
    void learn(ApiCall call) {
        switch (call.action()) {
            case "CreateTrail", "UpdateTrail" -> {
                String trail = "trail " + LogSourceTampered.lastPart(call.field(TRAIL));
                need("bucket", call.field(TRAIL_BUCKET), trail);
                need("group", call.field(TRAIL_GROUP), trail);
                need("topic", call.field(TRAIL_TOPIC), trail);
                need("key", call.field(TRAIL_KEY), trail);
                if (call.field(TRAIL_BUCKET) != null) {
                    context.remember(detector, trail, new Doc().with("bucket", call.field(TRAIL_BUCKET)));
                }
            }
            case "CreateFlowLogs" -> {
                destination(call.field(FLOW_DESTINATION), "flow log");
                need("group", call.field(FLOW_GROUP), "flow log");
            }
            case "CreateResolverQueryLogConfig" -> destination(call.field(QUERY_DESTINATION), "resolver query log");
            default -> {}
        }
    }

    /** The bucket that {@code trail} is known to write to, or null. */
    @Nullable
    String bucketOf(@Nullable String trail) {
        Doc known = context.recall(detector, "trail " + LogSourceTampered.lastPart(trail));
        return known == null ? null : known.text("bucket");
    }

    private void destination(@Nullable String arn, String log) {
        if (arn != null && arn.contains(":s3:::")) {
            need("bucket", arn.substring(arn.indexOf(":::") + 3), log);
        } else if (arn != null && arn.contains(":logs:")) {
            need("group", arn, log);
        }
    }

    private void need(String kind, @Nullable String thing, String log) {
        if (thing != null && !thing.isEmpty()) {
            context.remember(detector, kind + "/" + part(kind, thing), new Doc().with("log", log));
        }
    }

    /** A bucket without prefix; a log group by its whole name, which has slashes; a topic or key by its last part. */
    static String part(String kind, String thing) {
        return switch (kind) {
            case "bucket" -> thing.indexOf('/') < 0 ? thing : thing.substring(0, thing.indexOf('/'));
            case "group" -> group(thing);
            default -> LogSourceTampered.lastPart(thing);
        };
    }

    private static String group(String name) {
        int at = name.indexOf(":log-group:");
        String bare = at < 0 ? name : name.substring(at + ":log-group:".length());
        return bare.endsWith(":*") ? bare.substring(0, bare.length() - 2) : bare;
    }
}
