package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/findings/ID}: a finding with its evidence, which GuardDuty's own form has no place for. */
final class FindingsApi {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{6,32}");

    private final FindingStore findings;
    private final AccountsSeen seen;

    FindingsApi(Store store, AccountsSeen seen) {
        this.findings = new FindingStore(store);
        this.seen = seen;
    }

    void addTo(OwnApi api) {
        api.on("GET findings/*", OwnApi.READERS, this::finding);
    }

    private ApiAnswer finding(Call.Caller caller, ApiRequest request) throws StoreException {
        String id = request.rawPath().substring(request.rawPath().lastIndexOf('/') + 1);
        if (!ID.matcher(id).matches()) {
            throw ApiException.invalid("id", "Expected a finding's id, or six or more letters of its beginning.");
        }
        Predicate<@Nullable String> sees = seen.by(caller.account());
        List<Doc> meant = findings.beginning(id).stream()
                .filter(finding -> sees.test(finding.text("accountId")))
                .toList();
        if (meant.size() == 1) {
            return OwnAnswers.json(200, meant.getFirst());
        }
        return OwnAnswers.message(
                404,
                (meant.isEmpty() ? "There is no finding" : "There are several findings") + " with the id " + id + ".");
    }
}
