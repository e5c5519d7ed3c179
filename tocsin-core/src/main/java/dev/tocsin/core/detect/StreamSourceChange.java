package dev.tocsin.core.detect;

import dev.tocsin.core.detect.s3.JsonText;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call does to a stream by which logs come to the product's own sources, or to what the stream needs. */
final class StreamSourceChange {

    static final Set<String> ACTIONS = Set.of(
            "DeleteDeliveryStream",
            "UpdateDestination",
            "StopDeliveryStreamEncryption",
            "UntagDeliveryStream",
            "DeleteStream",
            "DecreaseStreamRetentionPeriod",
            "StopStreamEncryption",
            "DeleteCluster",
            "DeleteClusterV2",
            "DisableRule",
            "DeleteRule",
            "RemoveTargets",
            "PutRule",
            "PutTargets",
            "DeleteSecret",
            "PutSecretValue",
            "UpdateSecret");

    /** What a rule must let through to bring all that CloudTrail logs of management. */
    private static final Set<String> TRAIL_EVENTS =
            Set.of("AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail");

    /** The tag without which AWS does not deliver its logs to a delivery stream. */
    private static final String DELIVERY_TAG = "LogDeliveryEnabled";

    /** Settings of a destination that change nothing of what comes where. */
    private static final Set<String> HARMLESS =
            Set.of("bufferingHints", "retryOptions", "cloudWatchLoggingOptions", "requestConfiguration");

    private static final String REQUEST = "requestParameters.";
    private static final FieldPath DELIVERY_STREAM = FieldPath.of(REQUEST + "deliveryStreamName");
    private static final FieldPath HTTP_UPDATE = FieldPath.of(REQUEST + "httpEndpointDestinationUpdate");
    private static final FieldPath TAGS = FieldPath.of(REQUEST + "tagKeys");
    private static final FieldPath STREAM = FieldPath.of(REQUEST + "streamName");
    private static final FieldPath STREAM_ARN = FieldPath.of(REQUEST + "streamARN");
    private static final FieldPath CLUSTER = FieldPath.of(REQUEST + "clusterArn");
    private static final FieldPath NAME = FieldPath.of(REQUEST + "name");
    private static final FieldPath RULE = FieldPath.of(REQUEST + "rule");
    private static final FieldPath PATTERN = FieldPath.of(REQUEST + "eventPattern");
    private static final FieldPath STATE = FieldPath.of(REQUEST + "state");
    private static final FieldPath TARGETS = FieldPath.of(REQUEST + "targets");
    private static final FieldPath SECRET = FieldPath.of(REQUEST + "secretId");

    static final List<FieldPath> FIELDS = List.of(
            DELIVERY_STREAM,
            HTTP_UPDATE,
            TAGS,
            STREAM,
            STREAM_ARN,
            CLUSTER,
            NAME,
            RULE,
            PATTERN,
            STATE,
            TARGETS,
            SECRET);

    private StreamSourceChange() {}

    /** What {@code call} does to what is {@code guarded}, or null. */
    static @Nullable LogSourceChange of(ApiCall call, Guarded guarded) {
        return switch (call.service()) {
            case "firehose.amazonaws.com" ->
                change(call, guarded, "firehose", call.field(DELIVERY_STREAM), ofDelivery(call));
            case "kinesis.amazonaws.com" -> change(call, guarded, "kinesis", stream(call), ofStream(call));
            case "kafka.amazonaws.com" ->
                change(call, guarded, "kafka", cluster(text(call.field(CLUSTER))), ofCluster(call));
            case "events.amazonaws.com" -> change(call, guarded, "events", rule(call), ofRule(call, guarded));
            case "secretsmanager.amazonaws.com" ->
                change(call, guarded, "secret", secret(text(call.field(SECRET))), ofSecret(call));
            default -> null;
        };
    }

    private static @Nullable LogSourceChange change(
            ApiCall call, Guarded guarded, String kind, @Nullable String name, @Nullable String what) {
        String source = name == null || what == null ? null : guarded.by(kind, call.account(), call.region(), name);
        return source == null || what == null ? null : new LogSourceChange(source, what);
    }

    private static @Nullable String ofDelivery(ApiCall call) {
        return switch (call.action()) {
            case "DeleteDeliveryStream" -> "its delivery stream was deleted";
            case "StopDeliveryStreamEncryption" -> "its delivery stream is no longer encrypted";
            case "UntagDeliveryStream" ->
                text(call.field(TAGS)).contains(DELIVERY_TAG)
                        ? "AWS may no longer deliver logs to its delivery stream"
                        : null;
            case "UpdateDestination" ->
                isHarmless(call.field(HTTP_UPDATE))
                        ? null
                        : "where its delivery stream delivers to, or how, was changed";
            default -> null;
        };
    }

    /** Whether an update of an HTTP endpoint changes its pace alone; one of another destination is none of it. */
    private static boolean isHarmless(@Nullable String update) {
        List<Doc> settings = JsonText.objectsIn(update);
        return !settings.isEmpty()
                && settings.stream()
                        .allMatch(one -> HARMLESS.containsAll(one.members().keySet()));
    }

    private static @Nullable String ofStream(ApiCall call) {
        return switch (call.action()) {
            case "DeleteStream" -> "its stream was deleted";
            case "DecreaseStreamRetentionPeriod" -> "its stream keeps records for a shorter time";
            case "StopStreamEncryption" -> "its stream is no longer encrypted";
            default -> null;
        };
    }

    private static @Nullable String ofCluster(ApiCall call) {
        return call.action().startsWith("DeleteCluster") ? "its cluster was deleted" : null;
    }

    private static @Nullable String ofRule(ApiCall call, Guarded guarded) {
        return switch (call.action()) {
            case "DisableRule" -> "its rule was disabled";
            case "DeleteRule" -> "its rule was deleted";
            case "RemoveTargets" -> "a target of its rule was taken away";
            case "PutRule" -> narrowed(call);
            case "PutTargets" -> redirected(call, guarded);
            default -> null;
        };
    }

    private static @Nullable String narrowed(ApiCall call) {
        if ("DISABLED".equals(call.field(STATE))) {
            return "its rule was disabled";
        }
        if (!"ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS".equals(call.field(STATE))) {
            return "its rule leaves out calls that only read";
        }
        return takesAll(call.field(PATTERN)) ? null : "its rule no longer takes all that CloudTrail logs";
    }

    private static boolean takesAll(@Nullable String pattern) {
        List<Doc> parts = JsonText.objectsIn(pattern);
        return parts.size() == 1
                && Set.of("detail-type").equals(parts.getFirst().members().keySet())
                && parts.getFirst().get("detail-type") instanceof List<?> types
                && types.containsAll(TRAIL_EVENTS);
    }

    /** A further target changes nothing; one that takes the place of ours, or cuts what ours is sent, does. */
    private static @Nullable String redirected(ApiCall call, Guarded guarded) {
        for (Doc target : JsonText.objectsIn(call.field(TARGETS))) {
            String stream = LogSourceTampered.lastPart(target.text("arn"));
            boolean ours = guarded.by("firehose", call.account(), call.region(), stream) != null;
            boolean cut = target.get("input") != null
                    || target.get("inputPath") != null
                    || target.get("inputTransformer") != null;
            if (ours && cut) {
                return "its rule sends only a part of the events";
            }
            if (!ours && "tocsin".equals(target.text("id"))) {
                return "its rule sends elsewhere";
            }
        }
        return null;
    }

    private static @Nullable String ofSecret(ApiCall call) {
        return call.action().equals("DeleteSecret") ? "its access key was deleted" : "its access key was changed";
    }

    private static @Nullable String stream(ApiCall call) {
        String arn = call.field(STREAM_ARN);
        return arn == null ? call.field(STREAM) : LogSourceTampered.lastPart(arn);
    }

    private static @Nullable String rule(ApiCall call) {
        String name = call.field(NAME) == null ? call.field(RULE) : call.field(NAME);
        return name == null ? null : LogSourceTampered.lastPart(name);
    }

    /** The name of an MSK cluster: what stands before the last part of its ARN. */
    static String cluster(String arn) {
        int end = arn.lastIndexOf('/');
        return end < 0 ? LogSourceTampered.lastPart(arn) : LogSourceTampered.lastPart(arn.substring(0, end));
    }

    /** The name of a secret; its ARN has six letters more. */
    static String secret(String nameOrArn) {
        int at = nameOrArn.indexOf(":secret:");
        if (at < 0) {
            return nameOrArn;
        }
        String name = nameOrArn.substring(at + ":secret:".length());
        return name.matches(".*-[0-9A-Za-z]{6}") ? name.substring(0, name.length() - 7) : name;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
