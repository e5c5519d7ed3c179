package dev.tocsin.core.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CloudTrail record: an API call, a console action or a sign-in. {@code null} only where CloudTrail itself leaves a
 * field out.
 */
public final class ApiCall implements Event {

    /** What CloudTrail files a record under; old records that do not say are management events unless a data API. */
    public enum Category {
        /** Control-plane calls, sign-ins and service events. */
        MANAGEMENT,
        /** Calls on the contents of a resource, such as GetObject. */
        DATA
    }

    private final Draft draft;

    private ApiCall(Draft draft) {
        this.draft = draft;
    }

    @Override
    public long at() {
        return draft.at;
    }

    @Override
    public String account() {
        return draft.account;
    }

    @Override
    public String region() {
        return draft.region;
    }

    @Override
    public Origin origin() {
        return draft.origin;
    }

    @Override
    public void giveTo(Taker taker) {
        taker.call(this);
    }

    /** CloudTrail's eventID, or {@code hash:} and a digest of the record where it has none. */
    public String eventId() {
        return draft.eventId;
    }

    /** A digest of the whole record: tells a true duplicate from another record under the same eventID. */
    public long contentHash() {
        return draft.contentHash;
    }

    /** eventSource, such as {@code iam.amazonaws.com}. */
    public String service() {
        return draft.service;
    }

    /** eventName without the API date that some services append. */
    public String action() {
        return draft.action;
    }

    /** Who called. */
    public Identity identity() {
        return draft.identity;
    }

    /** Where the call came from, or null if the record does not say. */
    public @Nullable Caller caller() {
        return draft.caller;
    }

    /** The tool, as it names itself. */
    public @Nullable String userAgent() {
        return draft.userAgent;
    }

    /** The error, or null if the call succeeded. */
    public @Nullable String errorCode() {
        return draft.errorCode;
    }

    /** Whether the call was refused or went wrong. */
    public boolean failed() {
        return draft.errorCode != null;
    }

    /** AwsApiCall, AwsConsoleSignIn, AwsServiceEvent, ...; null in the oldest records. */
    public @Nullable String eventType() {
        return draft.eventType;
    }

    /** Management or data. */
    public Category category() {
        return draft.category;
    }

    /** Whether it is an S3 data event: a call on objects, which a trail records only if told to. */
    public boolean isS3Data() {
        return draft.category == Category.DATA && draft.service.equals("s3.amazonaws.com");
    }

    /** Whether the call only reads; null if the record does not say. */
    public @Nullable Boolean readOnly() {
        return draft.readOnly;
    }

    /** The id that the copies of a cross-account call in both accounts share. */
    public @Nullable String sharedEventId() {
        return draft.sharedEventId;
    }

    /** The VPC endpoint the call came through. */
    public @Nullable String vpcEndpointId() {
        return draft.vpcEndpointId;
    }

    /** The account that owns the VPC endpoint the call came through; newer records say it. */
    public @Nullable String vpcEndpointOwner() {
        return draft.vpcEndpointOwner;
    }

    /** Whether AWS acted for itself: a service event, or a service as source or invoker. */
    public boolean byService() {
        return "AwsServiceEvent".equals(draft.eventType)
                || draft.identity.invokedBy() != null
                || (draft.caller != null && draft.caller.isService() && !"AWS Internal".equals(draft.caller.text()));
    }

    /** The planned field {@code path}: a string's content, or the JSON text of anything else; null if absent or null. */
    public @Nullable String field(FieldPath path) {
        int index = draft.plan.indexOf(path);
        return index < 0 ? null : draft.values[index];
    }

    /** The planned fields of this call, for evidence. */
    public List<FieldPath> plannedFields() {
        return draft.plan;
    }

    /** What a parser fills in, once; it belongs to the call from {@link #build} on. */
    public static final class Draft {
        private static final Origin NOWHERE = new Origin(LogObject.named(""), 0);
        private static final @Nullable String[] NO_VALUES = new String[0];

        /** See {@link ApiCall#at}. */
        public long at;

        /** See {@link ApiCall#account}. */
        public String account = UNKNOWN;

        /** See {@link ApiCall#region}. */
        public String region = UNKNOWN;

        /** See {@link ApiCall#origin}. */
        public Origin origin = NOWHERE;

        /** See {@link ApiCall#eventId}. */
        public String eventId = "";

        /** See {@link ApiCall#contentHash}. */
        public long contentHash;

        /** See {@link ApiCall#service}. */
        public String service = "";

        /** See {@link ApiCall#action}. */
        public String action = "";

        /** See {@link ApiCall#identity}. */
        public Identity identity = Identity.NONE;

        /** See {@link ApiCall#caller}. */
        public @Nullable Caller caller;

        /** See {@link ApiCall#userAgent}. */
        public @Nullable String userAgent;

        /** See {@link ApiCall#errorCode}. */
        public @Nullable String errorCode;

        /** See {@link ApiCall#eventType}. */
        public @Nullable String eventType;

        /** See {@link ApiCall#category}. */
        public Category category = Category.MANAGEMENT;

        /** See {@link ApiCall#readOnly}. */
        public @Nullable Boolean readOnly;

        /** See {@link ApiCall#sharedEventId}. */
        public @Nullable String sharedEventId;

        /** See {@link ApiCall#vpcEndpointId}. */
        public @Nullable String vpcEndpointId;

        /** See {@link ApiCall#vpcEndpointOwner}. */
        public @Nullable String vpcEndpointOwner;

        /** The planned fields of this action, numbered by their place. */
        public List<FieldPath> plan = List.of();

        /** The planned fields' values by number. */
        public @Nullable String[] values = NO_VALUES;

        /** The finished call. */
        public ApiCall build() {
            return new ApiCall(this);
        }
    }
}
