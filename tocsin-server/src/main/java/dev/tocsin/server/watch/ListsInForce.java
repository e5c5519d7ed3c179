package dev.tocsin.server.watch;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.ListKind;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the API's active lists and associated rules make of what is known: each acts for its own account and Region.
 */
final class ListsInForce {

    private static final System.Logger LOG = System.getLogger(ListsInForce.class.getName());

    private final Store store;
    private final ListFiles files;
    private final Knowing knowing;
    private final GuardedSources guarded;
    private EngineServices everywhere;
    private long version;
    private List<String> state = List.of();
    private AssociatedRules.Seen associated = AssociatedRules.Seen.NOTHING;
    private final AssociatedRules rules = new AssociatedRules();
    private final InstantSource clock;
    private volatile Knowledge now;

    /** Lists of {@code store} beside what {@code knowing} loads, and {@code guarded}. */
    ListsInForce(Store store, ListFiles files, Knowing knowing, GuardedSources guarded, InstantSource clock) {
        this.clock = clock;
        this.store = store;
        this.files = files;
        this.knowing = knowing;
        this.guarded = guarded;
        this.version = knowing.version();
        this.everywhere = with(List.of());
        this.now = new Knowledge(everywhere, Map.of());
    }

    /** Which rules are associated, and what those that are only tried matched. */
    AssociatedRules rules() {
        return rules;
    }

    /** What is known, for other threads. */
    Knowledge now() {
        return now;
    }

    private EngineServices with(List<Knowing.Extra> lists) {
        return knowing.with(lists).guarding(guarded::now);
    }

    /** What is known now. */
    Knowledge current() throws StoreException {
        state = List.of();
        associated = AssociatedRules.Seen.NOTHING;
        Knowledge changed = changed();
        return changed == null ? new Knowledge(everywhere, Map.of()) : changed;
    }

    /** What is known now, or null if that is what it was when last asked. */
    @Nullable
    Knowledge changed() throws StoreException {
        List<Resource> active = new ArrayList<>();
        for (ListKind kind : ListKind.ALL) {
            for (Resource list : store.resources(kind.kind())) {
                if ("ACTIVE".equals(list.document().text("status")) && files.has(list)) {
                    active.add(list);
                }
            }
        }
        List<String> wanted = active.stream().map(this::version).toList();
        long loaded = knowing.version();
        AssociatedRules.Seen seen =
                AssociatedRules.Seen.of(store, clock.instant().getEpochSecond());
        if (wanted.equals(state) && loaded == version && seen.equals(associated)) {
            return null;
        }
        state = wanted;
        associated = seen;
        try {
            if (loaded != version) {
                version = loaded;
                everywhere = with(List.of());
            }
            now = knowledge(active);
            return now;
        } catch (UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.ERROR, "lists cannot be read again; those from before go on acting", e);
            return null;
        }
    }

    private Knowledge knowledge(List<Resource> active) throws StoreException {
        Map<String, List<Knowing.Extra>> lists = new TreeMap<>();
        for (Resource list : active) {
            Knowing.Extra extra = new Knowing.Extra(ListActivator.request(list), files.file(list));
            lists.computeIfAbsent(list.account(), scope -> new ArrayList<>()).add(extra);
            lists.computeIfAbsent(list.account() + "/" + list.region(), scope -> new ArrayList<>())
                    .add(extra);
        }
        Map<List<Knowing.Extra>, EngineServices> loaded = new HashMap<>();
        Map<String, EngineServices> byScope = new HashMap<>();
        lists.forEach((scope, extras) -> byScope.put(scope, loaded.computeIfAbsent(extras, this::with)));
        for (String account : associated.accounts()) {
            for (String region : regions(account)) {
                String scope = account + "/" + region;
                EngineServices here = byScope.getOrDefault(scope, everywhere);
                byScope.put(scope, here.ruling(rules.with(here.rules(), associated, account, region)));
            }
        }
        return new Knowledge(everywhere, byScope);
    }

    /** The Regions of {@code account} in which an associated rule may match: global services are recorded in few. */
    private Set<String> regions(String account) throws StoreException {
        Set<String> regions = new TreeSet<>(associated.regions(account));
        for (Resource detector : store.resources(Detectors.KIND)) {
            if (detector.account().equals(account)) {
                regions.add(detector.region());
            }
        }
        return regions;
    }

    private String version(Resource list) {
        try {
            return list.kind() + " " + list.id() + " " + list.document().text("name") + " "
                    + Files.getLastModifiedTime(files.file(list)).toMillis();
        } catch (IOException e) {
            return list.id(); // gone this moment; the next look sees it
        }
    }
}
