package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
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

    /** Objects decoded ahead of the one whose records the engine takes. */
    private static final int OBJECTS_AHEAD = 64;

    /** Objects that one thread decodes without a hand-over between them, if they are small: so many stored bytes. */
    private static final int BATCH_OBJECTS = 16;

    private static final long BATCH_BYTES = 128 * 1024;

    private final Options options;
    private final Workers engine;
    private final LocalHost host;
    private final @Nullable StateKeeper keeper;
    private final Ledger ledger = new Ledger();
    private final Map<SourceObject, LedgerRow> begun = new HashMap<>();
    private final List<String> cut = new ArrayList<>();
    private final FieldPlan plan = AccountFunction.fieldPlan();
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
        this(options, Functions.of(options.services()));
    }

    /** An analysis by {@code functions}. */
    Analysis(Options options, Functions functions) throws StoreException {
        this.options = options;
        engine = new Workers(options.threads());
        Store store = options.store();
        host = store == null ? new LocalHost(functions, engine) : new LocalHost(functions, engine, store);
        host.speakOnlyOf(options.records());
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
            List<ObjectOrder.Placed> ordered =
                    new ObjectOrder(workers, object -> context(object, 0)).sort(unread(objects));
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
        }
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

    private static Map<LogKind, Integer> toCome(List<ObjectOrder.Placed> ordered) {
        Map<LogKind, Integer> toCome = new EnumMap<>(LogKind.class);
        for (ObjectOrder.Placed placed : ordered) {
            if (placed.kind() != null) {
                toCome.merge(placed.kind(), 1, Integer::sum);
            }
        }
        return toCome;
    }

    private void read(List<ObjectOrder.Placed> ordered, Watermark watermark, ExecutorService workers)
            throws InterruptedException, StoreException {
        Lookahead lookahead = new Lookahead();
        Deque<Decoder> ahead = new ArrayDeque<>();
        long[] starts = nextStarts(ordered);
        int done = 0;
        int next = 0;
        for (ObjectOrder.Placed placed : ordered) {
            while (next < ordered.size() && ahead.size() <= OBJECTS_AHEAD - BATCH_OBJECTS) {
                List<Decoder> batch = batch(ordered, next, lookahead);
                next += batch.size();
                workers.execute(() -> batch.forEach(Decoder::run));
                ahead.addAll(batch);
            }
            Decoder decoder = ahead.remove();
            LedgerRow row = take(decoder, placed);
            watermark.finished(
                    placed.kind(),
                    decoder.times(),
                    Math.min(decoder.identity().believedUntil(), placed.part().clockUntil()),
                    starts[done]);
            done++;
            host.advance(watermark.value());
            if (placed.part().last()) {
                done(placed.object(), row, decoder);
            }
            if (keeper != null && begun.isEmpty()) {
                keeper.checkpointIfDue(host, watermark); // an object is in the state whole or not at all
            }
            progress();
        }
    }

    /** For each object the start of the next one whose name has no time, epoch seconds: it was looked into. */
    private static long[] nextStarts(List<ObjectOrder.Placed> ordered) {
        long[] starts = new long[ordered.size()];
        long next = Long.MAX_VALUE;
        for (int i = ordered.size() - 1; i >= 0; i--) {
            starts[i] = next;
            next = ordered.get(i).timed() ? next : Math.min(next, ordered.get(i).time());
        }
        return starts;
    }

    private void done(SourceObject object, LedgerRow row, Decoder decoder) {
        begun.remove(object);
        bytes += object.size();
        if (keeper != null
                && (row.accepted() > 0 || decoder.leftOut().isEmpty())) { // else a run that asks for its time reads it
            keeper.finished(object, row);
        }
    }

    /** Decoders of the next objects, for one thread: of one large object or of several small ones. */
    private List<Decoder> batch(List<ObjectOrder.Placed> ordered, int first, Lookahead lookahead) {
        int end = first;
        long size = 0;
        do {
            size += ordered.get(end).object().size();
            end++;
        } while (end < ordered.size()
                && end - first < BATCH_OBJECTS
                && size + ordered.get(end).object().size() <= BATCH_BYTES);
        List<Decoder> batch = new ArrayList<>(end - first);
        for (int i = first; i < end; i++) {
            SourceObject object = ordered.get(i).object();
            object.opener().announce();
            batch.add(new Decoder(
                    object,
                    context(object, i),
                    options.records(),
                    ordered.get(i).part(),
                    lookahead,
                    i + 1 < end));
        }
        return batch;
    }

    private ParseContext context(SourceObject object, int index) {
        LogObject identity = ObjectKey.parse(object.name()).object(index, object.name(), object.modifiedAt());
        return new ParseContext(identity, plan, options.account(), options.region());
    }

    private LedgerRow take(Decoder decoder, ObjectOrder.Placed placed) throws InterruptedException {
        LedgerRow row = row(placed);
        boolean more = true;
        while (more) {
            Chunk chunk = decoder.next();
            options.watch().accept(chunk.events());
            host.take(chunk.events());
            records += chunk.events().size();
            more = !chunk.last();
        }
        if (placed.part().first()) {
            report(decoder, row); // which is of all its parts
        } else if (decoder.report() == null) {
            row.brokenOff(decoder.failure());
        }
        return row;
    }

    /** The row of an object, which its first part begins. */
    private LedgerRow row(ObjectOrder.Placed placed) {
        LedgerRow row = begun.get(placed.object());
        if (row == null) {
            row = new LedgerRow(placed.object().name());
            ledger.add(row);
            host.open(row);
        }
        if (!placed.part().isWhole() && placed.part().first()) {
            begun.put(placed.object(), row);
            cut.add(row.source());
        }
        return row;
    }

    private void progress() {
        options.progress()
                .at(bytes, ledger.rows().size(), records, host.findings().size());
    }

    private static void report(Decoder decoder, LedgerRow row) {
        ObjectReport report = decoder.report();
        if (decoder.passedOver() != null) {
            row.read("unknown", "skipped", 0, 0, 0, 0, decoder.passedOver());
            return;
        }
        if (report == null) {
            row.read("unknown", "refused", 0, 0, 1, 0, decoder.failure());
            return;
        }
        long left =
                decoder.leftOut().values().stream().mapToLong(Long::longValue).sum();
        boolean nothing = left > 0 && left == report.accepted() && report.status() == ObjectReport.Status.ACCEPTED;
        row.read(
                report.kind().wireName(),
                nothing ? "skipped" : report.status().wireName(),
                report.accepted() - left,
                report.ignored() + left,
                report.rejected(),
                report.bytes(),
                message(report.message(), decoder.leftOut()));
        if (report.accepted() > 0) {
            row.span(report.firstEvent(), report.lastEvent());
        }
    }

    private static @Nullable String message(@Nullable String said, Map<String, Long> leftOut) {
        List<String> parts = new ArrayList<>(said == null ? List.of() : List.of(said));
        leftOut.forEach((reason, count) -> parts.add("ignored " + count + ": " + reason));
        return parts.isEmpty() ? null : String.join("; ", parts);
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
        return cut;
    }

    /** What became of every object. */
    public Ledger ledger() {
        return ledger;
    }
}
