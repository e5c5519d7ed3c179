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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The detector of an account in a Region: one at most, and everything else hangs on it (F1). */
public final class Detectors {

    /** The kind of a detector in the store. */
    public static final String KIND = "detector";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private static final List<String> DEPENDENT = Stream.concat(
                    ListKind.ALL.stream().map(ListKind::kind),
                    Stream.of(
                            Filters.KIND,
                            Destinations.KIND,
                            Organization.KIND,
                            MalwareScans.SETTINGS,
                            ClientTokens.KIND))
            .toList();

    private final Store store;
    private final InstantSource clock;
    private final Membership membership;
    private final List<Created> created = new ArrayList<>();

    /** Is told of each detector that the API has made. */
    interface Created {
        void created(Resource detector) throws StoreException;
    }

    /** Detectors kept in {@code store}. */
    public Detectors(Store store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.membership = new Membership(store, clock);
    }

    /** Who is a member of whom. */
    Membership membership() {
        return membership;
    }

    void onCreated(Created listener) {
        created.add(listener);
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

    /** The detector of {@code account} in {@code region}, or null. */
    @Nullable
    Resource of(String account, String region) throws StoreException {
        List<Resource> all = store.resources(account, region, KIND);
        return all.isEmpty() ? null : all.getFirst();
    }

    /** The detector of {@code account} in {@code region}, made if there is none. */
    public Resource ensured(String account, String region) throws StoreException {
        Resource detector = of(account, region);
        return detector == null ? make(account, region, new Doc()) : detector;
    }

    private Doc create(Call call) throws StoreException {
        Features.atFirst().changed(call.input(), 0); // wrong input is told before anything is looked up
        Tags.given(call.input());
        Call.Caller caller = call.caller();
        if (of(caller.account(), caller.region()) != null) {
            throw ApiException.badRequest(
                    "The request is rejected because a detector already exists for the current account.");
        }
        Resource detector = make(caller.account(), caller.region(), call.input());
        for (Created listener : created) {
            listener.created(detector);
        }
        return new Doc().with("detectorId", detector.id());
    }

    private Resource make(String account, String region, Doc input) throws StoreException {
        Features features = Features.atFirst().changed(input, seconds());
        String now = now();
        String frequency = input.text("findingPublishingFrequency");
        Doc document = new Doc()
                .with("createdAt", now)
                .with("updatedAt", now)
                .with("status", status(input))
                .with("findingPublishingFrequency", frequency == null ? "SIX_HOURS" : frequency)
                .with("tags", Tags.given(input))
                .with("features", features.toDocs());
        Resource detector = new Resource(account, region, KIND, id(account, region), document);
        store.write(transaction -> transaction.resource(detector));
        return detector;
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
        List<Resource> all = store.resources(caller.account(), caller.region(), KIND);
        return Pages.page(call, "detectorIds", all, Resource::id, Resource::id);
    }

    private Doc update(Call call) throws StoreException {
        change(required(call), call.input());
        return new Doc();
    }

    /** Changes what {@code input} names: enable, findingPublishingFrequency, features, dataSources. */
    void change(Resource detector, Doc input) throws StoreException {
        Features features = Features.of(detector.document()).changed(input, seconds());
        Doc document = new Doc().withAll(detector.document()).with("updatedAt", now());
        if (input.get("enable") != null) {
            document.with("status", status(input));
        }
        document.with("findingPublishingFrequency", input.text("findingPublishingFrequency"))
                .with("features", features.toDocs());
        store.write(transaction -> transaction.resource(detector.with(document)));
    }

    /** Findings and configuration go with it for good (F6). */
    private Doc delete(Call call) throws StoreException {
        Resource detector = required(call);
        List<Resource> members = membership.members(detector);
        if (members.stream().anyMatch(Membership::isAssociated)) {
            throw ApiException.badRequest("The request is rejected because the current account cannot delete detector"
                    + " while it has invited or associated members.");
        }
        for (Resource member : members) {
            membership.remove(member);
        }
        for (Resource invitation : membership.invitations(detector.account(), detector.region())) {
            membership.forget(invitation);
        }
        store.write(transaction -> {
            for (String kind : DEPENDENT) {
                transaction.removeResources(detector.account(), detector.region(), kind);
            }
            transaction.removeFindings(detector.account(), detector.region());
            transaction.removeResource(detector.account(), detector.region(), KIND, detector.id());
        });
        return new Doc();
    }

    /** Made from account and Region, as the engine writes it into findings. */
    private static String id(String account, String region) {
        return Hash.id("detector", account, region);
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
