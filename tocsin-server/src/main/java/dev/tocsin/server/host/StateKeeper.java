package dev.tocsin.server.host;

import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.ObjectIdentity;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.store.StoreTransaction;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

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
    private static final String CLOCK = "clock.";

    private final Store store;
    private final LongSupplier nanoClock;
    private final Map<ObjectIdentity, LedgerRow> read = new LinkedHashMap<>();
    private long lastCheckpoint;

    /** A keeper of {@code store}; {@code nanoClock} tells when a checkpoint is due and nothing else. */
    StateKeeper(Store store, LongSupplier nanoClock) {
        this.store = store;
        this.nanoClock = nanoClock;
        this.lastCheckpoint = nanoClock.getAsLong();
    }

    /** Where the watermark stood at the last checkpoint, epoch seconds. */
    static long watermark(Store store) throws StoreException {
        return store.positions().getOrDefault(WATERMARK, Long.MIN_VALUE);
    }

    /** Lets {@code watermark} go on from the last checkpoint. */
    void resume(Watermark watermark) throws StoreException {
        Map<String, Long> positions = store.positions();
        Map<LogKind, Long> clocks = new EnumMap<>(LogKind.class);
        for (LogKind kind : LogKind.values()) {
            Long clock = positions.get(CLOCK + kind.name());
            if (clock != null) {
                clocks.put(kind, clock);
            }
        }
        watermark.restore(positions.getOrDefault(WATERMARK, Long.MIN_VALUE), clocks);
    }

    /** Whether an earlier run read {@code object} as it is now. */
    boolean wasRead(SourceObject object) throws StoreException {
        return store.wasRead(ObjectIdentity.of(object));
    }

    /** Notes that all records of {@code object} are in the state now. One that was refused is tried again next time. */
    void finished(SourceObject object, LedgerRow row) {
        if (!row.status().equals("refused")) {
            read.put(ObjectIdentity.of(object), row);
        }
    }

    /** Writes a checkpoint if one is due. */
    void checkpointIfDue(LocalHost host, Watermark watermark) throws StoreException {
        if (nanoClock.getAsLong() - lastCheckpoint >= EVERY_NANOS || host.dirtyBytes() >= MOST_DIRTY_BYTES) {
            checkpoint(host, watermark);
        }
    }

    /** Writes all that is not written yet in one transaction. */
    void checkpoint(LocalHost host, Watermark watermark) throws StoreException {
        store.write(transaction -> {
            host.save(transaction);
            objects(transaction);
            for (LedgerRow later : host.countedLater()) {
                transaction.changeLedgerRow(ObjectIdentity.nameOf(later.source()), row -> LedgerRow.added(row, later));
            }
            transaction.position(WATERMARK, watermark.value());
            for (Map.Entry<LogKind, Long> clock : watermark.clocks().entrySet()) {
                transaction.position(CLOCK + clock.getKey().name(), clock.getValue());
            }
        });
        host.saved();
        read.values().forEach(LedgerRow::markKept);
        read.clear();
        lastCheckpoint = nanoClock.getAsLong();
    }

    private void objects(StoreTransaction transaction) throws IOException {
        for (Map.Entry<ObjectIdentity, LedgerRow> one : read.entrySet()) {
            transaction.object(one.getKey(), one.getValue().toDoc().toJson());
        }
    }
}
