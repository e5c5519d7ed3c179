package dev.tocsin.core.detect;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.rule.Expiry;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call does to a log, in words.
 *
 * @param source the log or the thing it needs
 * @param what was done to it
 */
record LogSourceChange(String source, String what) {

    /** Days of retention below which a lifecycle rule starves a log's bucket. Ours: about what an inquiry looks back. */
    static final int SHORTEST_RETENTION_DAYS = 90;

    static final Set<String> ACTIONS = Set.of(
            "StopLogging",
            "DeleteTrail",
            "CreateTrail",
            "UpdateTrail",
            "PutEventSelectors",
            "CreateFlowLogs",
            "DeleteFlowLogs",
            "CreateResolverQueryLogConfig",
            "DeleteResolverQueryLogConfig",
            "DisassociateResolverQueryLogConfig",
            "PutBucketLifecycle",
            "PutBucketLifecycleConfiguration",
            "PutBucketPolicy",
            "DeleteBucketPolicy",
            "DeleteBucket",
            "DeleteLogGroup",
            "PutBucketNotification",
            "DeleteObject",
            "DeleteObjects",
            "DeleteTopic",
            "SetTopicAttributes",
            "Unsubscribe",
            "RemovePermission",
            "DeleteQueue",
            "PurgeQueue",
            "SetQueueAttributes",
            "DisableKey",
            "ScheduleKeyDeletion",
            "PutKeyPolicy",
            "RevokeGrant",
            "DeleteRole",
            "DeleteRolePolicy",
            "DetachRolePolicy",
            "PutRolePolicy",
            "AttachRolePolicy",
            "PutRolePermissionsBoundary",
            "UpdateAssumeRolePolicy");

    /** Policies of the roles {@code tocsin-...} that deploy/ makes: to put one again is to replace it. */
    private static final Set<String> SHIPPED_POLICIES = Set.of("stream", "rule", "objects", "queue", "key", "reader");

    private static final String REQUEST = "requestParameters.";
    private static final FieldPath MULTI_REGION = FieldPath.of(REQUEST + "isMultiRegionTrail");
    private static final FieldPath GLOBAL = FieldPath.of(REQUEST + "includeGlobalServiceEvents");
    private static final FieldPath SELECTORS = FieldPath.of(REQUEST + "eventSelectors");
    private static final FieldPath ADVANCED = FieldPath.of(REQUEST + "advancedEventSelectors");
    private static final FieldPath SELECTED_TRAIL = FieldPath.of(REQUEST + "trailName");
    private static final FieldPath BUCKET = FieldPath.of(REQUEST + "bucketName");
    private static final FieldPath LIFECYCLE = FieldPath.of(REQUEST + "LifecycleConfiguration");
    private static final FieldPath POLICY = FieldPath.of(REQUEST + "bucketPolicy");
    private static final FieldPath GROUP = FieldPath.of(REQUEST + "logGroupName");
    private static final FieldPath TOPIC = FieldPath.of(REQUEST + "topicArn");
    private static final FieldPath SUBSCRIPTION = FieldPath.of(REQUEST + "subscriptionArn");
    private static final FieldPath QUEUE = FieldPath.of(REQUEST + "queueUrl");
    private static final FieldPath ROLE = FieldPath.of(REQUEST + "roleName");
    private static final FieldPath ROLE_POLICY = FieldPath.of(REQUEST + "policyDocument");
    private static final FieldPath ROLE_POLICY_NAME = FieldPath.of(REQUEST + "policyName");
    private static final FieldPath ROLE_POLICY_ARN = FieldPath.of(REQUEST + "policyArn");
    private static final FieldPath KEY = FieldPath.of(REQUEST + "keyId");
    private static final FieldPath FLOW_LOGS = FieldPath.of(REQUEST + "DeleteFlowLogsRequest.FlowLogId");
    private static final FieldPath QUERY_LOG = FieldPath.of(REQUEST + "resolverQueryLogConfigId");

    private static final Pattern FLOW_LOG_ID = Pattern.compile("fl-[0-9a-zA-Z]+");

    static final List<FieldPath> FIELDS = Stream.concat(
                    LogSources.FIELDS.stream(),
                    Stream.of(
                            MULTI_REGION,
                            GLOBAL,
                            SELECTORS,
                            ADVANCED,
                            SELECTED_TRAIL,
                            BUCKET,
                            LIFECYCLE,
                            POLICY,
                            GROUP,
                            TOPIC,
                            SUBSCRIPTION,
                            QUEUE,
                            ROLE,
                            ROLE_POLICY,
                            ROLE_POLICY_NAME,
                            ROLE_POLICY_ARN,
                            KEY,
                            FLOW_LOGS,
                            QUERY_LOG))
            .toList();

    /** What {@code call} does to a log, or null. */
    static @Nullable LogSourceChange of(ApiCall call, LogSources sources) {
        return switch (call.service()) {
            case "cloudtrail.amazonaws.com" -> trail(call, sources);
            case "ec2.amazonaws.com" ->
                call.action().equals("DeleteFlowLogs")
                        ? new LogSourceChange("flow log " + ids(call.field(FLOW_LOGS)), "a flow log was deleted")
                        : null;
            case "route53resolver.amazonaws.com" ->
                call.action().startsWith("D")
                        ? new LogSourceChange(
                                "resolver query log " + text(call.field(QUERY_LOG)),
                                call.action().startsWith("Delete")
                                        ? "a resolver query log was deleted"
                                        : "a VPC was taken out of a resolver query log")
                        : null;
            case "s3.amazonaws.com" -> bucket(call, sources);
            case "logs.amazonaws.com" ->
                needed(
                        sources.needing("group", call.field(GROUP)),
                        call.action().equals("DeleteLogGroup") ? "its log group was deleted" : null);
            case "sns.amazonaws.com" -> needed(sources.needing("topic", topic(call)), ofTopic(call));
            case "sqs.amazonaws.com" -> needed(sources.needing("queue", call.field(QUEUE)), ofQueue(call));
            case "kms.amazonaws.com" -> needed(sources.needing("key", call.field(KEY)), ofKey(call));
            case "iam.amazonaws.com" -> needed(sources.needing("role", call.field(ROLE)), ofRole(call));
            default -> StreamSourceChange.of(call, sources.guarded());
        };
    }

    private static @Nullable LogSourceChange needed(@Nullable String log, @Nullable String what) {
        return log == null || what == null ? null : new LogSourceChange(log, what);
    }

    /** A subscription's ARN is its topic's and one part more. */
    private static @Nullable String topic(ApiCall call) {
        String subscription = call.field(SUBSCRIPTION);
        return subscription == null || subscription.indexOf(':') < 0
                ? call.field(TOPIC)
                : subscription.substring(0, subscription.lastIndexOf(':'));
    }

    private static @Nullable String ofTopic(ApiCall call) {
        return switch (call.action()) {
            case "DeleteTopic" -> "its topic was deleted";
            case "SetTopicAttributes" -> "its topic's policy or settings were changed";
            case "RemovePermission" -> "a permission of its topic was taken away";
            case "Unsubscribe" -> "a subscription of its topic was ended";
            default -> null;
        };
    }

    private static @Nullable String ofQueue(ApiCall call) {
        return switch (call.action()) {
            case "DeleteQueue" -> "its queue was deleted";
            case "PurgeQueue" -> "its queue was emptied";
            case "SetQueueAttributes" -> "its queue's policy or settings were changed";
            case "RemovePermission" -> "a permission of its queue was taken away";
            default -> null;
        };
    }

    private static @Nullable String ofKey(ApiCall call) {
        return switch (call.action()) {
            case "DisableKey", "ScheduleKeyDeletion" -> "its key was disabled or marked for deletion";
            case "PutKeyPolicy" -> "its key's policy was changed";
            case "RevokeGrant" -> "a grant on its key was revoked";
            default -> null;
        };
    }

    /** Of the role as which a source is read. */
    private static @Nullable String ofRole(ApiCall call) {
        return switch (call.action()) {
            case "DeleteRole" -> "the role that reads it was deleted";
            case "DeleteRolePolicy", "DetachRolePolicy" -> "a policy of the role that reads it was taken away";
            case "PutRolePermissionsBoundary" -> "the role that reads it was bounded";
            case "UpdateAssumeRolePolicy" -> "who may assume the role that reads it was changed";
            case "PutRolePolicy" -> ofRolePolicy(call);
            case "AttachRolePolicy" ->
                text(call.field(ROLE_POLICY_ARN)).contains("Deny")
                        ? "the role that reads it was denied something"
                        : null;
            default -> null;
        };
    }

    private static @Nullable String ofRolePolicy(ApiCall call) {
        if (text(call.field(ROLE_POLICY)).contains("Deny")) {
            return "the role that reads it was denied something";
        }
        boolean shipped = text(call.field(ROLE)).startsWith("tocsin-")
                && SHIPPED_POLICIES.contains(text(call.field(ROLE_POLICY_NAME)));
        return shipped ? "a policy of the role that it needs was replaced" : null;
    }

    private static @Nullable LogSourceChange trail(ApiCall call, LogSources sources) {
        String name = text(
                call.action().equals("PutEventSelectors") ? call.field(SELECTED_TRAIL) : call.field(LogSources.TRAIL));
        String what = switch (call.action()) {
            case "StopLogging" -> "the trail was stopped";
            case "DeleteTrail" -> "the trail was deleted";
            case "UpdateTrail" -> updated(call, sources);
            case "PutEventSelectors" -> narrowed(call) ? "the trail no longer takes all management events" : null;
            default -> null;
        };
        return what == null ? null : new LogSourceChange("trail " + LogSourceTampered.lastPart(name), what);
    }

    private static @Nullable String updated(ApiCall call, LogSources sources) {
        if ("false".equals(call.field(MULTI_REGION))) {
            return "the trail now covers one Region only";
        }
        if ("false".equals(call.field(GLOBAL))) {
            return "the trail now leaves global services out";
        }
        String before = sources.bucketOf(call.field(LogSources.TRAIL));
        String now = call.field(LogSources.TRAIL_BUCKET);
        return before != null && now != null && !before.equals(now)
                ? "the trail now writes to another bucket, " + now
                : null;
    }

    /** Whether the selectors together leave management events out. */
    private static boolean narrowed(ApiCall call) {
        List<Doc> basic = JsonText.objectsIn(call.field(SELECTORS));
        List<Doc> advanced = JsonText.objectsIn(call.field(ADVANCED));
        if (!basic.isEmpty()) {
            return basic.stream().noneMatch(LogSourceChange::takesAll);
        }
        return !advanced.isEmpty() && advanced.stream().noneMatch(LogSourceChange::takesAllAdvanced);
    }

    private static boolean takesAll(Doc selector) {
        boolean excludes = selector.get("excludeManagementEventSources") instanceof List<?> list && !list.isEmpty();
        String readWrite = selector.text("readWriteType");
        return !excludes
                && !Boolean.FALSE.equals(selector.get("includeManagementEvents"))
                && (readWrite == null || readWrite.equalsIgnoreCase("All"));
    }

    private static boolean takesAllAdvanced(Doc selector) {
        List<Doc> fields = selector.get("fieldSelectors") instanceof List<?> list
                ? list.stream()
                        .filter(Doc.class::isInstance)
                        .map(Doc.class::cast)
                        .toList()
                : List.of();
        return fields.size() == 1
                && "eventCategory".equals(fields.getFirst().text("field"))
                && fields.getFirst().get("equals") instanceof List<?> values
                && values.contains("Management");
    }

    private static @Nullable LogSourceChange bucket(ApiCall call, LogSources sources) {
        String log = sources.needing("bucket", call.field(BUCKET));
        if (log == null) {
            return null;
        }
        String what = switch (call.action()) {
            case "DeleteBucket" -> "its bucket was deleted";
            case "DeleteBucketPolicy" -> "the policy that lets it write to its bucket was deleted";
            case "PutBucketPolicy" ->
                LogBucketPolicy.letsLogsIn(call.field(POLICY)) ? null : "its bucket's policy no longer lets it write";
            case "PutBucketNotification" ->
                sources.guarding("bucket", call.field(BUCKET)) == null
                        ? null
                        : "whom its bucket tells of new objects was changed";
            case "DeleteObject", "DeleteObjects" ->
                sources.guarding("bucket", call.field(BUCKET)) == null ? null : "objects of its bucket were deleted";
            case "PutBucketLifecycle", "PutBucketLifecycleConfiguration" ->
                Expiry.shortestDays(call.field(LIFECYCLE)) < SHORTEST_RETENTION_DAYS
                        ? "a lifecycle rule of its bucket deletes what is younger than " + SHORTEST_RETENTION_DAYS
                                + " days"
                        : null;
            default -> null;
        };
        return what == null ? null : new LogSourceChange(log, what);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /** The ids in EC2's form of a list. */
    private static String ids(@Nullable String json) {
        return FLOW_LOG_ID
                .matcher(text(json))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(", "));
    }
}
