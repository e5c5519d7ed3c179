package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Findings;
import dev.tocsin.server.api.operation.ProfileChanges;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /tocsin/v1/findings/archive}, {@code …/unarchive} and {@code …/feedback}: findings of any account and Region that the
 * caller sees, where ArchiveFindings and UpdateFindingsFeedback know those of one detector of the caller's own.
 */
final class FindingMarks {

    /** Findings of a request at most. */
    private static final int MOST = 200;

    private final FindingStore findings;
    private final AccountsSeen seen;
    private final WatchedWrites writes;
    private final ProfileChanges profiles;

    /** What a finding of no use tells of is usual in {@code profiles}. */
    FindingMarks(Store store, AccountsSeen seen, WatchedWrites writes, ProfileChanges profiles) {
        this.findings = new FindingStore(store);
        this.seen = seen;
        this.writes = writes;
        this.profiles = profiles;
    }

    void addTo(OwnApi api) {
        Set<Role> administrators = EnumSet.of(Role.ADMINISTRATOR);
        api.on("POST findings/archive", administrators, (caller, request) -> archive(caller, request, true))
                .on("POST findings/unarchive", administrators, (caller, request) -> archive(caller, request, false))
                .on("POST findings/feedback", administrators, this::feedback);
    }

    /** Marks findings of an account's Region. */
    @FunctionalInterface
    private interface Mark {
        void of(Set<String> accounts, String region, List<Doc> some) throws StoreException;
    }

    private ApiAnswer archive(Call.Caller caller, ApiRequest request, boolean archived) throws StoreException {
        Call call = call(archived ? "ArchiveFindings" : "UnarchiveFindings", caller, request);
        return mark(
                call,
                request,
                (accounts, region, some) -> findings.archive(accounts, region, texts(some, "id"), archived));
    }

    private ApiAnswer feedback(Call.Caller caller, ApiRequest request) throws StoreException {
        Call call = call("UpdateFindingsFeedback", caller, request);
        String feedback = String.valueOf(OwnAnswers.body(request).text("feedback"));
        if (!feedback.equals("USEFUL") && !feedback.equals(Findings.NOT_USEFUL)) {
            throw ApiException.invalid("feedback", "Expected USEFUL or " + Findings.NOT_USEFUL + ".");
        }
        call.input().with("feedback", feedback);
        return mark(call, request, (accounts, region, some) -> {
            findings.feedback(accounts, region, texts(some, "id"), feedback);
            for (Doc finding : feedback.equals(Findings.NOT_USEFUL) ? some : List.<Doc>of()) {
                profiles.accept(finding);
            }
        });
    }

    private static Call call(String operation, Call.Caller caller, ApiRequest request) {
        return new Call(operation, caller, new Doc().with("findingIds", ids(OwnAnswers.body(request))));
    }

    private ApiAnswer mark(Call call, ApiRequest request, Mark mark) throws StoreException {
        Predicate<@Nullable String> sees = seen.by(call.caller().account());
        Map<String, List<Doc>> byRegion = new TreeMap<>();
        for (Doc finding : findings.documents(call.texts("findingIds"))) {
            if (sees.test(finding.text("accountId"))) {
                byRegion.computeIfAbsent(String.valueOf(finding.text("region")), region -> new ArrayList<>())
                        .add(finding);
            }
        }
        return OwnAnswers.json(200, writes.run(call, request.peer(), asked -> {
            long changed = 0;
            for (Map.Entry<String, List<Doc>> one : byRegion.entrySet()) {
                mark.of(Set.copyOf(texts(one.getValue(), "accountId")), one.getKey(), one.getValue());
                changed += one.getValue().size();
            }
            return new Doc().with("found", changed);
        }));
    }

    private static List<String> texts(List<Doc> findings, String member) {
        return findings.stream()
                .map(finding -> String.valueOf(finding.text(member)))
                .distinct()
                .toList();
    }

    static List<String> ids(Doc body) {
        if (!(body.get("findingIds") instanceof List<?> list) || list.isEmpty() || list.size() > MOST) {
            throw ApiException.invalid("findingIds", "Expected a list of 1 to " + MOST + " ids.");
        }
        return list.stream().map(String::valueOf).toList();
    }
}
