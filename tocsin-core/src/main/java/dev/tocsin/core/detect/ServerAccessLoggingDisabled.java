package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** {@code Stealth:S3/ServerAccessLoggingDisabled}: a bucket no longer writes down who reads it. */
final class ServerAccessLoggingDisabled implements ApiCallDetector {

    static final FindingType TYPE = FindingType.named("Stealth:S3/ServerAccessLoggingDisabled")
            .severity(2)
            .texts(
                    "Amazon S3 server access logging was disabled for bucket {bucket}.",
                    "{user} called {api}, which disabled server access logging for Amazon S3 bucket {bucket}. An"
                            + " attacker may do so to hide what is done with the data.")
            .firesWhen(
                    "PutBucketLogging without a target succeeds on a bucket whose logging was on or is not known; the"
                            + " finding says which.")
            .doesNotSee(
                    "a bucket known not to log, because it was made or switched off before our eyes; logging sent to"
                            + " another target.")
            .nextSteps("Turn logging on again and read CloudTrail for what else these credentials did.")
            .technique("T1562.008")
            .build();

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");
    private static final FieldPath STATUS = FieldPath.of("requestParameters.BucketLoggingStatus");
    private static final FieldPath TARGET =
            FieldPath.of("requestParameters.BucketLoggingStatus.LoggingEnabled.TargetBucket");

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Set.of("PutBucketLogging", "CreateBucket", "DeleteBucket");
    }

    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(BUCKET, STATUS, TARGET);
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        String bucket = call.field(BUCKET);
        if (call.failed() || bucket == null || !call.service().equals("s3.amazonaws.com")) {
            return;
        }
        if (call.action().equals("PutBucketLogging") && call.field(STATUS) == null) {
            return;
        }
        Doc known = context.recall(this, bucket);
        boolean on = call.field(TARGET) != null;
        context.remember(this, bucket, call.action().equals("DeleteBucket") ? null : new Doc().with("on", on));
        boolean wasOff = known != null && Boolean.FALSE.equals(known.get("on"));
        if (call.action().equals("PutBucketLogging") && !on && !wasOff) {
            out.accept(ApiCallSignal.of(TYPE, call, context)
                    .bucket(
                            bucket,
                            new Doc()
                                    .with("arn", "arn:" + Partition.of(call.region()) + ":s3:::" + bucket)
                                    .with("name", bucket)
                                    .with("type", "Destination"))
                    .additional("earlierState", known == null ? "unknown" : "on")
                    .build());
        }
    }
}
