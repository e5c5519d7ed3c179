package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Filters;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /tocsin/v1/suppression-hits}: how many findings each suppression rule of the account and Region hides, and when it
 * last did. Where two rules match one finding, both are counted: either would do it alone.
 */
final class SuppressionHits {

    /** Newest hidden findings that are looked at. */
    static final int MOST = 5_000;

    private static final Duration BACK = Duration.ofDays(90);

    private final Store store;
    private final FindingStore findings;
    private final AccountsSeen seen;
    private final InstantSource clock;

    SuppressionHits(Store store, AccountsSeen seen, InstantSource clock) {
        this.store = store;
        this.findings = new FindingStore(store);
        this.seen = seen;
        this.clock = clock;
    }

    /** A rule and what it has hidden so far. */
    private static final class Hits {
        private final String name;
        private final List<FindingCondition> conditions;
        private long count;
        private String last = "";

        private Hits(Resource filter) {
            name = filter.id();
            conditions = FindingCondition.all(
                    filter.document().part("findingCriteria").part("criterion"));
        }

        private void look(Doc finding) {
            if (FindingCondition.allHold(conditions, finding)) {
                count++;
                String updated = String.valueOf(finding.text("updatedAt"));
                last = updated.compareTo(last) > 0 ? updated : last;
            }
        }

        private Doc toDoc() {
            return new Doc().with("name", name).with("hits", count).with("lastHit", last.isEmpty() ? null : last);
        }
    }

    void addTo(OwnApi api) {
        api.on("GET suppression-hits", OwnApi.READERS, (caller, request) -> hits(caller));
    }

    private ApiAnswer hits(Call.Caller caller) throws StoreException {
        List<Hits> rules = new ArrayList<>();
        for (Resource filter : store.resources(caller.account(), caller.region(), Filters.KIND)) {
            if (Filters.archives(filter)) {
                rules.add(new Hits(filter));
            }
        }
        var sees = seen.by(caller.account());
        long[] looked = new long[1];
        if (!rules.isEmpty()) {
            findings.suppressed(caller.region(), clock.millis() - BACK.toMillis(), MOST, (account, finding) -> {
                if (sees.test(account)) {
                    looked[0]++;
                    rules.forEach(rule -> rule.look(finding));
                }
            });
        }
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("days", BACK.toDays())
                        .with("hidden", looked[0])
                        .with("rules", rules.stream().map(Hits::toDoc).toList()));
    }
}
