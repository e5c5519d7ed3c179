package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Findings;
import dev.tocsin.server.api.operation.Pages;
import dev.tocsin.server.store.Cases;
import dev.tocsin.server.store.FindingAttributes;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /tocsin/v1/findings/search} and {@code …/counts}: findings of all accounts and Regions that the caller sees, where
 * ListFindings and GetFindingsStatistics know those of one detector. A global service's finding is met once, in its own Region.
 */
final class FindingSearch {

    private static final int USUAL = 50;
    private static final int MOST = 200;
    private static final int USUAL_GROUPS = 100;
    private static final int MOST_GROUPS = 1_000;

    /** Groupings by what findings have no column for. */
    private static final Map<String, List<String>> ATTRIBUTES = Map.of(
            "IDENTITY", List.of("resource.accessKeyDetails.userName"),
            "CALLER_COUNTRY", List.of("service.action.awsApiCallAction.remoteIpDetails.country.countryName"),
            "PEER_COUNTRY", List.of("service.action.networkConnectionAction.remoteIpDetails.country.countryName"),
            "ATTACK_SEQUENCE", List.of(FindingAttributes.SEQUENCE));

    private final FindingStore findings;
    private final Cases cases;
    private final AccountsSeen seen;

    FindingSearch(Store store, AccountsSeen seen) {
        this.findings = new FindingStore(store);
        this.cases = new Cases(store);
        this.seen = seen;
    }

    void addTo(OwnApi api) {
        api.on("POST findings/search", OwnApi.READERS, this::search);
        api.on("POST findings/counts", OwnApi.READERS, this::counts);
    }

    private ApiAnswer search(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request);
        FindingQuery query = query(caller, body);
        int limit = limit(body, USUAL, MOST);
        if (query.accounts().isEmpty() || query.regions().isEmpty()) {
            return OwnAnswers.json(200, new Doc().with("findings", List.of()).with("nextToken", ""));
        }
        String token = body.text("nextToken");
        FindingQuery.Page page;
        try {
            page = findings.ids(
                    query,
                    Findings.sort(body.part("sortCriteria")),
                    limit,
                    token == null || token.isEmpty() ? null : Pages.decode(token));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("nextToken", "");
        }
        String next = page.next();
        @Nullable UnaryOperator<Doc> form = form(body);
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("findings", form == null ? rows(page.ids()) : whole(page.ids(), form))
                        .with("nextToken", next == null ? "" : Pages.encode(next)));
    }

    private List<Doc> rows(List<String> ids) throws StoreException {
        Map<String, Cases.Case> worked = cases.of(ids);
        List<Doc> rows = new ArrayList<>();
        for (Doc finding : findings.documents(ids)) {
            Doc row = row(finding);
            Cases.Case one = worked.get(finding.text("id"));
            if (one != null) {
                row.with("caseStatus", one.status().name()).with("owner", one.owner());
            }
            rows.add(row);
        }
        return rows;
    }

    private List<Doc> whole(List<String> ids, UnaryOperator<Doc> form) throws StoreException {
        return findings.documents(ids).stream().map(form).toList();
    }

    /** What is shown of each finding that is asked for whole; null for rows. */
    private static @Nullable UnaryOperator<Doc> form(Doc body) {
        String form = body.text("form");
        return switch (form == null ? "row" : form) {
            case "row" -> null;
            case "api" -> finding -> FindingDocument.getFindings(finding).without("tocsin");
            case "export" -> finding -> finding;
            default -> throw ApiException.invalid("form", "Expected row, api or export.");
        };
    }

    private ApiAnswer counts(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc body = OwnAnswers.body(request);
        String by = String.valueOf(body.text("groupBy")).toUpperCase(Locale.ROOT);
        List<String> attributes = ATTRIBUTES.get(by);
        if (attributes == null && !isGrouping(by)) {
            throw ApiException.invalid(
                    "groupBy",
                    "Expected ACCOUNT, DATE, FINDING_TYPE, RESOURCE, SEVERITY, IDENTITY, CALLER_COUNTRY, PEER_COUNTRY or"
                            + " ATTACK_SEQUENCE.");
        }
        FindingQuery query = query(caller, body);
        int limit = limit(body, USUAL_GROUPS, MOST_GROUPS);
        List<FindingStore.Group> groups;
        if (query.accounts().isEmpty() || query.regions().isEmpty()) {
            groups = List.of();
        } else {
            groups = attributes == null
                    ? findings.grouped(query, FindingStore.GroupBy.valueOf(by), false, limit)
                    : findings.byAttribute(query, attributes, limit);
        }
        return OwnAnswers.json(
                200,
                new Doc()
                        .with(
                                "groups",
                                groups.stream().map(FindingSearch::group).toList()));
    }

    private static boolean isGrouping(String by) {
        return Arrays.stream(FindingStore.GroupBy.values()).map(Enum::name).anyMatch(by::equals);
    }

    private static Doc group(FindingStore.Group group) {
        Doc doc = new Doc();
        group.keys().forEach(doc::with);
        return doc.with("total", group.total()).with("updatedAt", group.last());
    }

    private static int limit(Doc body, int usual, int most) {
        long limit = body.number("maxResults", usual);
        if (limit < 1 || limit > most) {
            throw ApiException.invalid("maxResults", "Expected 1 to " + most + ".");
        }
        return (int) limit;
    }

    private FindingQuery query(Call.Caller caller, Doc body) throws StoreException {
        List<FindingCondition> conditions = new ArrayList<>(Findings.conditions(
                body.part("findingCriteria"),
                name -> FindingAttributes.isListed(name) || FindingAttributes.isOwn(name)));
        conditions.addAll(ofCase(body.part("case")));
        Predicate<@Nullable String> sees = seen.by(caller.account());
        Set<String> accounts = new HashSet<>();
        Set<String> regions = new HashSet<>();
        for (FindingStore.Place place : findings.places()) {
            if (sees.test(place.account())) {
                accounts.add(place.account());
                regions.add(place.region());
            }
        }
        return new FindingQuery(accounts, regions, conditions, true);
    }

    /** What {@code wanted} says of the work on a finding: status and owner, each one of a list. */
    private static List<FindingCondition> ofCase(Doc wanted) {
        Doc criterion = new Doc();
        if (wanted.get("status") instanceof List<?> status) {
            criterion.with(Cases.STATUS, new Doc().with("equals", status));
        }
        if (wanted.get("owner") instanceof List<?> owner) {
            criterion.with(Cases.OWNER, new Doc().with("equals", owner));
        }
        return FindingCondition.all(criterion);
    }

    /** What a list shows of a finding. */
    static Doc row(Doc finding) {
        Doc service = finding.part("service");
        Doc tocsin = finding.part("tocsin");
        return new Doc()
                .with("id", finding.text("id"))
                .with("type", finding.text("type"))
                .with("severity", finding.get("severity"))
                .with("accountId", finding.text("accountId"))
                .with("region", finding.text("region"))
                .with("title", finding.text("title"))
                .with("resourceType", finding.part("resource").text("resourceType"))
                .with("resourceId", FindingAttributes.resourceId(finding))
                .with("firstSeen", service.text("eventFirstSeen"))
                .with("lastSeen", service.text("eventLastSeen"))
                .with("createdAt", finding.text("createdAt"))
                .with("updatedAt", finding.text("updatedAt"))
                .with("count", service.number("count", 1))
                .with("archived", service.get("archived"))
                .with("userFeedback", service.text("userFeedback"))
                .with("detectorId", service.text("detectorId"))
                .with("priority", tocsin.part("priority"))
                .with("technique", tocsin.text("technique"))
                .with("associatedAttackSequenceArn", finding.text("associatedAttackSequenceArn"));
    }
}
