package dev.tocsin.core.parse;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Origin;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what a record says, and makes an API call of it or says why not. */
final class CallMaker {

    private static final FieldPath BUCKET = FieldPath.of("requestParameters.bucketName");

    private final ParseContext context;
    private final RecordSink sink;
    private final boolean s3DataEvents;
    private final PlannedFields planned;
    private final PlannedScanner scanner;
    private @Nullable String lastRecipient;
    private @Nullable String lastAccount;

    CallMaker(ParseContext context, RecordSink sink, boolean s3DataEvents, ApiCallCaches caches) {
        this.context = context;
        this.sink = sink;
        this.s3DataEvents = s3DataEvents;
        this.planned = caches.planned;
        this.scanner = caches.plannedScanner;
    }

    /**
     * Gives the record to the sink: exactly one of accept, ignore and reject.
     *
     * @param ordinary whether {@link CallScanner} has read it
     */
    void make(RawCall raw, boolean ordinary, byte[] bytes, int from, int to, long position, long hash) {
        String other = otherKind(raw);
        if (other != null) {
            sink.ignore(1, other);
            return;
        }
        if (raw.version != null && !raw.version.startsWith("1")) {
            sink.reject(position, "eventVersion " + clip(raw.version) + " is another structure; 1.x is read");
            return;
        }
        if (raw.source == null || raw.source.isEmpty()) {
            sink.reject(position, "record without eventSource");
            return;
        }
        long at = raw.at == EventTime.NONE && raw.time != null ? EventTime.parse(raw.time) : raw.at;
        if (at == EventTime.NONE) {
            sink.reject(
                    position, raw.time == null ? "record without eventTime" : "no time: eventTime " + clip(raw.time));
            return;
        }
        String action = raw.name == null ? "" : ActionName.plain(raw.name);
        boolean data = isData(raw, raw.source, action);
        if (data && !(s3DataEvents && DataApis.isS3Object(raw.source))) {
            sink.ignore(1, "data event of " + clip(raw.source));
            return;
        }
        if (at < ParseLimits.EARLIEST_TIME) {
            sink.note(
                    position,
                    "impossible time: eventTime " + at + " s after 1970; used for what this record alone proves");
        }
        accept(raw, raw.source, at, action, data, ordinary, bytes, from, to, position, hash);
    }

    private void accept(
            RawCall raw,
            String service,
            long at,
            String action,
            boolean data,
            boolean ordinary,
            byte[] bytes,
            int from,
            int to,
            long position,
            long hash) {
        ApiCall.Draft draft = new ApiCall.Draft();
        draft.at = at;
        draft.account = account(raw);
        draft.region = raw.region == null || raw.region.isEmpty() ? context.region() : raw.region;
        draft.origin = new Origin(context.object(), position, to - from);
        draft.eventId = raw.id == null || raw.id.isEmpty() ? ContentHash.idOf(bytes, from, to) : raw.id;
        draft.contentHash = hash;
        draft.service = service;
        draft.action = action;
        draft.identity = raw.identity;
        draft.caller = raw.caller;
        draft.userAgent = raw.agent;
        draft.errorCode = raw.error;
        draft.eventType = raw.type;
        draft.category = data ? ApiCall.Category.DATA : ApiCall.Category.MANAGEMENT;
        draft.readOnly = truth(raw.readOnly);
        draft.sharedEventId = raw.sharedId;
        draft.vpcEndpointId = raw.endpoint;
        draft.vpcEndpointOwner = raw.endpointOwner;
        boolean read = fields(draft, ordinary, bytes, from, to, position);
        if (data && read && !namesBucket(draft)) {
            sink.ignore(1, "S3 data event that names no bucket");
            return;
        }
        sink.accept(draft.build());
    }

    /** Without its bucket a data event can be held against no resource; where the plan does not ask, none is known to lack. */
    private static boolean namesBucket(ApiCall.Draft draft) {
        int place = draft.plan.indexOf(BUCKET);
        return place < 0 || draft.values[place] != null;
    }

    /** Takes the planned fields; false if they cannot be read. */
    private boolean fields(ApiCall.Draft draft, boolean ordinary, byte[] bytes, int from, int to, long position) {
        List<FieldPath> plan = context.plan().fields(draft.action);
        if (plan.isEmpty()) {
            return true;
        }
        draft.plan = plan;
        @Nullable String @Nullable [] scanned = ordinary ? scanner.read(bytes, from, to, plan) : null;
        try {
            draft.values = scanned == null ? planned.read(bytes, from, to, plan) : scanned;
            return true;
        } catch (IOException e) {
            draft.values = new String[plan.size()];
            sink.incomplete(position, "parameters not read: " + e.getMessage());
            return false;
        }
    }

    @SuppressWarnings("ReferenceEquality") // an equal text that is another object is read again
    private String account(RawCall raw) {
        if (raw.recipient != lastRecipient) {
            lastRecipient = raw.recipient;
            lastAccount = Accounts.normal(raw.recipient);
        }
        String recipient = lastAccount;
        if (recipient != null) {
            return recipient;
        }
        if (context.object().account() != null || raw.identity.accountId() == null) {
            return context.account();
        }
        return raw.identity.accountId();
    }

    private static @Nullable String otherKind(RawCall raw) {
        if ("Insight".equals(raw.category) || "AwsCloudTrailInsight".equals(raw.type)) {
            return "CloudTrail Insights event";
        }
        if ("NetworkActivity".equals(raw.category) || "AwsVpceEvent".equals(raw.type)) {
            return "network activity event";
        }
        return null;
    }

    private static boolean isData(RawCall raw, String service, String action) {
        if (raw.category != null) {
            return raw.category.equals("Data");
        }
        if (raw.management != null) {
            return raw.management.equalsIgnoreCase("false");
        }
        return DataApis.isData(service, action);
    }

    private static @Nullable Boolean truth(@Nullable String text) {
        if (text == null) {
            return null;
        }
        if (text.equalsIgnoreCase("true")) {
            return Boolean.TRUE;
        }
        return text.equalsIgnoreCase("false") ? Boolean.FALSE : null;
    }

    private static String clip(String text) {
        return text.length() <= 64 ? text : text.substring(0, 64) + "...";
    }
}
