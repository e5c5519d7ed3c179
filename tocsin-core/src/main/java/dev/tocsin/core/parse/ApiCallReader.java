package dev.tocsin.core.parse;

import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPath;
import dev.tocsin.core.event.Identity;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one CloudTrail record: takes the envelope and the planned fields, and skips the rest. */
public final class ApiCallReader {

    /** The API date that some services append to event names: {@code CreateFunction20150331v2}. */
    private static final Pattern API_DATE = Pattern.compile("20[0-9]{6}(v[0-9]+)?$|20[0-9]{2}_[0-9]{2}_[0-9]{2}$");

    private static final Set<String> DATA_APIS = Set.of(
            "GetObject",
            "PutObject",
            "DeleteObject",
            "DeleteObjects",
            "HeadObject",
            "CopyObject",
            "ListObjects",
            "GetObjectAcl",
            "PutObjectAcl",
            "Invoke",
            "GetItem",
            "PutItem");

    private final ParseContext context;
    private final RecordSink sink;

    /** A reader that hands records to {@code sink}. */
    public ApiCallReader(ParseContext context, RecordSink sink) {
        this.context = context;
        this.sink = sink;
    }

    /** Reads the record that {@code json} stands at the start of, and leaves it at the record's end. */
    public void read(JsonParser json) throws IOException {
        long position = json.currentTokenLocation().getByteOffset();
        Doc doc = Doc.read(json);
        String unusable = unusable(doc);
        if (unusable != null) {
            sink.reject(position, unusable);
            return;
        }
        String ignored = ignored(doc);
        if (ignored != null) {
            sink.ignore(1, ignored);
            return;
        }
        sink.accept(call(doc, position));
    }

    private static @Nullable String unusable(Doc doc) {
        String version = text(doc, "eventVersion");
        if (version != null && !version.startsWith("1.") && !version.equals("1")) {
            return "expected eventVersion 1.x, found " + version;
        }
        if (epochSeconds(text(doc, "eventTime")) == null) {
            return "expected eventTime as an ISO 8601 time, found " + text(doc, "eventTime");
        }
        return text(doc, "eventSource") == null ? "expected eventSource, found none" : null;
    }

    private static @Nullable String ignored(Doc doc) {
        String category = text(doc, "eventCategory");
        if ("Insight".equals(category)) {
            return "CloudTrail Insights event";
        }
        if ("NetworkActivity".equals(category) || "AwsVpceEvent".equals(text(doc, "eventType"))) {
            return "CloudTrail network activity event";
        }
        boolean data = category(doc) == ApiCall.Category.DATA;
        return data && !"s3.amazonaws.com".equals(text(doc, "eventSource")) ? "CloudTrail data event, not S3" : null;
    }

    private static ApiCall.Category category(Doc doc) {
        String category = text(doc, "eventCategory");
        if (category == null) {
            boolean dataApi = DATA_APIS.contains(String.valueOf(text(doc, "eventName")));
            return dataApi && !"true".equals(text(doc, "managementEvent"))
                    ? ApiCall.Category.DATA
                    : ApiCall.Category.MANAGEMENT;
        }
        return category.equals("Data") ? ApiCall.Category.DATA : ApiCall.Category.MANAGEMENT;
    }

    private ApiCall call(Doc doc, long position) {
        ApiCall.Draft draft = new ApiCall.Draft();
        Long at = epochSeconds(text(doc, "eventTime"));
        draft.at = at == null ? 0 : at;
        draft.origin = new Origin(context.object(), position);
        draft.identity = identity(doc.at("userIdentity"));
        draft.account = account(doc, draft.identity);
        String region = text(doc, "awsRegion");
        draft.region = region == null ? context.region() : region;
        draft.contentHash = doc.hashCode() * 0x9E3779B97F4A7C15L;
        String id = text(doc, "eventID");
        draft.eventId = id == null ? "hash:" + Long.toHexString(draft.contentHash) : id;
        draft.service = String.valueOf(text(doc, "eventSource"));
        draft.action = API_DATE.matcher(String.valueOf(text(doc, "eventName"))).replaceFirst("");
        String address = text(doc, "sourceIPAddress");
        draft.caller = address == null || address.isEmpty() ? null : Caller.of(address);
        draft.userAgent = text(doc, "userAgent");
        draft.errorCode = text(doc, "errorCode");
        draft.eventType = text(doc, "eventType");
        draft.category = category(doc);
        String readOnly = text(doc, "readOnly");
        draft.readOnly = readOnly == null ? null : Boolean.valueOf(readOnly);
        draft.sharedEventId = text(doc, "sharedEventID");
        draft.vpcEndpointId = text(doc, "vpcEndpointId");
        plan(doc, draft);
        return draft.build();
    }

    private void plan(Doc doc, ApiCall.Draft draft) {
        draft.plan = context.plan().fields(draft.action);
        draft.values = new String[draft.plan.size()];
        for (int i = 0; i < draft.values.length; i++) {
            draft.values[i] = field(doc, draft.plan.get(i));
        }
    }

    private static @Nullable String field(Doc doc, FieldPath path) {
        Object here = doc;
        for (String name : path.text().split("\\.", -1)) {
            here = here instanceof Doc inner ? inner.get(name) : null;
        }
        return value(here);
    }

    private String account(Doc doc, Identity identity) {
        String recipient = account(text(doc, "recipientAccountId"));
        if (recipient != null) {
            return recipient;
        }
        if (Event.known(context.account())) {
            return context.account();
        }
        return identity.accountId() == null ? Event.UNKNOWN : identity.accountId();
    }

    /** Twelve digits: a number has lost its leading zeros. */
    private static @Nullable String account(@Nullable String text) {
        return text == null || text.length() >= 12 ? text : "0".repeat(12 - text.length()) + text;
    }

    private static Identity identity(@Nullable Doc user) {
        if (user == null) {
            return Identity.NONE;
        }
        Doc session = user.part("sessionContext");
        Doc issuer = session.part("sessionIssuer");
        Doc attributes = session.part("attributes");
        Doc web = session.part("webIdFederationData");
        Long created = epochSeconds(text(attributes, "creationDate"));
        return new Identity(
                text(user, "type"),
                text(user, "principalId"),
                text(user, "arn"),
                account(text(user, "accountId")),
                text(user, "accessKeyId"),
                text(user, "userName"),
                text(user, "invokedBy"),
                text(issuer, "type"),
                text(issuer, "arn"),
                text(issuer, "principalId"),
                account(text(issuer, "accountId")),
                text(issuer, "userName"),
                text(attributes, "mfaAuthenticated"),
                created == null ? 0 : created,
                text(session, "assumedRoot"),
                text(session, "sourceIdentity"),
                text(session, "ec2RoleDelivery"),
                value(user.get("inScopeOf")),
                text(web, "federatedProvider"));
    }

    private static @Nullable String text(Doc doc, String name) {
        Object value = doc.get(name);
        return value instanceof Doc || value instanceof List ? null : value(value);
    }

    private static @Nullable String value(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Doc doc) {
            return doc.toJson();
        }
        return value instanceof List<?> list ? Doc.listToJson(list) : value.toString();
    }

    /** ISO 8601 with or without fraction and offset, a blank for the T, or epoch seconds. */
    private static @Nullable Long epochSeconds(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.')) {
            return (long) Double.parseDouble(text);
        }
        try {
            String iso = text.replace(' ', 'T');
            boolean zoned = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
            return OffsetDateTime.parse(zoned ? iso : iso + "Z").toEpochSecond();
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
