package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.ProfileChange;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.input.order.ObjectOrder;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.SourceDown;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An analysis that goes on as objects arrive. Each round takes what is there, from oldest to newest; checkpoints lie
 * between objects. Used by one thread. After an exception it is of no use any more: the next one goes on from the store.
 */
public final class LiveAnalysis implements AutoCloseable {

    private final Options options;
    private final Guide guide;
    private final ScopedFunctions functions;
    private final Workers engine;
    private final ExecutorService decoders; // for good: each of its threads has buffers, some beyond the heap
    private final LocalHost host;
    private final StateKeeper keeper;
    private final LiveWatermark watermark;
    private final Intake intake;
    private final Map<SourceObject, String> sources = new HashMap<>();
    private Round round = new Round();

    /**
     * What it works with.
     *
     * @param threads decoders and shards at work at once, 1 or more
     * @param account for records whose account nothing names, or null
     * @param region for records whose Region nothing names, or null
     * @param records which times teach and which speak
     * @param inventory what is known of the accounts' resources beforehand
     * @param store where everything is kept
     * @param clock the host's time: it decides when a held verdict is shown, never what it is
     * @param nanoClock tells when a checkpoint is due and nothing else
     */
    public record Options(
            int threads,
            @Nullable String account,
            @Nullable String region,
            Selection records,
            List<InventoryFact> inventory,
            Store store,
            InstantSource clock,
            LongSupplier nanoClock) {}

    /** Who says what is analysed, and is told what became of it. */
    public interface Guide {
        /** Why {@code event} of the {@code object} of {@code source} is not believed, or null. Asked by several threads. */
        @Nullable
        String rejects(String source, LogObject object, Event event);

        /** Why {@code event} of {@code source} is left out, or null if it is taken. Asked by several threads. */
        @Nullable
        String leavesOut(String source, Event event);

        /** Writes {@code finding} for whom it is, within the transaction of a checkpoint. */
        void write(StoreTransaction transaction, FindingState finding) throws IOException;

        /** Whether {@code finding} is suppressed or switched off where it belongs to: then it is no signal of a sequence. */
        boolean hides(FindingState finding);

        /** Is shown the records that are taken of {@code source}, in their order. */
        void met(String source, List<Event> events);

        /** Writes what else is to be kept, within the transaction of a checkpoint. */
        void save(StoreTransaction transaction) throws IOException;

        /** All of an object's records are taken. Whether to go on. */
        boolean taken(String source, LedgerRow row, long newestEvent);

        /** What is to be changed in profiles before the next record; {@link #save} follows once it is. */
        default List<ProfileChange> changes() throws StoreException {
            return List.of();
        }

        /** Is told what a record says of the accounts' resources. */
        default void learned(InventoryFact fact) {}

        /** Is told what came of each call that was held against habits. */
        default void judged(Judged judged) {}

        /** A checkpoint is written; gives what is known from now on, or null if it is what it was. */
        @Nullable
        Knowledge checkpointed() throws StoreException;
    }

    /** What became of an object. */
    public enum Outcome {
        /** It was read; or it cannot be, whatever is done, and its ledger row says why. */
        READ,
        /** It was read, and nobody wanted any of its records: it is to come again when somebody does. */
        NOT_WANTED,
        /** It could not be had although its source answered: it is to be tried again some time. */
        UNREACHABLE
    }

    /**
     * What became of the objects that were taken together; all of it is written.
     *
     * @param outcomes by object; one that is not among them was left for later
     * @param down sources that did not answer as they should, with the reason
     */
    public record Round(Map<ObjectIdentity, Outcome> outcomes, Map<String, String> down) {
        /** Of no object. */
        public Round() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    /**
     * An object that a source brought.
     *
     * @param source its name
     * @param object what is to be read
     */
    public record Arrived(String source, SourceObject object) {}

    /**
     * Goes on from the store.
     *
     * @throws StoreException if it cannot be read
     */
    public LiveAnalysis(Options options, Guide guide, Knowledge knowledge) throws StoreException {
        this.options = options;
        this.guide = guide;
        functions = new ScopedFunctions(knowledge, guide::hides);
        engine = new Workers(options.threads());
        decoders = Executors.newFixedThreadPool(options.threads());
        Store store = options.store();
        host = new LocalHost(functions.functions(), engine, store);
        host.speakOnlyOf(options.records());
        host.runsOn(guide::write);
        host.judgesTo(guide::judged);
        host.learnsTo(guide::learned);
        keeper = new StateKeeper(store, options.nanoClock());
        watermark = new LiveWatermark(StateKeeper.watermark(store), store.positions(), now());
        intake = new Intake(host, options.account(), options.region(), this::wanted, this::met);
        keeper.alsoWrites(guide::save);
        host.learn(options.inventory());
    }

    private void met(SourceObject object, List<Event> events) {
        guide.met(sources.getOrDefault(object, ""), events);
    }

    private long now() {
        return options.clock().instant().getEpochSecond();
    }

    private Wanted wanted(SourceObject brought) {
        String source = sources.getOrDefault(brought, "");
        return new Wanted() {
            @Override
            public @Nullable String leavesOut(Event event) {
                return guide.leavesOut(source, event);
            }

            @Override
            public @Nullable String rejects(LogObject object, Event event) {
                return guide.rejects(source, object, event);
            }
        };
    }

    /** Whether {@code object} was read before as it is now. */
    public boolean wasRead(SourceObject object) throws StoreException {
        return keeper.wasRead(object);
    }

    /** The event time before which no record is awaited, epoch seconds. */
    public long time() {
        return watermark.value();
    }

    /** Says whether {@code source} cannot be read at present: then time stands still. */
    public void holds(String source, boolean back) {
        watermark.holds(source, back);
    }

    /** Says whether {@code lane} of the stream {@code source} holds more than was taken of it: then time waits for it. */
    public void isBehind(String source, String lane, boolean so) {
        watermark.isBehind(LiveWatermark.lane(source, lane), so);
    }

    /**
     * Takes {@code objects} and writes a checkpoint. What it did not take, because a source went down or the guide ended
     * it, is to be brought again.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws StoreException if the store cannot be read or written
     * @throws TornObject if a source went down within an object that spans hand-overs
     */
    public Round take(List<Arrived> objects) throws InterruptedException, StoreException {
        objects.forEach(arrived -> sources.put(arrived.object(), arrived.source()));
        round = new Round();
        List<ObjectOrder.Placed<SourceObject>> ordered =
                intake.sort(objects.stream().map(Arrived::object).toList(), decoders);
        for (ObjectOrder.Placed<SourceObject> placed : ordered) {
            watermark.expect(source(placed), placed.kind(), now());
        }
        intake.read(ordered, decoders, new Taking());
        watermark.expectNothing();
        sources.clear();
        checkpoint();
        return round;
    }

    /** Takes an object at a time; those of a source that went down are left, so that its order holds. */
    private final class Taking implements Intake.Done {
        @Override
        public boolean taken(ObjectOrder.Placed<SourceObject> placed, Decoder decoder, LedgerRow row)
                throws InterruptedException, StoreException {
            return finished(placed, decoder, row);
        }

        @Override
        public boolean leaves(ObjectOrder.Placed<SourceObject> placed) {
            return round.down().containsKey(source(placed));
        }

        @Override
        public boolean isLeft(ObjectOrder.Placed<SourceObject> placed, SourceDown why) {
            watermark.holds(source(placed), true);
            round.down().put(source(placed), String.valueOf(why.getMessage()));
            return true;
        }
    }

    private String source(ObjectOrder.Placed<SourceObject> placed) {
        return sources.getOrDefault(placed.object(), "");
    }

    private boolean finished(ObjectOrder.Placed<SourceObject> placed, Decoder decoder, LedgerRow row)
            throws InterruptedException, StoreException {
        String source = source(placed);
        long believed =
                Math.min(decoder.identity().believedUntil(), placed.part().clockUntil());
        StreamBatch streamed = placed.object().streamed();
        String lane = streamed == null ? source : LiveWatermark.lane(source, streamed.lane());
        watermark.finished(lane, placed.kind(), decoder.times(), believed, now());
        host.advance(watermark.value());
        boolean goOn = true;
        if (placed.part().last()) {
            boolean nothingWanted = row.accepted() == 0 && !decoder.leftOut().isEmpty();
            keeper.finished(placed.object(), row, !nothingWanted); // it is read again once somebody wants it
            round.outcomes().put(ObjectIdentity.of(placed.object()), outcome(decoder, nothingWanted));
            if (streamed == null || streamed.isCounted()) {
                goOn = guide.taken(source, row, watermark.newest(source));
            }
        }
        if (!intake.isBetween()) {
            return true; // an object is in the state whole or not at all
        }
        if (keeper.checkpointIfDue(host, watermark)) {
            checkpointed();
        }
        return goOn;
    }

    private static Outcome outcome(Decoder decoder, boolean nothingWanted) {
        if (decoder.report() == null && decoder.passedOver() == null) {
            return Outcome.UNREACHABLE;
        }
        return nothingWanted ? Outcome.NOT_WANTED : Outcome.READ;
    }

    /** Lets time go on while nothing comes; what becomes due is written. */
    public void pass() throws InterruptedException, StoreException {
        long before = watermark.value();
        watermark.pass(now());
        if (watermark.value() > before) {
            host.advance(watermark.value());
        }
        if (host.dirtyBytes() > 0 || !host.findings().isEmpty()) {
            checkpoint();
        } else {
            checkpointed();
        }
    }

    private void checkpoint() throws InterruptedException, StoreException {
        keeper.checkpoint(host, watermark);
        checkpointed();
    }

    private void checkpointed() throws StoreException {
        Knowledge changed = guide.checkpointed();
        if (changed != null) {
            functions.know(changed);
        }
        guide.changes().forEach(host::change);
    }

    @Override
    public void close() {
        decoders.shutdownNow();
        engine.close();
    }
}
