package dev.tocsin.server.host;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.NameFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.engine.ProfileChange;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the engine on this machine. Events come in the order of their objects; findings are kept by id. */
public final class LocalHost {

    /** What the keys of one function may weigh in memory after a checkpoint, in bytes as written. */
    private static final long MOST_CACHED_BYTES = 64L << 20;

    /** Between an archive's name and its member's. */
    private static final String MEMBER = "!/";

    private final Map<String, FindingState> findings = new LinkedHashMap<>();
    private final Map<String, LedgerRow> rows = new HashMap<>();
    private final Map<String, LedgerRow> countedLater = new LinkedHashMap<>();
    private final List<DeskElement> forDesks = new ArrayList<>();
    private final Output output = new HostOutput();
    private final FlowKeys flowKeys = new FlowKeys();
    private final Event.Taker shares = new ToShards();
    private final Shards<ApiCall> accounts;
    private final Shards<Flow> interfaces;
    private final Shards<NameQuery> names;
    private final Shards<HostEvent> hosts;
    private final FunctionRunner<DeskElement> desks;
    private Selection selection = Selection.ALL;
    private final HeapCare heap = new HeapCare();
    private final @Nullable Store store;
    private Consumer<Judged> judgements = judged -> {};
    private Consumer<InventoryFact> learnings = fact -> {};
    private FindingSink sink = StoreTransaction::finding;
    private boolean live;
    private boolean provisional;
    private long advancedTo = Long.MIN_VALUE;

    /** A host that keeps nothing, and in memory no more keys than {@code spill} says; on the threads of {@code workers}. */
    LocalHost(Functions functions, Workers workers, Spill spill, int mostKeys) throws StoreException {
        store = null;
        accounts = new Shards<>(
                workers,
                (said, owns) -> new FunctionRunner<>(AccountFunction.NAME, functions.account(), said, spill, mostKeys));
        interfaces = new Shards<>(
                workers,
                (said, owns) -> new FunctionRunner<>("interface", functions.networkInterface(), said, spill, mostKeys));
        names = new Shards<>(
                workers, (said, owns) -> new FunctionRunner<>("names", functions.names(), said, spill, mostKeys));
        hosts = new Shards<>(
                workers, (said, owns) -> new FunctionRunner<>("hosts", functions.hosts(), said, spill, mostKeys));
        desks = new FunctionRunner<>("desk", functions.desk(), output, spill, mostKeys);
    }

    /**
     * A host that goes on from {@code store}.
     *
     * @throws StoreException if the store cannot be read
     */
    LocalHost(Functions functions, Workers workers, Store store) throws StoreException {
        this.store = store;
        long watermark = StateKeeper.watermark(store);
        accounts = new Shards<>(
                workers,
                (said, owns) ->
                        new FunctionRunner<>(AccountFunction.NAME, functions.account(), said, store, watermark, owns));
        interfaces = new Shards<>(
                workers,
                (said, owns) ->
                        new FunctionRunner<>("interface", functions.networkInterface(), said, store, watermark, owns));
        names = new Shards<>(
                workers,
                (said, owns) -> new FunctionRunner<>("names", functions.names(), said, store, watermark, owns));
        hosts = new Shards<>(
                workers,
                (said, owns) -> new FunctionRunner<>("hosts", functions.hosts(), said, store, watermark, owns));
        desks = new FunctionRunner<>("desk", functions.desk(), output, store, watermark, key -> true);
    }

    /** Makes it speak only of what {@code records} ask about; the rest teaches. */
    void speakOnlyOf(Selection records) {
        selection = records;
    }

    /** Makes it write findings to {@code findings}, and keep nothing of objects whose rows are written. */
    void runsOn(FindingSink findings) {
        sink = findings;
        live = true;
    }

    /** Makes it tell {@code watcher} what came of each call that was held against habits. */
    void learnsTo(Consumer<InventoryFact> watcher) {
        learnings = watcher;
    }

    /** Tells {@code watcher} what came of each call that was held against habits. */
    void judgesTo(Consumer<Judged> watcher) {
        judgements = watcher;
    }

    /** Tells the host where the counts of the object that {@code row} is about go. */
    public void open(LedgerRow row) {
        rows.put(row.source(), row);
    }

    /** Takes {@code events}, which follow all that were taken before. */
    public void take(List<Event> events) throws InterruptedException {
        for (Event event : events) {
            event.giveTo(shares);
        }
        accounts.take(output);
        interfaces.take(output);
        names.take(output);
        hosts.take(output);
        deliverToDesks();
    }

    /** Tells the desks what is known before the first event. */
    public void learn(List<InventoryFact> facts) {
        facts.forEach(fact -> forDesks.add(new DeskElement.Learned(fact)));
        deliverToDesks();
    }

    /** Changes the state of an account's identities as {@code change} says; it is written by the next checkpoint. */
    public void change(ProfileChange change) {
        accounts.change(change.account(), change::applyTo);
    }

    /** Moves event time on: no record before {@code watermark} is awaited any more. */
    public void advance(long watermark) throws InterruptedException {
        if (watermark <= advancedTo) {
            return;
        }
        advancedTo = watermark;
        accounts.advance(watermark, output);
        interfaces.advance(watermark, output);
        names.advance(watermark, output);
        hosts.advance(watermark, output);
        deliverToDesks();
        desks.advance(watermark);
        heap.check();
    }

    /** Lets time run out although more may come later: what fires now is marked, and is not to be saved. */
    void advanceProvisionally() throws InterruptedException {
        provisional = true;
        advance(Long.MAX_VALUE);
    }

    /**
     * All findings so far; with a store, those alone that {@link #saved} has not taken over, and among them such as the
     * store holds and are now part of a roll-up.
     */
    public Collection<FindingState> findings() {
        return findings.values();
    }

    /** What waits to be written, in bytes. */
    long dirtyBytes() {
        return accounts.dirtyBytes()
                + interfaces.dirtyBytes()
                + names.dirtyBytes()
                + hosts.dirtyBytes()
                + desks.dirtyBytes();
    }

    /** What was counted, since the last checkpoint, of objects whose rows the store holds. */
    Collection<LedgerRow> countedLater() {
        return countedLater.values();
    }

    /** Packs what changed of keys' state since the last checkpoint. */
    StateBlock pack() throws InterruptedException {
        StateBlock block = new StateBlock();
        accounts.save(block);
        interfaces.save(block);
        names.save(block);
        hosts.save(block);
        desks.save(block);
        return block;
    }

    /** Writes the findings that are new or changed since the last checkpoint. */
    void save(StoreTransaction transaction) throws IOException {
        for (FindingState finding : findings.values()) {
            sink.write(transaction, finding);
        }
    }

    /** What was written is committed. */
    void saved() {
        accounts.saved(MOST_CACHED_BYTES);
        interfaces.saved(MOST_CACHED_BYTES);
        names.saved(MOST_CACHED_BYTES);
        hosts.saved(MOST_CACHED_BYTES);
        desks.saved(MOST_CACHED_BYTES);
        findings.clear();
        countedLater.clear();
        if (live) {
            rows.clear();
        }
    }

    private void deliverToDesks() {
        forDesks.forEach(element -> desks.accept(DeskFunction.key(element), element));
        forDesks.clear();
    }

    private static FindingState provisional(FindingState finding) {
        Doc tocsin = new Doc().withAll(finding.document().part("tocsin")).with("provisional", true);
        return finding.with(new Doc().withAll(finding.document()).with("tocsin", tocsin));
    }

    /** Gives each event to the function that has to do with it. */
    private final class ToShards implements Event.Taker {
        @Override
        public void call(ApiCall call) {
            accounts.add(AccountFunction.key(call), call);
        }

        @Override
        public void flow(Flow flow) {
            interfaces.add(flowKeys.of(flow), flow);
        }

        @Override
        public void query(NameQuery query) {
            names.add(NameFunction.key(query), query);
        }

        @Override
        public void host(HostEvent event) {
            hosts.add(event.host().key(), event);
        }
    }

    private final class HostOutput implements Output {
        @Override
        public void signal(Signal signal) {
            if (!selection.onlyTeaches(signal)) {
                forDesks.add(new DeskElement.Found(signal));
            }
        }

        @Override
        public void judged(Judged judged) {
            judgements.accept(judged);
        }

        @Override
        public void summary(DaySummary day) {
            forDesks.add(new DeskElement.Summarised(day));
        }

        @Override
        public void fact(InventoryFact fact) {
            learnings.accept(fact);
            forDesks.add(new DeskElement.Learned(fact));
        }

        @Override
        public void finding(FindingState finding) {
            if (selection.silences(finding)) {
                return;
            }
            if (finding.isFolded() && store == null) {
                findings.remove(finding.id());
                return;
            }
            findings.merge(
                    finding.id(),
                    provisional ? provisional(finding) : finding,
                    (old, changed) -> changed.revision() > old.revision() ? changed : old);
        }

        @Override
        public void count(LogObject object, Count count) {
            LedgerRow row = row(object.source());
            count(row, count);
            if (row.isKept()) {
                count(countedLater.computeIfAbsent(row.source(), LedgerRow::new), count);
            }
        }

        private void count(LedgerRow row, Count count) {
            switch (count) {
                case DUPLICATE -> row.duplicate();
                case CONFLICT -> row.conflict();
                case FUTURE -> row.future();
                case LATE -> row.late();
                case EARLY -> row.early();
                case SECOND_LOG -> row.setAside();
            }
        }

        /** The row of {@code source}; what lies in an archive in an object counts with the object. */
        private LedgerRow row(String source) {
            LedgerRow row = rows.get(source);
            int member = source.lastIndexOf(MEMBER);
            if (row == null && member < 0) {
                if (store == null) {
                    throw new IllegalStateException("no ledger row for " + source);
                }
                row = new LedgerRow(source); // written before
                row.markKept();
                rows.put(source, row);
                return row;
            }
            return row == null ? row(source.substring(0, member)) : row;
        }
    }
}
