package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For which members an organization's administrator has turned a custom detection rule on (F82). */
public final class CustomRuleConfigurations {

    /** The kind of a configuration; its id is made of rule and mode. */
    private static final String KIND = "customdetectionruleorganization";

    private static final String INCLUDED = "includeAccountIds";
    private static final String EXCLUDED = "excludeAccountIds";

    private final Store store;
    private final Detectors detectors;
    private final Organization organization;
    private final CustomRules rules;

    /** Configurations kept in {@code store}, of {@code rules}. */
    public CustomRuleConfigurations(Store store, Detectors detectors, Organization organization, CustomRules rules) {
        this.store = store;
        this.detectors = detectors;
        this.organization = organization;
        this.rules = rules;
    }

    /** Adds the operations on configurations. */
    public void register(Operations operations) {
        operations
                .on("CreateCustomDetectionRuleOrgConfiguration", this::create)
                .on("GetCustomDetectionRuleOrgConfiguration", this::get)
                .on("ListCustomDetectionRuleOrgConfigurations", this::list)
                .on("UpdateCustomDetectionRuleOrgConfiguration", this::update)
                .on("DeleteCustomDetectionRuleOrgConfiguration", this::delete);
    }

    private Doc create(Call call) throws StoreException {
        checkLists(call);
        Resource detector = administering(call);
        String rule = call.text("ruleId");
        rules.rule(rule);
        String mode = call.text("mode");
        if (find(call, rule, mode) != null) {
            throw ApiException.conflict(
                    "The request is rejected because the rule already has a configuration of this mode.");
        }
        Resource other = find(call, rule, mode.equals("LIVE") ? "DRY_RUN" : "LIVE");
        if (other != null && (isWhole(other.document()) || isWhole(call.input()))) {
            throw ApiException.conflict(
                    "The request is rejected because a configuration for the whole organization has the other mode.");
        }
        Doc document = new Doc()
                .with("ruleId", rule)
                .with("status", "ACTIVE")
                .with(INCLUDED, call.texts(INCLUDED))
                .with(EXCLUDED, call.texts(EXCLUDED))
                .with("createdAt", rules.now());
        keep(detector, rule, rules.inMode(document, mode));
        return new Doc();
    }

    private void keep(Resource detector, String rule, Doc document) throws StoreException {
        String mode = String.valueOf(document.text("mode"));
        store.write(transaction -> transaction.resource(
                new Resource(detector.account(), detector.region(), KIND, id(rule, mode), document)));
        for (String account : detectors.membership().shown(detector)) {
            boolean meant = isWhole(document)
                    ? !texts(document, EXCLUDED).contains(account)
                    : texts(document, INCLUDED).contains(account);
            if (meant && !account.equals(detector.account()) && !rules.isOn(account, detector.region(), rule)) {
                rules.turnOn(account, detector.region(), rule, mode, new Doc());
            }
        }
    }

    private Doc get(Call call) throws StoreException {
        administering(call);
        return new Doc().with("configuration", required(call).document());
    }

    private Doc list(Call call) throws StoreException {
        CustomRules.checkPage(call);
        administering(call);
        Call.Caller caller = call.caller();
        List<Resource> all = store.resources(caller.account(), caller.region(), KIND).stream()
                .filter(one -> rules.isInForce(one.document()))
                .filter(one -> call.text("status").isEmpty()
                        || call.text("status").equals(one.document().text("status")))
                .toList();
        return Pages.page(
                call,
                "configurations",
                all,
                Resource::id,
                one -> new Doc().withAll(one.document()).without(INCLUDED).without(EXCLUDED));
    }

    private Doc update(Call call) throws StoreException {
        checkLists(call);
        Resource detector = administering(call);
        Doc document = new Doc().withAll(required(call).document());
        if (!call.texts(INCLUDED).isEmpty() || !call.texts(EXCLUDED).isEmpty()) {
            document.with(INCLUDED, call.texts(INCLUDED)).with(EXCLUDED, call.texts(EXCLUDED));
        }
        keep(detector, call.text("RuleId"), rules.inMode(document, call.text("mode")));
        return new Doc();
    }

    private Doc delete(Call call) throws StoreException {
        administering(call);
        Resource configuration = required(call);
        store.write(transaction ->
                transaction.removeResource(configuration.account(), configuration.region(), KIND, configuration.id()));
        return new Doc();
    }

    private Resource administering(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        Resource detector = detectors.of(caller.account(), caller.region());
        if (detector == null || !organization.isAdministrator(caller.account(), caller.region())) {
            throw ApiException.accessDenied("The request is rejected because the current account is not the delegated"
                    + " administrator of the organization in this Region.");
        }
        return detector;
    }

    private Resource required(Call call) throws StoreException {
        Resource found = find(call, call.text("RuleId"), call.text("mode"));
        if (found == null) {
            throw ApiException.notFound(
                    "The request is rejected because the rule has no organization configuration of this mode.");
        }
        return found;
    }

    private @Nullable Resource find(Call call, String rule, String mode) throws StoreException {
        Call.Caller caller = call.caller();
        Resource found = store.resource(caller.account(), caller.region(), KIND, id(rule, mode));
        return found != null && rules.isInForce(found.document()) ? found : null;
    }

    private static String id(String rule, String mode) {
        return rule + "/" + mode;
    }

    private static boolean isWhole(Doc configuration) {
        return texts(configuration, INCLUDED).isEmpty();
    }

    private static List<String> texts(Doc doc, String name) {
        return doc.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static void checkLists(Call call) {
        if (!call.texts(INCLUDED).isEmpty() && !call.texts(EXCLUDED).isEmpty()) {
            throw ApiException.badRequest(
                    "The request is rejected because includeAccountIds and excludeAccountIds exclude each other.");
        }
    }
}
