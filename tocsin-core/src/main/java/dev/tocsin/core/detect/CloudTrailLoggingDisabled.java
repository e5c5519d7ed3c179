package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code Stealth:IAMUser/CloudTrailLoggingDisabled}: a trail was stopped, deleted, narrowed or robbed of its bucket. */
final class CloudTrailLoggingDisabled implements ApiCallDetector {

    static final FindingType TYPE = FindingType.named("Stealth:IAMUser/CloudTrailLoggingDisabled")
            .severity(2)
            .texts(
                    "AWS CloudTrail trail {trail} was disabled.",
                    "AWS CloudTrail trail {trail} was disabled by {user} calling {api}. An attacker may try to cover"
                            + " tracks this way by ending the record of what is done in the account.")
            .firesWhen("StopLogging or DeleteTrail succeeds; or UpdateTrail makes a trail cover one Region only or"
                    + " leave global services out; or DeleteBucket removes a bucket that a trail is known to write to.")
            .doesNotSee("failed calls; UpdateTrail that hardens (validation, key, wider scope); deletion of a bucket"
                    + " that no known trail writes to; narrowed event selectors.")
            .nextSteps("Turn the trail on again, find what else these credentials did meanwhile in logs the actor"
                    + " cannot reach, and check whether the caller should hold this permission.")
            .technique("T1562.008")
            .build();

    private static final FieldPath NAME = FieldPath.of("requestParameters.name");
    private static final FieldPath TRAIL_BUCKET = FieldPath.of("requestParameters.s3BucketName");
    private static final FieldPath MULTI_REGION = FieldPath.of("requestParameters.isMultiRegionTrail");
    private static final FieldPath GLOBAL = FieldPath.of("requestParameters.includeGlobalServiceEvents");
    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Set.of("StopLogging", "DeleteTrail", "UpdateTrail", "CreateTrail", "DeleteBucket");
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(NAME, TRAIL_BUCKET, MULTI_REGION, GLOBAL, BUCKET);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (call.failed()) {
            return;
        }
        if (call.service().equals("s3.amazonaws.com")) {
            bucketDeleted(call, context, out);
        } else if (call.service().equals("cloudtrail.amazonaws.com")) {
            trailChanged(call, context, out);
        }
    }

    private void trailChanged(ApiCall call, Context context, Consumer<Signal> out) {
        String bucket = call.field(TRAIL_BUCKET);
        if (bucket != null) {
            context.remember(this, bucket, new Doc().with("trail", call.field(NAME)));
        }
        boolean disabled = switch (call.action()) {
            case "StopLogging", "DeleteTrail" -> true;
            case "UpdateTrail" -> "false".equals(call.field(MULTI_REGION)) || "false".equals(call.field(GLOBAL));
            default -> false;
        };
        if (disabled) {
            out.accept(signal(call, call.field(NAME), context));
        }
    }

    private void bucketDeleted(ApiCall call, Context context, Consumer<Signal> out) {
        String bucket = call.field(BUCKET);
        Doc known = bucket == null ? null : context.recall(this, bucket);
        if (known != null) {
            out.accept(signal(call, known.text("trail"), context));
        }
    }

    private static Signal signal(ApiCall call, @Nullable String trail, Context context) {
        return ApiCallSignal.of(TYPE, call, context)
                .affected("AWS::CloudTrail::Trail", trail)
                .fact("trail", trail)
                .build();
    }
}
