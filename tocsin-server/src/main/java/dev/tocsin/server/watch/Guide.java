package dev.tocsin.server.watch;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.ProfileChange;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.server.api.operation.Detectors;
import dev.tocsin.server.api.operation.ProfileChanges;
import dev.tocsin.server.api.operation.Suppression;
import dev.tocsin.server.host.FunctionInterfaces;
import dev.tocsin.server.host.Knowledge;
import dev.tocsin.server.host.LiveAnalysis;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.store.Resource;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import dev.tocsin.server.usage.UsageMeter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Leads the analysis by what the API keeps: detectors, features, filters, lists. What it says holds between checkpoints. */
public final class Guide implements LiveAnalysis.Guide {

    private final Store store;
    private final Detection.Setup setup;
    private final ListsInForce lists;
    private final Map<String, SourceCounts> counts;
    private final LogGaps gaps;
    private final BooleanSupplier stopping;
    private final Set<Place> enabled = new HashSet<>();
    private final RecordsMet met;
    private final UsageMeter meter;
    private final FunctionInterfaces functions;
    private final List<InventoryFact> functionsLearned = new ArrayList<>();
    private volatile Watched watched;
    private volatile Suppression suppression;
    private final Map<String, Long> nearMisses;
    private final Map<String, Resource> changesMade = new TreeMap<>();
    private boolean watchesMore;

    /** Makes a detector where logs are met. */
    @FunctionalInterface
    public interface Enabling {
        /** Makes one for {@code account} in {@code region} if there is none; whether anything is to be made at all. */
        boolean enable(String account, String region) throws StoreException;

        /** Makes none. */
        Enabling NONE = (account, region) -> false;
    }

    private record Place(String account, String region) {}

    Guide(
            Detection.Setup setup,
            ListsInForce lists,
            Map<String, SourceCounts> counts,
            Map<String, Long> nearMisses,
            LogGaps gaps,
            BooleanSupplier stopping)
            throws StoreException {
        this.setup = setup;
        this.store = setup.store();
        this.lists = lists;
        this.counts = counts;
        this.nearMisses = nearMisses;
        this.gaps = gaps;
        this.stopping = stopping;
        watched = Watched.of(store.resources(Detectors.KIND));
        suppression = Suppression.of(store);
        met = RecordsMet.of(store);
        meter = new UsageMeter(setup.agents());
        functions = FunctionInterfaces.of(setup.inventory());
        for (Resource kept : store.resources(FUNCTION_INTERFACE)) {
            functions.learn(kept.account(), kept.id());
        }
    }

    @Override
    public @Nullable String rejects(String source, LogObject object, Event event) {
        return setup.scope().rejects(source, object, event);
    }

    @Override
    public @Nullable String leavesOut(String source, Event event) {
        String reason = setup.scope().leavesOut(source, event);
        if (reason != null) {
            return reason;
        }
        Predicate<Flow> ofFunction = ofFunction(source);
        String unwatched = watched.leavesOut(event, ofFunction);
        if (unwatched == null || !Event.known(event.account()) || !Event.known(event.region())) {
            return unwatched;
        }
        enable(new Place(event.account(), event.region()));
        return watched.leavesOut(event, ofFunction);
    }

    /** What tells flow records of functions among those of {@code source}: one that is bound to Lambda's log has no others. */
    private Predicate<Flow> ofFunction(String source) {
        return setup.scope().bringsFunctions(source) ? flow -> true : functions;
    }

    /** The kind of resource that keeps an interface of a function's. */
    private static final String FUNCTION_INTERFACE = "functionInterface";

    @Override
    public void learned(InventoryFact fact) {
        if (functions.learn(fact)) {
            functionsLearned.add(fact);
        }
    }

    /** Makes a detector for where an event happened, if that is wanted. */
    private synchronized void enable(Place place) {
        try {
            if (enabled.add(place) && setup.enabling().enable(place.account(), place.region())) {
                watched = Watched.of(store.resources(Detectors.KIND));
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void write(StoreTransaction transaction, FindingState finding) throws IOException {
        new Keeping(watched, suppression)
                .write(transaction, finding, setup.clock().millis());
    }

    @Override
    public boolean hides(FindingState finding) {
        return suppression.hides(finding) || watched.silences(finding);
    }

    @Override
    public void judged(Judged judged) {
        if (judged.isNearMiss()) {
            nearMisses.merge(judged.type(), 1L, Long::sum);
        }
    }

    @Override
    public void met(String source, List<Event> events) {
        met.add(events);
        meter.add(source, events, ofFunction(source));
    }

    @Override
    public void save(StoreTransaction transaction) throws IOException {
        met.save(transaction);
        meter.save(transaction);
        for (InventoryFact fact : functionsLearned) {
            transaction.resource(new Resource(fact.account(), "", FUNCTION_INTERFACE, fact.id(), new Doc()));
        }
        functionsLearned.clear();
        for (Resource change : changesMade.values()) {
            ProfileChanges.made(transaction, change);
        }
        changesMade.clear();
    }

    /** What waits in the store and is not made yet; it stays there until what it changed is written. */
    @Override
    public List<ProfileChange> changes() throws StoreException {
        List<ProfileChange> changes = new ArrayList<>();
        for (Resource waiting : ProfileChanges.waiting(store)) {
            if (changesMade.putIfAbsent(waiting.id(), waiting) == null) {
                changes.add(ProfileChange.of(waiting.document()));
            }
        }
        return changes;
    }

    @Override
    public boolean taken(String source, LedgerRow row, long newestEvent) {
        SourceCounts count = counts.get(source);
        if (count != null) {
            count.add(row, newestEvent, setup.clock().instant().getEpochSecond());
        }
        gaps.add(source, row);
        if (row.conflicts() > 0) {
            String text = row.conflicts() + " calls of " + row.source()
                    + " have the eventID of another call and other content: one of the two is forged";
            long now = setup.clock().instant().getEpochSecond();
            setup.alarms().raise(source, Alarms.Kind.CONFLICT, row.source(), text, now);
        }
        return !stopping.getAsBoolean();
    }

    @Override
    public @Nullable Knowledge checkpointed() throws StoreException {
        Watched now = Watched.of(store.resources(Detectors.KIND));
        if (!now.equals(watched)) {
            watchesMore = true;
            watched = now;
            forgetEnabled();
        }
        suppression = Suppression.of(store);
        return lists.changed();
    }

    private synchronized void forgetEnabled() {
        enabled.clear(); // a detector that was deleted is made again
    }

    /** Whether detectors have changed since it was last asked: what nobody wanted before may be wanted now. */
    boolean watchesMore() {
        boolean more = watchesMore;
        watchesMore = false;
        return more;
    }
}
