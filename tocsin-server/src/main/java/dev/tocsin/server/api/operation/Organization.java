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
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The organization, which here is the accounts of this installation (F72): its management account names one delegated
 * administrator a Region, whose settings say which accounts become members by themselves and with which features.
 */
public final class Organization {

    /** The kind of an administrator's settings; their id is its detector's. */
    static final String KIND = "organization";

    /** The kind of a delegated administrator, at the management account's; its id is the administrator's account. */
    private static final String DELEGATED = "delegatedadministrator";

    private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");
    private static final String AUTO = "autoEnableOrganizationMembers";
    private static final String ALL = "ALL";
    private static final String NONE = "NONE";

    private final Store store;
    private final Detectors detectors;
    private final Membership membership;
    private final InstantSource clock;
    private final Accounts accounts;

    /** Which accounts there are. */
    public interface Accounts {
        /** The account that may name the delegated administrator; empty if there is none. */
        String management() throws StoreException;

        /** All accounts of this installation. */
        Set<String> all() throws StoreException;
    }

    /** The organization of {@code accounts}, kept in {@code store}. */
    public Organization(Store store, Detectors detectors, InstantSource clock, Accounts accounts) {
        this.store = store;
        this.detectors = detectors;
        this.membership = detectors.membership();
        this.clock = clock;
        this.accounts = accounts;
        detectors.onCreated(this::created);
    }

    /** Adds the operations on the organization. */
    public void register(Operations operations) {
        operations
                .on("EnableOrganizationAdminAccount", this::enable)
                .on("DisableOrganizationAdminAccount", this::disable)
                .on("ListOrganizationAdminAccounts", this::list)
                .on("DescribeOrganizationConfiguration", this::describe)
                .on("UpdateOrganizationConfiguration", this::update)
                .on("GetOrganizationStatistics", this::statistics);
    }

    /** Whether {@code account} is in the organization that {@code detector}'s account administers. */
    boolean has(Resource detector, String account) throws StoreException {
        return isAdministrator(detector.account(), detector.region())
                && accounts.all().contains(account);
    }

    /** Makes {@code member} one of {@code administrator}'s, with a detector; false if it has joined another. */
    boolean join(Resource administrator, Resource member) throws StoreException {
        Resource other = membership.administrator(member.id(), member.region());
        if (other != null && !other.id().equals(administrator.account())) {
            return false;
        }
        Doc document = new Doc().withAll(member.document()).with(Membership.ORGANIZATION, true);
        if (document.text("email") == null) {
            document.with("email", "unknown"); // required in an answer, and an organization knows it where there is one
        }
        Resource theirs = detectors.ensured(member.id(), member.region());
        for (Doc feature : OrganizationFeatures.of(settings(administrator)).forNew()) {
            detectors.change(
                    detectors.ensured(theirs.account(), theirs.region()), new Doc().with("features", List.of(feature)));
        }
        membership.become(member.with(document.with("invitedAt", membership.now())), Membership.ENABLED);
        return true;
    }

    /** Under auto-enable ALL nobody can be let go (F72). */
    void refuseUnderAll(Resource detector) throws StoreException {
        if (isAdministrator(detector.account(), detector.region())
                && ALL.equals(settings(detector).text(AUTO))) {
            throw ApiException.badRequest(
                    "The request is rejected because auto-enable is ALL for the members of the organization.");
        }
    }

    private Doc enable(Call call) throws StoreException {
        String account = call.text("adminAccountId");
        if (!ACCOUNT.matcher(account).matches()) {
            throw ApiException.invalid("adminAccountId", "Expected the 12 digits of an account.");
        }
        refuseOthersThanManagement(call);
        Call.Caller caller = call.caller();
        List<Resource> now = store.resources(caller.account(), caller.region(), DELEGATED);
        if (now.stream().anyMatch(one -> !one.id().equals(account))) {
            throw ApiException.badRequest(
                    "The request is rejected because the organization already has a delegated administrator.");
        }
        store.write(transaction ->
                transaction.resource(new Resource(caller.account(), caller.region(), DELEGATED, account, new Doc())));
        detectors.ensured(account, caller.region());
        return new Doc();
    }

    private Doc disable(Call call) throws StoreException {
        refuseOthersThanManagement(call);
        Call.Caller caller = call.caller();
        String account = call.text("adminAccountId");
        if (store.resource(caller.account(), caller.region(), DELEGATED, account) == null) {
            throw ApiException.badRequest(
                    "The request is rejected because the account is not the delegated administrator.");
        }
        for (Resource member : store.resources(account, caller.region(), Membership.MEMBER)) {
            if (Membership.isOfOrganization(member) && Membership.isAssociated(member)) {
                membership.become(member, Membership.REMOVED);
            }
        }
        store.write(transaction -> {
            transaction.removeResource(caller.account(), caller.region(), DELEGATED, account);
            transaction.removeResources(account, caller.region(), KIND);
        });
        return new Doc();
    }

    private Doc list(Call call) throws StoreException {
        refuseOthersThanManagement(call);
        Call.Caller caller = call.caller();
        List<Resource> all = store.resources(caller.account(), caller.region(), DELEGATED);
        return Pages.page(
                call,
                "adminAccounts",
                all,
                Resource::id,
                one -> new Doc().with("adminAccountId", one.id()).with("adminStatus", "ENABLED"));
    }

    private Doc describe(Call call) throws StoreException {
        Doc settings = settings(administering(call));
        String auto = auto(settings);
        OrganizationFeatures features = OrganizationFeatures.of(settings);
        return new Doc()
                .with("memberAccountLimitReached", false)
                .with("autoEnable", !auto.equals(NONE))
                .with("dataSources", features.dataSources())
                .with("features", features.toDocs())
                .with(AUTO, auto);
    }

    private Doc update(Call call) throws StoreException {
        Doc input = call.input();
        String wanted = input.text(AUTO);
        Boolean older = input.get("autoEnable") instanceof Boolean on ? on : null;
        if (wanted == null && older == null) {
            throw ApiException.badRequest(
                    "The request is rejected because the parameter " + AUTO + " or autoEnable is missing.");
        }
        if (wanted == null) {
            wanted = Boolean.TRUE.equals(older) ? "NEW" : NONE;
        } else if (older != null && older == wanted.equals(NONE)) {
            throw ApiException.invalid("autoEnable", "Expected what " + AUTO + " says, or nothing.");
        }
        Resource detector = administering(call);
        OrganizationFeatures features =
                OrganizationFeatures.of(settings(detector)).changed(input);
        Doc settings = new Doc().with(AUTO, wanted).with("features", features.toDocs());
        store.write(transaction -> transaction.resource(
                new Resource(detector.account(), detector.region(), KIND, detector.id(), settings)));
        if (wanted.equals(ALL)) {
            joinAll(detector);
        }
        for (Resource member : membership.members(detector)) {
            if (Membership.isOfOrganization(member) && Membership.isJoined(member)) {
                for (Doc feature : features.forAll()) {
                    detectors.change(
                            detectors.ensured(member.id(), member.region()),
                            new Doc().with("features", List.of(feature)));
                }
            }
        }
        return new Doc();
    }

    private void joinAll(Resource detector) throws StoreException {
        for (String account : accounts.all()) {
            Resource member = membership.member(detector, account);
            if (!account.equals(detector.account()) && (member == null || !Membership.isJoined(member))) {
                join(detector, member == null ? newMember(detector, account) : member);
            }
        }
    }

    /** An account that comes new becomes a member where that is the setting. */
    private void created(Resource detector) throws StoreException {
        Resource delegated = delegated(detector.region());
        Resource administrator = delegated == null ? null : detectors.of(delegated.id(), detector.region());
        if (administrator != null
                && !administrator.account().equals(detector.account())
                && accounts.all().contains(detector.account())
                && !auto(settings(administrator)).equals(NONE)) {
            join(administrator, newMember(administrator, detector.account()));
        }
    }

    private static Resource newMember(Resource administrator, String account) {
        return new Resource(administrator.account(), administrator.region(), Membership.MEMBER, account, new Doc());
    }

    private Doc statistics(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        Resource detector = detectors.of(caller.account(), caller.region());
        if (detector == null || !isAdministrator(caller.account(), caller.region())) {
            throw notAdministrator();
        }
        List<Resource> joined = membership.members(detector).stream()
                .filter(Membership::isJoined)
                .toList();
        OrganizationFeatures.Count count = new OrganizationFeatures.Count();
        count.add(detector);
        for (Resource member : joined) {
            Resource theirs = detectors.of(member.id(), member.region());
            if (theirs != null) {
                count.add(theirs);
            }
        }
        Doc statistics = new Doc()
                .with("totalAccountsCount", accounts.all().size())
                .with("memberAccountsCount", joined.size())
                .with("activeAccountsCount", 1 + joined.size())
                .with("enabledAccountsCount", count.enabled())
                .with("countByFeature", count.byFeature());
        return new Doc()
                .with(
                        "organizationDetails",
                        new Doc()
                                .with("updatedAt", clock.instant().getEpochSecond())
                                .with("organizationStatistics", statistics));
    }

    private Resource administering(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        if (!isAdministrator(detector.account(), detector.region())) {
            throw notAdministrator();
        }
        return detector;
    }

    private static ApiException notAdministrator() {
        return ApiException.badRequest("The request is rejected because the current account is not the delegated"
                + " administrator of the organization in this Region.");
    }

    private void refuseOthersThanManagement(Call call) throws StoreException {
        if (!call.caller().account().equals(accounts.management())) {
            throw ApiException.badRequest("The request is rejected because the current account is not the management"
                    + " account of the organization.");
        }
    }

    /** Whether {@code account} is the delegated administrator in {@code region}. */
    boolean isAdministrator(String account, String region) throws StoreException {
        Resource delegated = delegated(region);
        return delegated != null && delegated.id().equals(account);
    }

    private @Nullable Resource delegated(String region) throws StoreException {
        List<Resource> all = store.resources(accounts.management(), region, DELEGATED);
        return all.isEmpty() ? null : all.getFirst();
    }

    private Doc settings(Resource administrator) throws StoreException {
        Resource settings = store.resource(administrator.account(), administrator.region(), KIND, administrator.id());
        return settings == null ? new Doc() : settings.document();
    }

    private static String auto(Doc settings) {
        String auto = settings.text(AUTO);
        return auto == null ? NONE : auto;
    }
}
