package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** {@code DefenseEvasion:IAMUser/BedrockLoggingDisabled}: what models are asked is no longer written down. */
final class BedrockLoggingDisabled implements ApiCallDetector {

    static final FindingType TYPE = FindingType.named("DefenseEvasion:IAMUser/BedrockLoggingDisabled")
            .severity(5)
            .texts(
                    "Amazon Bedrock model invocation logging was disabled.",
                    "{user} called {api}, which disabled Amazon Bedrock model invocation logging. An attacker who uses"
                            + " stolen credentials to run models may do so to hide what is asked and answered.")
            .firesWhen("DeleteModelInvocationLoggingConfiguration succeeds, or a put leaves no destination or switches"
                    + " off every kind of data.")
            .doesNotSee(
                    "failed calls; that logging is put back soon after with another destination; a Region that never"
                            + " logged.")
            .nextSteps("Turn logging on again and look in CloudTrail for InvokeModel calls by these credentials.")
            .technique("T1562.008")
            .build();

    private static final String CONFIG = "requestParameters.loggingConfig.";
    private static final FieldPath WHOLE = FieldPath.of("requestParameters.loggingConfig");
    private static final FieldPath BUCKET = FieldPath.of(CONFIG + "s3Config.bucketName");
    private static final FieldPath GROUP = FieldPath.of(CONFIG + "cloudWatchConfig.logGroupName");
    private static final List<FieldPath> KINDS = Stream.of("text", "image", "embedding", "video", "audio")
            .map(kind -> FieldPath.of(CONFIG + kind + "DataDeliveryEnabled"))
            .toList();

    @Override
    public List<FindingType> types() {
        return List.of(TYPE);
    }

    @Override
    public Set<String> actions() {
        return Set.of("DeleteModelInvocationLoggingConfiguration", "PutModelInvocationLoggingConfiguration");
    }

    @Override
    public List<FieldPath> fields() {
        return Stream.concat(Stream.of(WHOLE, BUCKET, GROUP), KINDS.stream()).toList();
    }

    @Override
    public void observe(ApiCall call, Context context, Consumer<Signal> out) {
        if (!call.failed()
                && call.service().equals("bedrock.amazonaws.com")
                && (call.action().startsWith("Delete") || isEmptied(call))) {
            out.accept(ApiCallSignal.of(TYPE, call, context).build());
        }
    }

    private static boolean isEmptied(ApiCall call) {
        if (call.field(WHOLE) == null) {
            return false;
        }
        boolean noPlace = call.field(BUCKET) == null && call.field(GROUP) == null;
        List<String> said =
                KINDS.stream().map(call::field).flatMap(Stream::ofNullable).toList();
        return noPlace || (!said.isEmpty() && said.stream().allMatch("false"::equals));
    }
}
