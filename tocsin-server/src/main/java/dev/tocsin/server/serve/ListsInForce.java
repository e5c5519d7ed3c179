package dev.tocsin.server.serve;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.server.api.operation.ListKind;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the API's active lists make of what is known: a list acts for its own account and Region. */
final class ListsInForce {

    private static final System.Logger LOG = System.getLogger(ListsInForce.class.getName());

    private final Store store;
    private final ListFiles files;
    private final Knowing knowing;
    private final GuardedSources guarded;
    private EngineServices everywhere;
    private long version;
    private List<String> state = List.of();
    private volatile Knowledge now;

    /** Lists of {@code store} beside what {@code knowing} loads, and {@code guarded}. */
    ListsInForce(Store store, ListFiles files, Knowing knowing, GuardedSources guarded) {
        this.store = store;
        this.files = files;
        this.knowing = knowing;
        this.guarded = guarded;
        this.version = knowing.version();
        this.everywhere = with(List.of());
        this.now = new Knowledge(everywhere, Map.of());
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
        if (wanted.equals(state) && loaded == version) {
            return null;
        }
        state = wanted;
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

    private Knowledge knowledge(List<Resource> active) {
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
        return new Knowledge(everywhere, byScope);
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
