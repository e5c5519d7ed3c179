package dev.tocsin.server.api.own;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingCondition;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Filters;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code POST /tocsin/v1/suppression-preview}: what a suppression rule would have hidden, before it is made, and which attack
 * sequences stand on what it would have hidden.
 */
final class SuppressionPreview {

    /** How far it looks back; findings are kept no longer by default. */
    private static final Duration BACK = Duration.ofDays(90);

    private static final int SAMPLES = 20;

    private final FindingStore findings;
    private final AccountsSeen seen;
    private final InstantSource clock;

    SuppressionPreview(Store store, AccountsSeen seen, InstantSource clock) {
        this.findings = new FindingStore(store);
        this.seen = seen;
        this.clock = clock;
    }

    /** What is hidden so far. */
    private static final class Hidden {
        private long all;
        private final Map<String, Long> byType = new TreeMap<>();
        private final List<String> samples = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<Doc> sequences = new ArrayList<>();
    }

    void addTo(OwnApi api) {
        api.on("POST suppression-preview", OwnApi.READERS, this::preview);
    }

    private ApiAnswer preview(Call.Caller caller, ApiRequest request) throws StoreException {
        Doc criteria = OwnAnswers.body(request).part("findingCriteria");
        Filters.check(criteria, Filters.ARCHIVE);
        List<FindingCondition> conditions = FindingCondition.all(criteria.part("criterion"));
        var sees = seen.by(caller.account());
        Hidden hidden = new Hidden();
        findings.current(caller.region(), clock.millis() - BACK.toMillis(), (account, document) -> {
            if (sees.test(account)) {
                look(document, conditions, hidden);
            }
        });
        return OwnAnswers.json(
                200,
                new Doc()
                        .with("days", BACK.toDays())
                        .with("findings", hidden.all)
                        .with("hidden", hidden.ids.size())
                        .with("hiddenByType", counts(hidden.byType))
                        .with("findingIds", hidden.samples)
                        .with("brokenSequences", broken(hidden)));
    }

    private static void look(Doc document, List<FindingCondition> conditions, Hidden hidden) {
        hidden.all++;
        if (document.at("service", "detection", "sequence") != null) {
            hidden.sequences.add(document);
        }
        if (FindingCondition.allHold(conditions, document)) {
            String id = String.valueOf(document.text("id"));
            hidden.byType.merge(String.valueOf(document.text("type")), 1L, Long::sum);
            hidden.ids.add(id);
            if (hidden.samples.size() < SAMPLES) {
                hidden.samples.add(id);
            }
        }
    }

    /** Sequences of which a signal is a finding that would have been hidden. */
    private static List<String> broken(Hidden hidden) {
        List<String> broken = new ArrayList<>();
        for (Doc sequence : hidden.sequences) {
            String told = sequence.part("service").part("detection").toJson();
            if (hidden.ids.stream().anyMatch(told::contains)) {
                broken.add(String.valueOf(sequence.text("id")));
            }
        }
        return broken;
    }

    private static Doc counts(Map<String, Long> byType) {
        Doc counts = new Doc();
        byType.forEach(counts::with);
        return counts;
    }
}
