package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectOrder;
import dev.tocsin.input.order.Watermark;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads objects once, from oldest to newest: decodes ahead on several threads, and runs the engine in order. */
public final class Analysis {

    private final Options options;
    private final Workers engine;
    private final LocalHost host;
    private final Spill spill = new Spill();
    private final @Nullable StateKeeper keeper;
    private final Ledger ledger = new Ledger();
    private final Intake intake;
    private long bytes;
    private long records;

    /**
     * What an analysis may be told.
     *
     * @param threads decoders and shards at work at once, 1 or more
     * @param account for records whose account nothing names, or null
     * @param region for records whose Region nothing names, or null
     * @param records which records are taken
     * @param services lists and geography
     * @param inventory what is known of the accounts' resources beforehand
     * @param store where state is kept from run to run, or null to keep none
     * @param nanoClock tells when a checkpoint is due and nothing else, as {@link System#nanoTime} does
     * @param watch sees the records too, in order, before the engine
     * @param progress told how far it is, after each chunk and object
     */
    public record Options(
            int threads,
            @Nullable String account,
            @Nullable String region,
            Selection records,
            EngineServices services,
            List<InventoryFact> inventory,
            @Nullable Store store,
            LongSupplier nanoClock,
            Consumer<List<Event>> watch,
            Progress progress) {

        /** Options that know, keep and watch nothing. */
        public static Options threads(int threads) {
            return new Options(
                    threads,
                    null,
                    null,
                    Selection.ALL,
                    EngineServices.NONE,
                    List.of(),
                    null,
                    () -> 0,
                    events -> {},
                    (bytes, objects, records, findings) -> {});
        }

        /** The same, showing the records to {@code seen} too. */
        public Options watched(Consumer<List<Event>> seen) {
            return new Options(
                    threads, account, region, records, services, inventory, store, nanoClock, seen, progress);
        }

        /** The same with lists, geography and inventory. */
        public Options knowing(EngineServices lists, List<InventoryFact> facts) {
            return new Options(threads, account, region, records, lists, facts, store, nanoClock, watch, progress);
        }

        /** The same, keeping state in {@code where}. */
        public Options kept(@Nullable Store where, LongSupplier clock, Progress told) {
            return new Options(threads, account, region, records, services, inventory, where, clock, watch, told);
        }
    }

    /** Told how far an analysis is. */
    @FunctionalInterface
    public interface Progress {
        /** So many stored bytes and objects are done, so many records taken and findings made. */
        void at(long bytes, int objects, long records, int findings);
    }

    /**
     * An analysis not yet begun.
     *
     * @throws StoreException if the store cannot be read
     */
    public Analysis(Options options) throws StoreException {
        this(options, (Consumer<ChainView>) null);
    }

    /**
     * The same, showing every chain of signals to {@code chains} as it grows, if there is one.
     *
     * @throws StoreException if the store cannot be read
     */
    public Analysis(Options options, @Nullable Consumer<ChainView> chains) throws StoreException {
        this(options, Functions.of(options.services(), options.records()::silences, chains));
    }

    /** An analysis by {@code functions}. */
    Analysis(Options options, Functions functions) throws StoreException {
        this.options = options;
        engine = new Workers(options.threads());
        Store store = options.store();
        host = store == null
                ? new LocalHost(functions, engine, spill, Spill.MOST_KEYS)
                : new LocalHost(functions, engine, store);
        host.speakOnlyOf(options.records());
        intake =
                new Intake(host, options.account(), options.region(), object -> options.records(), (object, events) -> {
                    options.watch().accept(events);
                    records += events.size();
                });
        keeper = store == null ? null : new StateKeeper(store, options.nanoClock());
    }

    /**
     * Reads {@code objects} and lets time run out; with a store, what is kept is the state before that, and objects that
     * were read before are passed over.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws StoreException if the store cannot be read or written
     */
    public void run(List<SourceObject> objects) throws InterruptedException, StoreException {
        ExecutorService workers = Executors.newFixedThreadPool(options.threads());
        try {
            List<ObjectOrder.Placed<SourceObject>> ordered = intake.sort(unread(objects), workers);
            Watermark watermark = new Watermark(toCome(ordered), keeper != null);
            if (keeper != null) {
                keeper.resume(watermark);
            }
            host.learn(options.inventory());
            read(ordered, watermark, workers);
            end(watermark);
        } finally {
            workers.shutdownNow();
            engine.close();
            spill.close();
        }
    }

    /** Makes it tell {@code watcher} what came of each call that was held against habits; before it is run. */
    public void judgesTo(Consumer<Judged> watcher) {
        host.judgesTo(watcher);
    }

    /** Notes what is left out of the run before it is read. */
    public void passOver(List<Listing.Passed> objects) {
        for (Listing.Passed object : objects) {
            addSkipped(object.name(), object.reason());
        }
    }

    private LedgerRow addSkipped(String name, String reason) {
        LedgerRow row = new LedgerRow(name);
        row.read(ObjectKey.parse(name).kind().wireName(), "skipped", 0, 0, 0, 0, reason);
        ledger.add(row);
        host.open(row); // records of it that are held may be found to be duplicates only now
        return row;
    }

    private void end(Watermark watermark) throws InterruptedException, StoreException {
        if (keeper == null) {
            host.advance(Long.MAX_VALUE);
        } else {
            keeper.checkpoint(host, watermark);
            host.advanceProvisionally();
        }
    }

    /** The objects that no earlier run has read; the others are passed over and say so. */
    private List<SourceObject> unread(List<SourceObject> objects) throws StoreException {
        if (keeper == null) {
            return objects;
        }
        List<SourceObject> unread = new ArrayList<>();
        for (SourceObject object : objects) {
            if (keeper.wasRead(object)) {
                addSkipped(object.name(), "read by an earlier run; its records are in the state")
                        .markKept();
            } else {
                unread.add(object);
            }
        }
        return unread;
    }

    private static Map<LogKind, Integer> toCome(List<ObjectOrder.Placed<SourceObject>> ordered) {
        Map<LogKind, Integer> toCome = new EnumMap<>(LogKind.class);
        for (ObjectOrder.Placed<SourceObject> placed : ordered) {
            if (placed.kind() != null) {
                toCome.merge(placed.kind(), 1, Integer::sum);
            }
        }
        return toCome;
    }

    private void read(List<ObjectOrder.Placed<SourceObject>> ordered, Watermark watermark, ExecutorService workers)
            throws InterruptedException, StoreException {
        long[] starts = nextStarts(ordered);
        int[] done = new int[1];
        intake.read(ordered, workers, (placed, decoder, row) -> {
            if (placed.part().first()) {
                ledger.add(row);
            }
            watermark.finished(
                    placed.kind(),
                    decoder.times(),
                    Math.min(decoder.identity().believedUntil(), placed.part().clockUntil()),
                    starts[done[0]]);
            done[0]++;
            host.advance(watermark.value());
            if (placed.part().last()) {
                done(placed.object(), row, decoder);
            }
            if (keeper != null && intake.isBetween()) {
                keeper.checkpointIfDue(host, watermark); // an object is in the state whole or not at all
            }
            progress();
            return true;
        });
    }

    /** For each object the start of the next one whose name has no time, epoch seconds: it was looked into. */
    private static long[] nextStarts(List<ObjectOrder.Placed<SourceObject>> ordered) {
        long[] starts = new long[ordered.size()];
        long next = Long.MAX_VALUE;
        for (int i = ordered.size() - 1; i >= 0; i--) {
            starts[i] = next;
            next = ordered.get(i).timed() ? next : Math.min(next, ordered.get(i).time());
        }
        return starts;
    }

    private void done(SourceObject object, LedgerRow row, Decoder decoder) throws StoreException {
        bytes += object.size();
        if (keeper != null
                && (row.accepted() > 0 || decoder.leftOut().isEmpty())) { // else a run that asks for its time reads it
            keeper.finished(object, row, true);
        }
    }

    private void progress() {
        options.progress()
                .at(bytes, ledger.rows().size(), records, host.findings().size());
    }

    /**
     * What there is to show: without a store all findings; with one, those that are new or changed since findings were
     * last shown, or {@code all}. What fired only because the input ended says so.
     *
     * @throws StoreException if the store cannot be read
     */
    public Collection<FindingState> findings(boolean all) throws StoreException {
        Map<String, FindingState> findings = new LinkedHashMap<>();
        if (options.store() != null) {
            options.store().findings(all).forEach(finding -> findings.put(finding.id(), finding));
        }
        host.findings().forEach(finding -> findings.put(finding.id(), finding));
        findings.values().removeIf(FindingState::isFolded);
        return findings.values();
    }

    /** Objects that were cut by day, as their records span more than their log's lateness. */
    public List<String> cut() {
        return intake.cut();
    }

    /** What became of every object. */
    public Ledger ledger() {
        return ledger;
    }
}
