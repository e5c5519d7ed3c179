package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.Alarms;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/ledger}: the rows of the objects whose key names an account that the caller sees. */
final class LedgerApi {

    /** In a row of an engine elsewhere: whose it is, where the name does not say. */
    static final String ACCOUNT = "accountId";

    private final Store store;
    private final AccountsSeen seen;
    private final Alarms alarms;

    LedgerApi(Store store, AccountsSeen seen, Alarms alarms) {
        this.store = store;
        this.seen = seen;
        this.alarms = alarms;
    }

    void addTo(OwnApi api) {
        api.on("GET ledger", OwnApi.READERS, (caller, request) -> OwnAnswers.json(200, ledger(caller)));
    }

    /** All that {@code caller} sees. */
    private Doc ledger(Call.Caller caller) throws StoreException {
        Predicate<@Nullable String> sees = seen.by(caller.account());
        Ledger ledger = new Ledger();
        new ReadObjects(store).rows(row -> {
            if (sees.test(account(row))) {
                ledger.add(LedgerRow.of(row));
            }
        });
        List<Doc> raised = alarms.open().stream()
                .filter(alarm -> alarm.account() == null || sees.test(alarm.account()))
                .map(Alarms.Alarm::toDoc)
                .toList();
        return ledger.toDoc().with("alarms", raised.isEmpty() ? null : raised);
    }

    private static @Nullable String account(Doc row) {
        String named = row.text(ACCOUNT);
        return named == null
                ? ObjectKey.parse(String.valueOf(row.text("source"))).account()
                : named;
    }
}
