package dev.tocsin.server.api.own;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.server.api.ApiAnswer;
import dev.tocsin.server.api.ApiException;
import dev.tocsin.server.api.ApiRequest;
import dev.tocsin.server.api.Call;
import dev.tocsin.server.api.operation.AccountsSeen;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.source.LiveSource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.watch.Watched;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /tocsin/v1/replays}: why a type did not speak, and all that somebody did, answered by reading the logs of folders and
 * buckets again; one question at a time. What streams, queues and receivers brought is not there any more.
 */
final class ReplayApi {

    /** Questions whose answers are kept. */
    private static final int KEPT = 20;

    private static final int MOST_DAYS = 35;
    private static final int USUAL_DAYS = 1;
    private static final int LONGEST_NAME = 2_048;

    private final Store store;
    private final AccountsSeen seen;
    private final List<LiveSource> sources;
    private final Supplier<Knowledge> knowledge;
    private final List<InventoryFact> inventory;
    private final InstantSource clock;
    private final Map<String, Replay> replays = new LinkedHashMap<>();
    private @Nullable Thread thread;

    /** Over {@code sources}, with the lists that {@code knowledge} has when somebody asks. */
    ReplayApi(
            Store store,
            AccountsSeen seen,
            List<LiveSource> sources,
            Supplier<Knowledge> knowledge,
            List<InventoryFact> inventory,
            InstantSource clock) {
        this.store = store;
        this.seen = seen;
        this.sources = sources;
        this.knowledge = knowledge;
        this.inventory = inventory;
        this.clock = clock;
    }

    void addTo(OwnApi api) {
        api.on("POST replays", OwnApi.READERS, this::ask)
                .on("GET replays/*", OwnApi.READERS, this::show)
                .on("DELETE replays/*", OwnApi.READERS, this::stop);
    }

    private ApiAnswer ask(Call.Caller caller, ApiRequest request) throws StoreException {
        mayReadAll(caller);
        Replay.Question question = question(OwnAnswers.body(request));
        List<LiveSource.Listed> listed = sources.stream()
                .filter(LiveSource.Listed.class::isInstance)
                .map(LiveSource.Listed.class::cast)
                .toList();
        if (listed.isEmpty()) {
            throw ApiException.badRequest("No source can be read again: streams, queues and receivers keep nothing. Run"
                    + " 'tocsin explain' over the logs where they lie.");
        }
        List<String> others = sources.stream()
                .filter(source -> !(source instanceof LiveSource.Listed))
                .map(LiveSource::name)
                .toList();
        String named = EntityName.of(question.who()).account();
        String account = named == null ? caller.account() : named;
        Replay replay = new Replay(
                question,
                new Replay.Means(listed, others, services(account, caller.region()), inventory, off(account, caller)));
        String id = start(replay);
        return id == null
                ? OwnAnswers.message(409, "Another question is being answered. Wait for it, or stop it.")
                : OwnAnswers.json(202, replay.toDoc().with("id", id));
    }

    /** Logs are of all accounts. */
    private void mayReadAll(Call.Caller caller) throws StoreException {
        if (!seen.by(caller.account()).test(null)) {
            throw ApiException.accessDenied(
                    "Logs hold the records of all accounts, which the management account alone may read. Run 'tocsin"
                            + " explain' over your own.");
        }
    }

    private Replay.Question question(Doc body) {
        String who = body.text("who");
        if (who == null || who.isBlank() || who.length() > LONGEST_NAME) {
            throw ApiException.invalid("who", "Expected an ARN, user, access key, address, instance or function.");
        }
        String name = body.text("type");
        FindingType type = name == null ? null : Detectors.types().get(name);
        if (name != null && type == null) {
            throw ApiException.invalid(
                    "type",
                    "There is no finding type " + name
                            + Nearest.hint(name, Detectors.types().keySet()));
        }
        long days = body.number("days", USUAL_DAYS);
        if (days < 1 || days > MOST_DAYS) {
            throw ApiException.invalid("days", "Expected 1 to " + MOST_DAYS + ".");
        }
        return new Replay.Question(who.strip(), type, at(body.text("at")), (int) days);
    }

    private long at(@Nullable String text) {
        if (text == null) {
            return clock.instant().getEpochSecond();
        }
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeException e) {
            throw ApiException.invalid("at", "Expected a time such as 2026-03-01T12:00:00Z.");
        }
    }

    private EngineServices services(String account, String region) {
        Knowledge known = knowledge.get();
        return known.byScope()
                .getOrDefault(account + "/" + region, known.byScope().getOrDefault(account, known.everywhere()));
    }

    private Set<Feature> off(String account, Call.Caller caller) throws StoreException {
        // Written in full: finding types have detectors too.
        return Watched.of(store.resources(dev.tocsin.server.api.operation.Detectors.KIND))
                .off()
                .getOrDefault(account, Map.of())
                .getOrDefault(caller.region(), EnumSet.noneOf(Feature.class));
    }

    /** Its id, or null if another is not over. */
    private synchronized @Nullable String start(Replay replay) {
        if (replays.values().stream().anyMatch(one -> !one.isOver())) {
            return null;
        }
        if (replays.size() >= KEPT) {
            replays.remove(replays.keySet().iterator().next());
        }
        String id = UUID.randomUUID().toString();
        replays.put(id, replay);
        thread = Thread.ofPlatform().daemon().name("replay").start(replay);
        return id;
    }

    private synchronized Replay required(ApiRequest request) {
        String id = request.rawPath().substring(request.rawPath().lastIndexOf('/') + 1);
        Replay replay = replays.get(id);
        if (replay == null) {
            throw ApiException.notFound(
                    "There is no such question; answers are kept until a restart, the last " + KEPT + ".");
        }
        return replay;
    }

    private ApiAnswer show(Call.Caller caller, ApiRequest request) throws StoreException {
        mayReadAll(caller);
        return OwnAnswers.json(200, required(request).toDoc());
    }

    private ApiAnswer stop(Call.Caller caller, ApiRequest request) throws StoreException {
        mayReadAll(caller);
        Replay replay = required(request);
        if (!replay.isOver()) {
            interrupt();
        }
        return OwnAnswers.json(200, replay.toDoc());
    }

    private synchronized void interrupt() {
        Objects.requireNonNull(thread, "a replay that is not over has a thread").interrupt();
    }
}
