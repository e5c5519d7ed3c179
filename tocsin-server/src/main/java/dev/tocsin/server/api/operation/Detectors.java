package dev.tocsin.server.api.operation;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** The detector of an account in a Region: one at most, and everything else hangs on it (F1). */
public final class Detectors {

    /** The kind of a detector in the store. */
    public static final String KIND = "detector";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Store store;
    private final InstantSource clock;

    /** Detectors kept in {@code store}. */
    public Detectors(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Adds the operations on detectors. */
    public void register(Operations operations) {
        operations
                .on("CreateDetector", this::create)
                .on("GetDetector", this::get)
                .on("ListDetectors", this::list)
                .on("UpdateDetector", this::update)
                .on("DeleteDetector", this::delete);
    }

    /**
     * The detector that {@code call} names.
     *
     * @throws ApiException if its id is malformed or it is not the caller's
     */
    Resource required(Call call) throws StoreException {
        String id = call.text("DetectorId");
        if (!ID.matcher(id).matches()) {
            throw ApiException.invalid("detectorId", "");
        }
        Call.Caller caller = call.caller();
        Resource detector = store.resource(caller.account(), caller.region(), KIND, id);
        if (detector == null) {
            throw ApiException.badRequest(ApiException.NOT_OWNED);
        }
        return detector;
    }

    private Doc create(Call call) throws StoreException {
        Features features = Features.atFirst().changed(call.input(), seconds());
        Call.Caller caller = call.caller();
        if (!store.resources(caller.account(), caller.region(), KIND).isEmpty()) {
            throw ApiException.badRequest(
                    "The request is rejected because a detector already exists for the current account.");
        }
        String now = now();
        String frequency = call.input().text("findingPublishingFrequency");
        Doc document = new Doc()
                .with("createdAt", now)
                .with("updatedAt", now)
                .with("status", status(call.input()))
                .with("findingPublishingFrequency", frequency == null ? "SIX_HOURS" : frequency)
                .with("tags", call.input().part("tags"))
                .with("features", features.toDocs());
        Resource detector = new Resource(caller.account(), caller.region(), KIND, id(caller), document);
        store.write(transaction -> transaction.resource(detector));
        return new Doc().with("detectorId", detector.id());
    }

    private Doc get(Call call) throws StoreException {
        Resource detector = required(call);
        Doc document = detector.document();
        Features features = Features.of(document);
        return new Doc()
                .with("createdAt", document.text("createdAt"))
                .with("findingPublishingFrequency", document.text("findingPublishingFrequency"))
                .with(
                        "serviceRole",
                        "arn:aws:iam::" + detector.account()
                                + ":role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty")
                .with("status", document.text("status"))
                .with("updatedAt", document.text("updatedAt"))
                .with("dataSources", features.dataSources())
                .with("tags", document.part("tags"))
                .with("features", features.toDocs());
    }

    private Doc list(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        List<String> all = store.resources(caller.account(), caller.region(), KIND).stream()
                .map(Resource::id)
                .toList();
        return new Doc().with("detectorIds", all);
    }

    private Doc update(Call call) throws StoreException {
        Resource detector = required(call);
        Doc input = call.input();
        Features features = Features.of(detector.document()).changed(input, seconds());
        Doc document = new Doc().withAll(detector.document()).with("updatedAt", now());
        if (input.get("enable") != null) {
            document.with("status", status(input));
        }
        document.with("findingPublishingFrequency", input.text("findingPublishingFrequency"))
                .with("features", features.toDocs());
        store.write(transaction -> transaction.resource(detector.with(document)));
        return new Doc();
    }

    private Doc delete(Call call) throws StoreException {
        Resource detector = required(call);
        store.write(
                transaction -> transaction.removeResource(detector.account(), detector.region(), KIND, detector.id()));
        return new Doc();
    }

    /** Made from account and Region, as the engine writes it into findings. */
    private static String id(Call.Caller caller) {
        return Hash.id("detector", caller.account(), caller.region());
    }

    private static String status(Doc input) {
        return Boolean.FALSE.equals(input.get("enable")) ? "DISABLED" : "ENABLED";
    }

    private long seconds() {
        return clock.instant().getEpochSecond();
    }

    private String now() {
        return Times.isoMillis(clock.millis());
    }
}
