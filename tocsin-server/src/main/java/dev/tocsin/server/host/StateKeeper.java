package dev.tocsin.server.host;

import dev.tocsin.input.order.EventTime;
import dev.tocsin.input.order.Watermark;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.ledger.StretchRow;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.Pace;
import dev.tocsin.server.store.ReadObjects;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run into its store, so that the next run, or the same one after a crash, goes on from there. Each checkpoint
 * lies between two objects and is one transaction: objects read, their ledger rows, state, timers, findings, time.
 */
final class StateKeeper {

    /** Time between checkpoints, in nanoseconds (design: The engine and its hosts). */
    static final long EVERY_NANOS = 2_000_000_000L;

    /** State that waits to be written, in bytes, at which a checkpoint is due at once. */
    static final long MOST_DIRTY_BYTES = 16L << 20;

    private static final String WATERMARK = "watermark";

    private record Read(
            LedgerRow row, boolean settled, @Nullable StreamBatch streamed) {}

    private final Store store;
    private final LongSupplier nanoClock;

    /** Findings that wait to be written at which a checkpoint is due at once: so many as users' writes can wait for. */
    private final Pace findings = new Pace(30, 60, 250);

    private final Map<ObjectIdentity, Read> read = new LinkedHashMap<>();
    private Store.Work also = transaction -> {};
    private long lastCheckpoint;

    /** A keeper of {@code store}; {@code nanoClock} tells when a checkpoint is due and nothing else. */
    StateKeeper(Store store, LongSupplier nanoClock) {
        this.store = store;
        this.nanoClock = nanoClock;
        this.lastCheckpoint = nanoClock.getAsLong();
    }

    /** Makes each checkpoint write {@code part} too. */
    void alsoWrites(Store.Work part) {
        also = part;
    }

    /** Where the watermark stood at the last checkpoint, epoch seconds. */
    static long watermark(Store store) throws StoreException {
        return store.positions().getOrDefault(WATERMARK, Long.MIN_VALUE);
    }

    /** Lets {@code watermark} go on from the last checkpoint. */
    void resume(Watermark watermark) throws StoreException {
        watermark.restore(watermark(store), store.positions());
    }

    /** Whether an earlier run read {@code object} as it is now. */
    boolean wasRead(SourceObject object) throws StoreException {
        return new ReadObjects(store).wasRead(ObjectIdentity.of(object));
    }

    /**
     * Notes that all records of {@code object} are in the state now. One that was refused is tried again next time.
     *
     * @param settled whether it need not be read again
     */
    void finished(SourceObject object, LedgerRow row, boolean settled) {
        read.put(
                ObjectIdentity.of(object),
                new Read(row, settled && !row.status().equals("refused"), object.streamed()));
    }

    /** Writes a checkpoint if one is due; whether it was. */
    boolean checkpointIfDue(LocalHost host, EventTime time) throws InterruptedException, StoreException {
        boolean due = nanoClock.getAsLong() - lastCheckpoint >= EVERY_NANOS
                || host.dirtyBytes() >= MOST_DIRTY_BYTES
                || host.findings().size() >= findings.atOnce();
        if (due) {
            checkpoint(host, time);
        }
        return due;
    }

    /** Writes all that is not written yet in one transaction. */
    void checkpoint(LocalHost host, EventTime time) throws InterruptedException, StoreException {
        int written = host.findings().size();
        long[] turn = new long[2];
        store.checkpoint(host.pack(), transaction -> {
            turn[0] = nanoClock.getAsLong();
            host.save(transaction);
            also.to(transaction);
            objects(transaction);
            for (LedgerRow later : host.countedLater()) {
                transaction.changeLedgerRow(ObjectIdentity.nameOf(later.source()), row -> LedgerRow.added(row, later));
            }
            transaction.position(WATERMARK, time.value());
            for (Map.Entry<String, Long> position : time.positions().entrySet()) {
                transaction.position(position.getKey(), position.getValue());
            }
            turn[1] = nanoClock.getAsLong(); // what follows is beside the next one's turn
        });
        host.saved();
        read.values().forEach(what -> what.row().markKept());
        read.clear();
        lastCheckpoint = nanoClock.getAsLong();
        findings.took(written, turn[1] - turn[0]);
    }

    private void objects(StoreTransaction transaction) throws IOException {
        for (Map.Entry<ObjectIdentity, Read> one : read.entrySet()) {
            Read what = one.getValue();
            StreamBatch streamed = what.streamed();
            if (streamed != null) {
                stretch(transaction, streamed, what.row());
                continue;
            }
            transaction.object(one.getKey(), what.row().toDoc(), what.settled());
        }
    }

    /** Batches that share a name make one row, and how far their lane has come is known with it. */
    private static void stretch(StoreTransaction transaction, StreamBatch batch, LedgerRow row) throws IOException {
        if (batch.isCounted()) {
            transaction.addLedgerRow(
                    batch.name(), kept -> kept == null ? row.toDoc() : StretchRow.added(kept, row.toDoc()));
        }
        transaction.streamPosition(batch.source(), batch.lane(), batch.next());
    }
}
