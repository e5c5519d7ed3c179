package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** Where findings are exported to: the registration and its life cycle (F43); {@code publish} sends. */
public final class Destinations {

    /** The kind of a destination in the store. */
    public static final String KIND = "publishingdestination";

    /** In a destination's document; what exports may set it to {@link #UNABLE} when it cannot be written to. */
    public static final String STATUS = "status";

    /** A status: exports go there. */
    public static final String PUBLISHING = "PUBLISHING";

    /** A status: what was sent there last failed; {@link #FAILING_SINCE} says since when. */
    public static final String UNABLE = "UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY";

    /** A status: nothing is known of it yet. */
    public static final String PENDING = "PENDING_VERIFICATION";

    /** In a destination's document: epoch milliseconds since which it is {@link #UNABLE}. */
    public static final String FAILING_SINCE = "publishingFailureStartTimestamp";

    /** Milliseconds in which a new or changed destination is pending at most. */
    private static final long VERIFICATION = 10_000;

    private static final Pattern BUCKET = Pattern.compile("arn:[^:]+:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:/.*)?");
    private static final Pattern KEY = Pattern.compile("arn:[^:]+:kms:[a-z0-9-]+:\\d{12}:(?:key|alias)/.+");

    private final Store store;
    private final Detectors detectors;
    private final Ids ids;
    private final InstantSource clock;

    /** Destinations of {@code detectors}, kept in {@code store}. */
    public Destinations(Store store, Detectors detectors, Ids ids, InstantSource clock) {
        this.store = store;
        this.detectors = detectors;
        this.ids = ids;
        this.clock = clock;
    }

    /** Adds the operations on destinations. */
    public void register(Operations operations) {
        operations
                .on("CreatePublishingDestination", this::create)
                .on("DescribePublishingDestination", this::describe)
                .on("ListPublishingDestinations", this::list)
                .on("UpdatePublishingDestination", this::update)
                .on("DeletePublishingDestination", this::delete);
    }

    private Doc create(Call call) throws StoreException {
        Doc properties = call.input().part("destinationProperties");
        if (properties.text("destinationArn") == null) {
            throw ApiException.invalid("destinationProperties", "Expected a destinationArn.");
        }
        check(properties);
        Resource detector = detectors.required(call);
        if (all(detector).stream().anyMatch(one -> isSame(one.document().part("destinationProperties"), properties))) {
            throw ApiException.badRequest(
                    "The request is rejected because a publishing destination with that destinationArn already exists.");
        }
        Doc document = new Doc()
                .with("destinationType", call.text("destinationType"))
                .with("destinationProperties", properties)
                .with("tags", Tags.given(call.input()));
        Resource destination = new Resource(detector.account(), detector.region(), KIND, ids.next(), document);
        keepPending(destination);
        return new Doc().with("destinationId", destination.id());
    }

    private Doc describe(Call call) throws StoreException {
        Resource destination = required(call);
        Doc document = destination.document();
        return new Doc()
                .with("destinationId", destination.id())
                .with("destinationType", document.text("destinationType"))
                .with(STATUS, status(destination))
                .with(FAILING_SINCE, document.number(FAILING_SINCE, 0))
                .with("destinationProperties", document.part("destinationProperties"))
                .with("tags", document.part("tags"));
    }

    private Doc list(Call call) throws StoreException {
        return Pages.page(
                call,
                "destinations",
                all(detectors.required(call)),
                Resource::id,
                one -> new Doc()
                        .with("destinationId", one.id())
                        .with("destinationType", one.document().text("destinationType"))
                        .with(STATUS, status(one)));
    }

    private Doc update(Call call) throws StoreException {
        Doc changes = call.input().part("destinationProperties");
        check(changes);
        Resource destination = required(call);
        Doc properties = new Doc()
                .withAll(destination.document().part("destinationProperties"))
                .withAll(changes);
        keepPending(
                destination.with(new Doc().withAll(destination.document()).with("destinationProperties", properties)));
        return new Doc();
    }

    private Doc delete(Call call) throws StoreException {
        Resource destination = required(call);
        store.write(transaction ->
                transaction.removeResource(destination.account(), destination.region(), KIND, destination.id()));
        return new Doc();
    }

    private void keepPending(Resource destination) throws StoreException {
        Doc document = new Doc()
                .withAll(destination.document())
                .with(STATUS, PENDING)
                .with("pendingSince", clock.millis())
                .without(FAILING_SINCE);
        store.write(transaction -> transaction.resource(destination.with(document)));
    }

    /** Where nobody can be asked about the bucket, pending ends by itself, and the first failed export tells. */
    private String status(Resource destination) {
        String status = String.valueOf(destination.document().text(STATUS));
        boolean over = clock.millis() - destination.document().number("pendingSince", 0) >= VERIFICATION;
        return status.equals(PENDING) && over ? PUBLISHING : status;
    }

    private List<Resource> all(Resource detector) throws StoreException {
        return store.resources(detector.account(), detector.region(), KIND);
    }

    private Resource required(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        Resource destination = store.resource(detector.account(), detector.region(), KIND, call.text("DestinationId"));
        if (destination == null) {
            throw ApiException.badRequest(ApiException.INVALID_VALUES);
        }
        return destination;
    }

    private static boolean isSame(Doc one, Doc other) {
        return String.valueOf(one.text("destinationArn")).equals(other.text("destinationArn"));
    }

    private static void check(Doc properties) {
        String bucket = properties.text("destinationArn");
        if (bucket != null && !BUCKET.matcher(bucket).matches()) {
            throw ApiException.invalid("destinationArn", "Expected arn:aws:s3:::BUCKET or arn:aws:s3:::BUCKET/PREFIX.");
        }
        String key = properties.text("kmsKeyArn");
        if (key != null && !KEY.matcher(key).matches()) {
            throw ApiException.invalid("kmsKeyArn", "Expected the ARN of a KMS key.");
        }
    }
}
