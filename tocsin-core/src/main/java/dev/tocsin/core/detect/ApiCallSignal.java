package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Evidence;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.SequencePart;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import dev.tocsin.core.finding.ThreatMatch;
import dev.tocsin.core.identity.Actor;
import dev.tocsin.core.intel.Hit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the signal of an API call: the same resource, action and evidence members whatever the type. */
public final class ApiCallSignal {

    private final FindingType type;
    private final ApiCall call;
    private final Context context;
    private final Doc affected = new Doc();
    private final Doc additional = new Doc();
    private final Map<String, String> facts = new HashMap<>();
    private List<ThreatMatch> matches = List.of();
    private List<Doc> buckets = List.of();
    private Doc detection = new Doc();
    private @Nullable Doc remoteAccount;
    private double severity;
    private String subject;
    private String aggregation = "";
    private @Nullable SequencePart sequencePart;

    private ApiCallSignal(FindingType type, ApiCall call, Context context) {
        this.type = type;
        this.call = call;
        this.context = context;
        this.severity = type.severity();
        this.subject = call.identity().actor();
        Actor actor = Actor.of(call);
        facts.put(Signal.ACTOR, actor == null ? subject : actor.key());
        facts.put("api", call.action());
        facts.put("user", call.identity().displayName());
        facts.put("address", call.caller() == null ? "" : call.caller().text());
        if (call.caller() != null
                && call.caller().address() != null
                && context.scanners().holds(call.caller().address())) {
            facts.put(SequenceStep.AUTHORIZED, "true");
        }
    }

    /** Starts a signal of {@code type} about the credentials behind {@code call}. */
    public static ApiCallSignal of(FindingType type, ApiCall call, Context context) {
        return new ApiCallSignal(type, call, context);
    }

    /** Names a resource that the call changed, such as {@code AWS::CloudTrail::Trail}. */
    public ApiCallSignal affected(String kind, @Nullable String name) {
        affected.with(kind, name);
        return this;
    }

    /** Adds a member of additionalInfo. */
    public ApiCallSignal additional(String name, @Nullable Object value) {
        additional.with(name, value);
        return this;
    }

    /** Gives the type's texts a fact. */
    public ApiCallSignal fact(String name, @Nullable String value) {
        facts.put(name, value == null ? "" : value);
        return this;
    }

    /** Overrides the actor as the resource's part of the finding's id. */
    public ApiCallSignal subject(String key) {
        subject = key;
        return this;
    }

    /** Overrides the type's severity. */
    public ApiCallSignal severity(double value) {
        severity = value;
        return this;
    }

    /** Names the account that the caller's address or endpoint belongs to, and whether it is the operator's. */
    public ApiCallSignal remoteAccount(String id, boolean affiliated) {
        remoteAccount = new Doc().with("accountId", id).with("affiliated", affiliated);
        return this;
    }

    /** Adds a part to the finding's id beside the actor. */
    public ApiCallSignal aggregation(String part) {
        aggregation = part;
        return this;
    }

    /** Names the list entries that matched. */
    public ApiCallSignal matches(List<ThreatMatch> entries) {
        matches = entries;
        return this;
    }

    /** Names the list entries that matched, the weightiest first, and the first of them in additionalInfo. */
    public ApiCallSignal listed(List<Hit> hits) {
        matches = hits.stream().map(Hit::evidence).toList();
        return additional("threatListName", matches.getFirst().list())
                .additional("threatName", matches.getFirst().threat())
                .fact("list", matches.getFirst().list());
    }

    /** Makes the finding one of the bucket: s3BucketDetails, and the bucket's name as the resource of its id. */
    public ApiCallSignal bucket(String name, Doc details) {
        buckets = List.of(details);
        subject = name;
        return affected("AWS::S3::Bucket", name).fact("bucket", name);
    }

    /**
     * Tells it as a signal of service.detection.sequence, as findings of rules are.
     *
     * @param signal without actor, resources and endpoint: those are the call's
     */
    public ApiCallSignal inSequence(SequencePart signal) {
        sequencePart = signal;
        return this;
    }

    /** Sets service.detection, such as its member {@code anomaly}. */
    public ApiCallSignal detection(Doc value) {
        detection = value;
        return this;
    }

    /** The signal. */
    public Signal build() {
        Doc resource = new Doc()
                .with("resourceType", type.resource().wire())
                .with("accessKeyDetails", accessKeyDetails(call.identity()))
                .with("s3BucketDetails", buckets.isEmpty() ? null : buckets);
        return new Signal(
                type,
                call.account(),
                call.region(),
                new Subject.Known(subject, resource),
                aggregation,
                call.eventId(),
                call.at(),
                call.at(),
                severity,
                type.role(),
                action(),
                additional,
                matches,
                facts,
                List.of(evidence(call)),
                told(resource),
                GlobalServices.isGlobal(call));
    }

    private Doc told(Doc resource) {
        if (sequencePart == null) {
            return detection;
        }
        Doc part = sequencePart
                .about(resource, call.account(), call.region())
                .session(session(call.identity()))
                .from(action())
                .toDoc();
        return new Doc().withAll(detection).with("sequence", part);
    }

    /** What a sequence says of the session of {@code identity}. */
    public static Doc session(Identity identity) {
        String mfa = identity.mfaAuthenticated();
        return new Doc()
                .with("mfaStatus", mfa == null ? null : mfa.equals("true") ? "ENABLED" : "DISABLED")
                .with("createdTime", identity.sessionCreated() == 0 ? null : identity.sessionCreated() * 1_000)
                .with("issuer", identity.issuerArn());
    }

    private static Doc accessKeyDetails(Identity identity) {
        return new Doc()
                .with("accessKeyId", identity.accessKeyId() == null ? "" : identity.accessKeyId())
                .with("principalId", identity.principalId() == null ? "" : identity.principalId())
                .with("userName", identity.displayName())
                .with("userType", identity.type() == null ? "Unknown" : identity.type());
    }

    private Doc action() {
        return new Doc()
                .with("actionType", "AWS_API_CALL")
                .with(
                        "awsApiCallAction",
                        new Doc()
                                .with("api", call.action())
                                .with("serviceName", call.service())
                                .with("callerType", callerType(call.caller()))
                                .with("errorCode", call.errorCode())
                                .with("userAgent", Evidence.cut(call.userAgent()))
                                .with("remoteIpDetails", remoteIpDetails(call.caller(), context))
                                .with("remoteAccountDetails", remoteAccount)
                                .with("domainDetails", domainDetails(call.caller()))
                                .with("affectedResources", affected));
    }

    private static String callerType(@Nullable Caller caller) {
        return caller != null && caller.address() == null ? "Domain" : "Remote IP";
    }

    private static @Nullable Doc domainDetails(@Nullable Caller caller) {
        return caller == null || caller.address() != null ? null : new Doc().with("domain", caller.text());
    }

    private static @Nullable Doc remoteIpDetails(@Nullable Caller caller, Context context) {
        return caller == null || caller.address() == null ? null : remoteIpDetails(caller.address(), context);
    }

    /** GuardDuty's remoteIpDetails of {@code address}. */
    public static Doc remoteIpDetails(Address address, Context context) {
        Doc details = new Doc().with(address.isV4() ? "ipAddressV4" : "ipAddressV6", address.toString());
        return address.isPublic() ? details.withAll(context.geography(address)) : details;
    }

    private static Evidence evidence(ApiCall call) {
        Doc fields = new Doc()
                .with("eventSource", call.service())
                .with("eventName", call.action())
                .with("awsRegion", call.region())
                .with(
                        "sourceIPAddress",
                        call.caller() == null
                                ? null
                                : Evidence.cut(call.caller().text()))
                .with("userAgent", Evidence.cut(call.userAgent()))
                .with("errorCode", call.errorCode())
                .with("userIdentity.type", call.identity().type())
                .with("userIdentity.arn", call.identity().arn())
                .with("userIdentity.accessKeyId", call.identity().accessKeyId());
        for (FieldPath path : call.plannedFields()) {
            fields.with(path.text(), Evidence.cut(call.field(path)));
        }
        return new Evidence(
                call.origin().object().source(),
                call.origin().position(),
                call.eventId().startsWith("hash:") ? null : call.eventId(),
                call.at(),
                call.eventId(),
                fields);
    }
}
