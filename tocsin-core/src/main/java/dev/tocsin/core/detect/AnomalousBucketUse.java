package dev.tocsin.core.detect;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.DataSource;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.FindingType.ResourceKind;
import dev.tocsin.core.finding.FindingType.Role;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.BucketPurpose;
import dev.tocsin.core.identity.UnusualBucketUse;
import dev.tocsin.core.identity.UnusualBucketUse.Volume;
import dev.tocsin.core.identity.Usual;
import dev.tocsin.core.identity.Values;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** {@code *:S3/AnomalousBehavior}: calls about a bucket that neither the identity's habits nor its peers' explain. */
public final class AnomalousBucketUse implements BucketDetector {

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private static final Map<BucketPurpose, FindingType> TYPES = new EnumMap<>(Map.of(
            BucketPurpose.DISCOVERY,
            type(BucketPurpose.DISCOVERY, 2, "discovery", "look at what is in it", "T1619"),
            BucketPurpose.EXFILTRATION,
            type(BucketPurpose.EXFILTRATION, 8, "exfiltration", "read its objects", "T1530"),
            BucketPurpose.WRITE,
            type(BucketPurpose.WRITE, 5, "impact", "write into it", "T1565.001"),
            BucketPurpose.DELETE,
            type(BucketPurpose.DELETE, 8, "impact", "delete it or in it", "T1485"),
            BucketPurpose.PERMISSION,
            type(BucketPurpose.PERMISSION, 8, "impact", "change who may use it", "T1222")));

    private static FindingType type(
            BucketPurpose purpose, double severity, String stage, String what, String technique) {
        return FindingType.named(purpose.typeName())
                .feature(Feature.S3_DATA_EVENTS)
                .about(DataSource.S3_DATA, ResourceKind.S3_BUCKET, Role.TARGET)
                .severity(severity)
                .texts(
                        "An IAM entity invoked an S3 API in a suspicious way.",
                        "API {api}, commonly used in the " + stage
                                + " stage of an attack, was invoked on bucket {bucket} by"
                                + " user {userType} : {user} in a way that differs from the established baseline.")
                .firesWhen("calls by which one can " + what
                        + " come from a network and tool that are new to the identity, or from one of them to a bucket or"
                        + " by an API new to it; or reads and deletions are many times more in 24 hours than on any day"
                        + " before. By bits of evidence.")
                .doesNotSee(
                        "the first week of an account's logs of S3; what an identity does as it always does; a new bucket"
                                + " read from home; actions of AWS's own services; numbers below 500 a day; buckets whose"
                                + " data events are not logged.")
                .nextSteps(
                        "Ask the identity's owner whether this was them. If not, end its sessions, replace its keys, and see"
                                + " which objects of the bucket were read or changed.")
                .technique(technique)
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.copyOf(TYPES.values());
    }

    @Override
    public Set<String> actions() {
        Set<String> actions = new HashSet<>(S3DataCalls.NAMES);
        actions.addAll(BucketPurpose.MANAGEMENT);
        return actions;
    }

    @Override
    public List<FieldPath> fields() {
        return List.of(BUCKET);
    }

    @Override
    public void observe(UnusualBucketUse unusual, Usual usual, Context context, Consumer<Signal> out) {
        FindingType type = TYPES.get(unusual.purpose());
        if (type == null) {
            return;
        }
        ApiCall call = unusual.call();
        String outcome = call.errorCode() == null ? "success" : call.errorCode();
        out.accept(S3DataCalls.signal(type, call, context)
                .aggregation(call.identity().actor() + " " + unusual.since())
                .fact("userType", call.identity().type())
                .additional(
                        "userAgent",
                        new Doc().with("fullUserAgent", call.userAgent()).with("userAgentCategory", Values.agent(call)))
                .additional(
                        "anomalies",
                        new Doc().with("anomalousAPIs", call.service() + ":[" + call.action() + ":" + outcome + "]"))
                .additional("profiledBehavior", history(BehaviorForms.profiled(usual), unusual.volume()))
                .additional(
                        "unusualBehavior",
                        pastDay(BehaviorForms.unusual(usual, unusual.activeDays() == 0), unusual.volume()))
                .additional("score", score(unusual).with("usual", BehaviorForms.days(usual)))
                .additional(FindingDocument.DETECTION, new Doc().with("anomaly", BehaviorForms.anomaly(usual)))
                .build());
    }

    private static Doc history(Doc profiled, UnusualBucketUse.Volumes volumes) {
        history(profiled, "BucketProfiling", volumes.bucket());
        history(profiled, "BucketUserIdentityProfiling", volumes.pair());
        history(profiled, "UserIdentityProfiling", volumes.identity());
        return profiled;
    }

    private static void history(Doc profiled, String scope, Volume volume) {
        profiled.with("numberOfHistoricalDailyAvgAPIs" + scope, BehaviorForms.decimal(volume.mean()))
                .with("numberOfHistoricalDailyMaxAPIs" + scope, Integer.toString(volume.most()));
    }

    private static Doc pastDay(Doc unusual, UnusualBucketUse.Volumes volumes) {
        return unusual.with(
                        "numberOfPast24HoursAPIsBucketUserIdentityProfiling",
                        Long.toString(volumes.pair().pastDay()))
                .with(
                        "numberOfPast24HoursAPIsBucketProfiling",
                        Long.toString(volumes.bucket().pastDay()))
                .with(
                        "numberOfPast24HoursAPIsUserIdentityProfiling",
                        Long.toString(volumes.identity().pastDay()));
    }

    private static Doc score(UnusualBucketUse unusual) {
        Double volumeBits = unusual.volume().bits();
        return new Doc()
                .with("channel", unusual.byVolume() ? "volume" : "context")
                .with("bits", BehaviorForms.decimal(unusual.bits()))
                .with("threshold", BehaviorForms.decimal(unusual.threshold()))
                .with("askedBits", BehaviorForms.decimal(unusual.askedBits()))
                .with("contextBits", BehaviorForms.decimal(unusual.contextBits()))
                .with("volumeBits", volumeBits == null ? null : BehaviorForms.decimal(volumeBits))
                .with("activeDays", unusual.activeDays());
    }
}
