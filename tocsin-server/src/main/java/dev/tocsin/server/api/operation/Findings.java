package dev.tocsin.server.api.operation;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.core.finding.FindingDocument;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Operations;
import dev.tocsin.server.store.FindingAttributes;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The findings of a detector: listed, shown, counted, archived, judged. */
public final class Findings {

    /** Feedback that a finding should not have been. */
    public static final String NOT_USEFUL = "NOT_USEFUL";

    private static final int MOST_LISTED = 50;
    private static final int USUAL_GROUPS = 25;

    private final Detectors detectors;
    private final FindingStore findings;
    private final ProfileChanges profiles;

    /** The findings of {@code detectors}; what one of habits tells of is usual in {@code profiles} if it was of no use. */
    public Findings(Detectors detectors, FindingStore findings, ProfileChanges profiles) {
        this.detectors = detectors;
        this.findings = findings;
        this.profiles = profiles;
    }

    /** Adds the operations on findings. */
    public void register(Operations operations) {
        operations
                .on("ListFindings", this::list)
                .on("GetFindings", this::get)
                .on("ArchiveFindings", call -> archive(call, true))
                .on("UnarchiveFindings", call -> archive(call, false))
                .on("UpdateFindingsFeedback", this::feedback)
                .on("GetFindingsStatistics", this::statistics);
    }

    private Doc list(Call call) throws StoreException {
        FindingQuery query = query(call);
        FindingQuery.Sort sort = sort(call.input().part("sortCriteria"));
        int limit = (int) call.input().number("maxResults", MOST_LISTED);
        String order = sort.attribute() + (sort.descending() ? " DESC\n" : " ASC\n");
        FindingQuery.Page page;
        try {
            page = findings.ids(query, sort, limit, place(call.text("nextToken"), order));
        } catch (IllegalArgumentException e) {
            throw ApiException.invalid("nextToken", "");
        }
        String next = page.next();
        return new Doc()
                .with("findingIds", page.ids())
                .with("nextToken", next == null ? "" : Pages.encode(order + next));
    }

    /** Where the page of {@code token} begins, or null for the first; another order knows no such place. */
    private static @Nullable String place(String token, String order) {
        if (token.isEmpty()) {
            return null;
        }
        String place = Pages.decode(token);
        if (!place.startsWith(order)) {
            throw ApiException.invalid("nextToken", "It is of a list in another order.");
        }
        return place.substring(order.length());
    }

    private Doc get(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        List<Doc> documents = findings.documents(accounts(detector), detector.region(), call.texts("findingIds"));
        List<Doc> sorted = sorted(documents, call.input().at("sortCriteria"));
        return new Doc()
                .with(
                        "findings",
                        sorted.stream()
                                .map(finding ->
                                        FindingDocument.getFindings(finding).without("tocsin"))
                                .toList());
    }

    private static List<Doc> sorted(List<Doc> documents, @Nullable Doc criteria) {
        if (criteria == null) {
            return documents;
        }
        FindingQuery.Sort sort = sort(criteria);
        String name = sort.attribute();
        if (name == null) {
            return documents;
        }
        List<Doc> sorted = new ArrayList<>(documents);
        sorted.sort(FindingAttributes.order(name, sort.descending()));
        return sorted;
    }

    private Doc archive(Call call, boolean archived) throws StoreException {
        Resource detector = detectors.required(call);
        findings.archive(accounts(detector), detector.region(), call.texts("findingIds"), archived);
        return new Doc();
    }

    private Doc feedback(Call call) throws StoreException {
        Resource detector = detectors.required(call);
        List<String> ids = call.texts("findingIds");
        findings.feedback(accounts(detector), detector.region(), ids, call.text("feedback"));
        if (NOT_USEFUL.equals(call.text("feedback"))) {
            for (Doc finding : findings.documents(accounts(detector), detector.region(), ids)) {
                profiles.accept(finding);
            }
        }
        return new Doc();
    }

    private Doc statistics(Call call) throws StoreException {
        FindingQuery query = query(call);
        Doc input = call.input();
        String groupBy = input.text("groupBy");
        boolean old = !call.texts("findingStatisticTypes").isEmpty();
        if (groupBy == null) {
            if (!old || input.get("maxResults") != null || input.get("orderBy") != null) {
                throw ApiException.badRequest("The request is rejected because it names neither groupBy nor"
                        + " findingStatisticTypes, or maxResults or orderBy without groupBy.");
            }
            Doc counts = new Doc();
            findings.countBySeverity(query).forEach((severity, count) -> counts.with(String.valueOf(severity), count));
            return new Doc().with("findingStatistics", new Doc().with("countBySeverity", counts));
        }
        if (old) {
            throw ApiException.badRequest(
                    "The request is rejected because groupBy and findingStatisticTypes exclude each other.");
        }
        FindingStore.GroupBy by = FindingStore.GroupBy.valueOf(groupBy);
        List<FindingStore.Group> groups = findings.grouped(
                query, by, "ASC".equals(input.text("orderBy")), (int) input.number("maxResults", USUAL_GROUPS));
        return new Doc()
                .with(
                        "findingStatistics",
                        new Doc()
                                .with(
                                        member(by),
                                        groups.stream()
                                                .map(group -> group(by, group))
                                                .toList()));
    }

    private static String member(FindingStore.GroupBy by) {
        return switch (by) {
            case ACCOUNT -> "groupedByAccount";
            case DATE -> "groupedByDate";
            case FINDING_TYPE -> "groupedByFindingType";
            case RESOURCE -> "groupedByResource";
            case SEVERITY -> "groupedBySeverity";
        };
    }

    private static Doc group(FindingStore.GroupBy by, FindingStore.Group group) {
        Map<String, Object> keys = group.keys();
        Doc doc = new Doc().with("totalFindings", group.total()).with("lastGeneratedAt", group.last() / 1000);
        return switch (by) {
            case ACCOUNT -> doc.with("accountId", keys.get("account"));
            case DATE -> doc.with("date", group.number("day") * 86_400).with("severity", keys.get("severity"));
            case FINDING_TYPE -> doc.with("findingType", keys.get("type"));
            case RESOURCE ->
                doc.with("accountId", keys.get("account"))
                        .with("resourceType", keys.get("resourceType"))
                        .with("resourceId", keys.get("resourceId"));
            case SEVERITY -> doc.with("severity", keys.get("severity"));
        };
    }

    /**
     * The conditions of {@code criteria}, a FindingCriteria as ListFindings takes it.
     *
     * @throws ApiException if findings are not listed by one of them
     */
    public static List<FindingCondition> conditions(Doc criteria) {
        return conditions(criteria, FindingAttributes::isListed);
    }

    /** The same, where {@code listed} says by which attributes findings are listed. */
    public static List<FindingCondition> conditions(Doc criteria, Predicate<String> listed) {
        List<FindingCondition> conditions = FindingCondition.all(criteria.part("criterion"));
        for (FindingCondition condition : conditions) {
            if (!listed.test(condition.attribute())) {
                throw ApiException.invalid(
                        "findingCriteria", "Findings are not listed by '" + condition.attribute() + "'.");
            }
            if (!condition.like().isEmpty() || !condition.unlike().isEmpty()) {
                throw ApiException.invalid("findingCriteria", "matches and notMatches are for filters alone.");
            }
        }
        return conditions;
    }

    private FindingQuery query(Call call) throws StoreException {
        List<FindingCondition> conditions = conditions(call.input().part("findingCriteria"));
        Resource detector = detectors.required(call);
        return new FindingQuery(accounts(detector), detector.region(), conditions);
    }

    /**
     * The order that {@code criteria}, a SortCriteria, asks for.
     *
     * @throws ApiException if findings are not sorted by it
     */
    public static FindingQuery.Sort sort(Doc criteria) {
        String attribute = criteria.text("attributeName");
        if (attribute != null && !FindingAttributes.isListed(attribute)) {
            throw ApiException.invalid("sortCriteria", "Findings are not sorted by '" + attribute + "'.");
        }
        return new FindingQuery.Sort(attribute, !"ASC".equals(criteria.text("orderBy")));
    }

    /** Whose findings the detector shows. */
    private Set<String> accounts(Resource detector) throws StoreException {
        return detectors.membership().shown(detector);
    }
}
