package dev.tocsin.server.api.operation;

import dev.tocsin.core.event.Partition;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The library of custom detection rules, and which of them an account has turned on (F79 to F81). */
public final class CustomRules {

    /** The kind of an association in the store. */
    public static final String KIND = "customdetectionrule";

    private static final int MOST_LISTED = 100;

    /** What only tries a rule ends after that long. */
    private static final Duration DRY_RUN = Duration.ofDays(14);

    private static final List<String> SUMMARY = List.of(
            "ruleId",
            "arn",
            "name",
            "description",
            "severity",
            "dataSource",
            "tactic",
            "technique",
            "service",
            "createdAt",
            "language",
            "schema",
            "updatedAt");

    private final Store store;
    private final Ids ids;
    private final InstantSource clock;
    private final List<Doc> library;

    /** Associations kept in {@code store}, of the rules in {@code library}, each in the form of RuleDetail. */
    public CustomRules(Store store, Ids ids, InstantSource clock, List<Doc> library) {
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.library = library;
    }

    /** Adds the operations on rules and associations. */
    public void register(Operations operations) {
        operations
                .on("ListCustomDetectionRules", this::rules)
                .on("GetCustomDetectionRule", call -> new Doc().with("rule", rule(call.text("RuleId"))))
                .on("CreateCustomDetectionRuleAssociation", this::create)
                .on("GetCustomDetectionRuleAssociation", this::get)
                .on("ListCustomDetectionRuleAssociations", this::list)
                .on("UpdateCustomDetectionRuleAssociation", this::update)
                .on("DeleteCustomDetectionRuleAssociation", this::delete);
    }

    private Doc rules(Call call) {
        checkPage(call);
        List<Doc> filters = Features.docs(call.input(), "filters");
        List<Doc> rules = library.stream()
                .filter(rule -> filters.stream().allMatch(filter -> holds(filter, rule)))
                .toList();
        return Pages.page(call, "rules", rules, rule -> String.valueOf(rule.text("ruleId")), CustomRules::summary);
    }

    private static Doc summary(Doc rule) {
        Doc summary = new Doc();
        SUMMARY.forEach(member -> summary.with(member, rule.get(member)));
        return summary;
    }

    private static boolean holds(Doc filter, Doc rule) {
        String value = lower(rule.get(String.valueOf(filter.text("name"))));
        boolean contains = "CONTAINS".equals(filter.text("condition"));
        return filter.get("values") instanceof List<?> values
                && values.stream()
                        .map(CustomRules::lower)
                        .anyMatch(wanted -> contains ? value.contains(wanted) : value.equals(wanted));
    }

    private static String lower(@Nullable Object value) {
        return String.valueOf(value).toLowerCase(Locale.ROOT);
    }

    /** Lists of rules have pages of up to 100; the model does not say so. */
    static void checkPage(Call call) {
        long most = call.input().number("maxResults", 1);
        if (most < 1 || most > MOST_LISTED) {
            throw ApiException.invalid("maxResults", "Expected 1 to " + MOST_LISTED + ".");
        }
    }

    /** The rule of {@code id}. */
    Doc rule(String id) {
        return library.stream()
                .filter(rule -> id.equals(rule.text("ruleId")))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "The request is rejected because there is no such custom detection rule."));
    }

    private Doc create(Call call) throws StoreException {
        String rule = call.text("ruleId");
        rule(rule);
        Call.Caller caller = call.caller();
        if (isOn(caller.account(), caller.region(), rule)) {
            throw ApiException.conflict("The request is rejected because the rule already has an association.");
        }
        Resource association =
                turnOn(caller.account(), caller.region(), rule, call.text("mode"), Tags.given(call.input()));
        return new Doc().with("ruleAssociation", shown(association));
    }

    /** Whether {@code account} has turned {@code rule} on. */
    boolean isOn(String account, String region, String rule) throws StoreException {
        return all(account, region).stream()
                .anyMatch(one -> rule.equals(one.document().text("ruleId")));
    }

    /** Turns {@code rule} on for {@code account}. */
    Resource turnOn(String account, String region, String rule, String mode, Doc tags) throws StoreException {
        String id = ids.next();
        String arn = "arn:" + Partition.of(region) + ":guardduty:" + region + ":" + account + ":custom-detection-rule/"
                + rule + "/association/" + id;
        Doc document = new Doc()
                .with("associationId", id)
                .with("arn", arn)
                .with("ruleId", rule)
                .with("accountId", account)
                .with("createdAt", now())
                .with("tags", tags);
        Resource association = new Resource(account, region, KIND, id, inMode(document, mode));
        store.write(transaction -> transaction.resource(association));
        return association;
    }

    /** {@code document} with {@code mode}, and when that ends. */
    Doc inMode(Doc document, String mode) {
        Doc changed = new Doc()
                .withAll(document)
                .with("mode", mode)
                .with("updatedAt", now())
                .without("expiresAt");
        return mode.equals("DRY_RUN") ? changed.with("expiresAt", now() + DRY_RUN.toSeconds()) : changed;
    }

    /** Whether what {@code document} says has not ended. */
    boolean isInForce(Doc document) {
        return document.number("expiresAt", Long.MAX_VALUE) > now();
    }

    private Doc get(Call call) throws StoreException {
        Resource association = required(call);
        return new Doc()
                .with("ruleAssociation", shown(association))
                .with("tags", association.document().part("tags"));
    }

    private Doc list(Call call) throws StoreException {
        checkPage(call);
        Call.Caller caller = call.caller();
        List<Resource> all = all(caller.account(), caller.region()).stream()
                .filter(one -> isAsked(call, "ruleId", one) && isAsked(call, "mode", one))
                .toList();
        return Pages.page(
                call, "ruleAssociations", all, Resource::id, one -> shown(one).without("accountId"));
    }

    private static boolean isAsked(Call call, String member, Resource one) {
        return call.text(member).isEmpty()
                || call.text(member).equals(one.document().text(member));
    }

    private Doc update(Call call) throws StoreException {
        Resource association = required(call);
        store.write(transaction ->
                transaction.resource(association.with(inMode(association.document(), call.text("mode")))));
        return new Doc();
    }

    private Doc delete(Call call) throws StoreException {
        Resource association = required(call);
        store.write(transaction ->
                transaction.removeResource(association.account(), association.region(), KIND, association.id()));
        return new Doc();
    }

    private static Doc shown(Resource association) {
        return new Doc().withAll(association.document()).without("tags");
    }

    private List<Resource> all(String account, String region) throws StoreException {
        return store.resources(account, region, KIND).stream()
                .filter(one -> isInForce(one.document()))
                .toList();
    }

    private Resource required(Call call) throws StoreException {
        Call.Caller caller = call.caller();
        return all(caller.account(), caller.region()).stream()
                .filter(one -> one.id().equals(call.text("AssociationId"))
                        && call.text("RuleId").equals(one.document().text("ruleId")))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(
                        "The request is rejected because there is no such association of the rule."));
    }

    long now() {
        return clock.instant().getEpochSecond();
    }
}
