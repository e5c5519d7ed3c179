package dev.tocsin.server.serve;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.Role;
import dev.tocsin.server.api.operation.AccountsSeen;
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
 * {@code POST /tocsin/v1/findings/archive} and {@code …/unarchive}: findings of any account and Region that the caller sees, where
 * ArchiveFindings knows those of one detector of the caller's own.
 */
final class FindingMarks {

    /** Findings of a request at most. */
    private static final int MOST = 200;

    private final FindingStore findings;
    private final AccountsSeen seen;
    private final WatchedWrites writes;

    FindingMarks(Store store, AccountsSeen seen, WatchedWrites writes) {
        this.findings = new FindingStore(store);
        this.seen = seen;
        this.writes = writes;
    }

    void addTo(OwnApi api) {
        api.on(
                "POST findings/archive",
                EnumSet.of(Role.ADMINISTRATOR),
                (caller, request) -> mark(caller, request, true));
        api.on(
                "POST findings/unarchive",
                EnumSet.of(Role.ADMINISTRATOR),
                (caller, request) -> mark(caller, request, false));
    }

    private ApiAnswer mark(Call.Caller caller, ApiRequest request, boolean archived) throws StoreException {
        List<String> ids = ids(OwnAnswers.body(request));
        Predicate<@Nullable String> sees = seen.by(caller.account());
        Map<String, List<Doc>> byRegion = new TreeMap<>();
        for (Doc finding : findings.documents(ids)) {
            if (sees.test(finding.text("accountId"))) {
                byRegion.computeIfAbsent(String.valueOf(finding.text("region")), region -> new ArrayList<>())
                        .add(finding);
            }
        }
        Call call =
                new Call(archived ? "ArchiveFindings" : "UnarchiveFindings", caller, new Doc().with("findingIds", ids));
        return OwnAnswers.json(200, writes.run(call, request.peer(), asked -> {
            long changed = 0;
            for (Map.Entry<String, List<Doc>> one : byRegion.entrySet()) {
                findings.archive(
                        Set.copyOf(texts(one.getValue(), "accountId")),
                        one.getKey(),
                        texts(one.getValue(), "id"),
                        archived);
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
