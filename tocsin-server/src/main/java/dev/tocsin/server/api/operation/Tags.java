package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tags, which lie in the document of what they belong to, and so are in its Get answer as well. */
public final class Tags {

    private static final Pattern ARN = Pattern.compile(
            "arn:[^:]*:guardduty:([^:]*):(\\d+):(?:(detector)/([^/]+)(?:/([^/]+)/([^/]+))?|(malware-protection-plan)/(.+))");
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    /** Kinds of resource by their name in an ARN. */
    private static final Map<String, String> KINDS = Map.of(
            "filter", Filters.KIND,
            "ipset", "ipset",
            "threatintelset", "threatintelset",
            "trustedentityset", "trustedentityset",
            "threatentityset", "threatentityset",
            "publishingdestination", "publishingdestination");

    private final Store store;

    /** Tags of what {@code store} keeps. */
    public Tags(Store store) {
        this.store = store;
    }

    /** Adds the operations on tags. */
    public void register(Operations operations) {
        operations
                .on("ListTagsForResource", this::list)
                .on("TagResource", this::tag)
                .on("UntagResource", this::untag);
    }

    private Doc list(Call call) throws StoreException {
        return new Doc().with("tags", required(call).document().part("tags"));
    }

    private Doc tag(Call call) throws StoreException {
        Resource resource = required(call);
        Doc tags = new Doc().withAll(resource.document().part("tags"));
        tags.withAll(given(call.input()));
        requireFew(tags);
        keep(resource, tags);
        return new Doc();
    }

    /**
     * The tags in {@code input}, of what is made with them or gets them.
     *
     * @throws ApiException if one is none that TagResource takes, or there are too many
     */
    static Doc given(Doc input) {
        Doc tags = input.part("tags");
        tags.members().forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_KEY || key.startsWith("aws:")) {
                throw ApiException.invalid("tags", "Expected keys of 1 to 128 characters that do not begin with aws:.");
            }
            if (String.valueOf(value).length() > LONGEST_VALUE) {
                throw ApiException.invalid("tags", "Expected values of at most 256 characters.");
            }
        });
        requireFew(tags);
        return tags;
    }

    private static void requireFew(Doc tags) {
        if (tags.members().size() > MOST_TAGS) {
            throw ApiException.invalid("tags", "A resource has at most 50 tags.");
        }
    }

    private Doc untag(Call call) throws StoreException {
        Resource resource = required(call);
        Doc tags = new Doc().withAll(resource.document().part("tags"));
        call.texts("tagKeys").forEach(tags::without);
        keep(resource, tags);
        return new Doc();
    }

    private void keep(Resource resource, Doc tags) throws StoreException {
        Doc document = new Doc().withAll(resource.document()).with("tags", tags);
        store.write(transaction -> transaction.resource(resource.with(document)));
    }

    private Resource required(Call call) throws StoreException {
        Matcher arn = ARN.matcher(call.text("ResourceArn"));
        if (!arn.matches()) {
            throw ApiException.invalid("resourceArn", "");
        }
        Call.Caller caller = call.caller();
        if (!arn.group(1).equals(caller.region()) || !arn.group(2).equals(caller.account())) {
            throw ApiException.accessDenied("The request is rejected because the resource is not the caller's.");
        }
        Resource resource = find(caller, arn);
        if (resource == null) {
            throw ApiException.badRequest(ApiException.NO_SUCH_RESOURCE);
        }
        return resource;
    }

    private @Nullable Resource find(Call.Caller caller, Matcher arn) throws StoreException {
        if (arn.group(7) != null) {
            return store.resource(caller.account(), caller.region(), arn.group(7), arn.group(8));
        }
        Resource detector = store.resource(caller.account(), caller.region(), Detectors.KIND, arn.group(4));
        if (detector == null || arn.group(5) == null) {
            return detector;
        }
        String kind = KINDS.get(arn.group(5));
        return kind == null ? null : store.resource(caller.account(), caller.region(), kind, arn.group(6));
    }
}
