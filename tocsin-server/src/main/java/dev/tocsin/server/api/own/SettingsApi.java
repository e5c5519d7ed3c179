package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.store.AuditLog;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Retention;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code /tocsin/v1/detectors} and {@code …/retention}: how the service is set up, over all accounts and Regions that the caller
 * sees. Detectors are changed by GuardDuty's own operations, retention in the configuration.
 */
final class SettingsApi {

    private final Store store;
    private final AccountsSeen seen;
    private final Retention retention;

    SettingsApi(Store store, AccountsSeen seen, Retention retention) {
        this.store = store;
        this.seen = seen;
        this.retention = retention;
    }

    void addTo(OwnApi api) {
        api.on("GET detectors", OwnApi.READERS, (caller, request) -> detectors(caller))
                .on("GET retention", OwnApi.READERS, (caller, request) -> retention());
    }

    private ApiAnswer detectors(Call.Caller caller) throws StoreException {
        var sees = seen.by(caller.account());
        List<Doc> shown = new ArrayList<>();
        for (Resource detector : store.resources(Detectors.KIND)) {
            if (sees.test(detector.account())) {
                Doc document = detector.document();
                shown.add(new Doc()
                        .with("detectorId", detector.id())
                        .with("accountId", detector.account())
                        .with("region", detector.region())
                        .with("status", document.text("status"))
                        .with("features", document.get("features"))
                        .with("findingPublishingFrequency", document.text("findingPublishingFrequency"))
                        .with("tags", document.get("tags"))
                        .with("updatedAt", document.text("updatedAt")));
            }
        }
        return OwnAnswers.json(200, new Doc().with("detectors", shown));
    }

    private ApiAnswer retention() {
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("findingDays", days(retention.findingDays()))
                        .with("ledgerDays", days(retention.ledgerDays()))
                        .with("usageDays", days(retention.usageDays()))
                        .with("auditDays", AuditLog.KEPT.toDays()));
    }

    /** 0 where things are kept for ever. */
    private static int days(@Nullable Integer days) {
        return days == null ? 0 : days;
    }
}
