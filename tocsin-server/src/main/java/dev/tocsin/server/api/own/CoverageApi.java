package dev.tocsin.server.api.own;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.report.Coverage;
import dev.tocsin.server.report.Seen;
import dev.tocsin.server.store.FindingQuery;
import dev.tocsin.server.store.FindingStore;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.RecordsMet;
import dev.tocsin.server.watch.Watched;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /tocsin/v1/coverage}: what each finding type could judge, by account and Region, and why not the rest. */
final class CoverageApi {

    private final Store store;
    private final AccountsSeen seen;
    private final Supplier<Knowledge> knowledge;

    /** Of what {@code store} has, judged by the lists that {@code knowledge} has now. */
    CoverageApi(Store store, AccountsSeen seen, Supplier<Knowledge> knowledge) {
        this.store = store;
        this.seen = seen;
        this.knowledge = knowledge;
    }

    void addTo(OwnApi api) {
        api.on("GET coverage", OwnApi.READERS, this::coverage);
    }

    private record Place(String account, String region) {}

    private ApiAnswer coverage(Call.Caller caller, ApiRequest request) throws StoreException {
        Predicate<@Nullable String> sees = seen.by(caller.account());
        Watched watched = Watched.of(store.resources(Detectors.KIND));
        Map<String, Map<String, Seen>> met = RecordsMet.of(store).byPlace();
        List<LedgerRow> ledger = new ArrayList<>();
        new ReadObjects(store).rows(row -> ledger.add(LedgerRow.of(row)));
        List<Doc> rows = new ArrayList<>();
        for (Place place : places(watched, met, caller)) {
            if (sees.test(place.account())) {
                Seen records = met.getOrDefault(place.account(), Map.of()).getOrDefault(place.region(), new Seen());
                rows.addAll(rows(place, watched, records, ledger));
            }
        }
        return OwnAnswers.json(200, new Doc().with("coverage", rows));
    }

    /** Where a detector stands or records were met; where the caller's key asks if there is no such place. */
    private static List<Place> places(Watched watched, Map<String, Map<String, Seen>> met, Call.Caller caller) {
        Map<String, Set<String>> places = new TreeMap<>();
        watched.off()
                .forEach((account, regions) ->
                        places.computeIfAbsent(account, any -> new TreeSet<>()).addAll(regions.keySet()));
        met.forEach((account, regions) ->
                places.computeIfAbsent(account, any -> new TreeSet<>()).addAll(regions.keySet()));
        places.computeIfAbsent(caller.account(), any -> new TreeSet<>(Set.of(caller.region())));
        List<Place> all = new ArrayList<>();
        places.forEach((account, regions) -> regions.forEach(region -> all.add(new Place(account, region))));
        return all;
    }

    private List<Doc> rows(Place place, Watched watched, Seen records, List<LedgerRow> all) throws StoreException {
        Knowledge known = knowledge.get();
        EngineServices services = known.byScope()
                .getOrDefault(
                        place.account() + "/" + place.region(),
                        known.byScope().getOrDefault(place.account(), known.everywhere()));
        Set<Feature> off = watched.off()
                .getOrDefault(place.account(), Map.of())
                .getOrDefault(place.region(), EnumSet.noneOf(Feature.class));
        Coverage.Means means =
                Coverage.Means.of(records, services.intelligence().categories(), off, services.learnDays());
        Ledger ledger = new Ledger();
        for (LedgerRow row : all) {
            ObjectKey key = ObjectKey.parse(row.source());
            if (isOf(key.account(), place.account()) && isOf(key.region(), place.region())) {
                ledger.add(row);
            }
        }
        return Coverage.ofCounts(means, ledger, made(place)).stream()
                .map(row -> new Doc()
                        .with("accountId", place.account())
                        .with("region", place.region())
                        .withAll(row.toDoc()))
                .toList();
    }

    /** Whether what an object's key names, if it does, is {@code wanted}. */
    private static boolean isOf(@Nullable String named, String wanted) {
        return named == null || named.equals(wanted);
    }

    private Map<String, Long> made(Place place) throws StoreException {
        FindingQuery query = new FindingQuery(Set.of(place.account()), place.region(), List.of());
        Map<String, Long> made = new HashMap<>();
        for (FindingStore.Group group :
                new FindingStore(store).grouped(query, FindingStore.GroupBy.FINDING_TYPE, false, Integer.MAX_VALUE)) {
            made.put(String.valueOf(group.keys().get("type")), group.total());
        }
        return made;
    }
}
