package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.StoreException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/audit}: who wrote what, the newest first. */
final class AuditApi {

    private static final int PAGE = 100;
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{1,64}");
    private static final String BEFORE = "before=";

    private final AuditLog audit;
    private final AccountsSeen seen;

    AuditApi(AuditLog audit, AccountsSeen seen) {
        this.audit = audit;
        this.seen = seen;
    }

    void addTo(OwnApi api) {
        api.on("GET audit", OwnApi.READERS, this::list);
    }

    private ApiAnswer list(Call.Caller caller, ApiRequest request) throws StoreException {
        List<Doc> rows = audit.rows(seen.by(caller.account()), before(request.rawQuery()), PAGE);
        String next = rows.size() == PAGE ? rows.getLast().text("id") : null;
        return OwnAnswers.json(200, new Doc().with("entries", rows).with("before", next));
    }

    private static @Nullable String before(String query) {
        if (query.isEmpty()) {
            return null;
        }
        String id = query.startsWith(BEFORE) ? query.substring(BEFORE.length()) : "";
        if (!ID.matcher(id).matches()) {
            throw ApiException.invalid("before", "Expected what an earlier answer gave.");
        }
        return id;
    }
}
