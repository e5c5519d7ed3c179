package dev.tocsin.flink.source;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.order.Turn;
import dev.tocsin.flink.wire.Batch;
import dev.tocsin.flink.wire.RowPart;
import dev.tocsin.input.order.LogKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;

/**
 * Gives the records of its splits on in their turns. A split is decoded ahead; once the turns before it are decoded, by
 * whichever reader, it is known where time stands and its records go on. The watermark passes a turn when this reader
 * has nothing more of it.
 */
final class LogReader implements SourceReader<Read, LogSplit> {

    /** Splits that are asked for before the first is decoded. */
    private static final int SPLITS_AHEAD = 4;

    private final SourceReaderContext context;
    private final Ahead ahead;
    private final TreeMap<Integer, LogSplit> own = new TreeMap<>();
    private final TreeMap<Integer, LogSplit> given = new TreeMap<>();
    private final TreeMap<Integer, Long> stamps = new TreeMap<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private int told = -1;
    private int passed = -1;
    private int total = -1;
    private boolean noMore;

    LogReader(SourceReaderContext context, Settings settings) {
        this.context = context;
        this.ahead = new Ahead(settings, this::wake);
    }

    @Override
    public void start() {
        ahead.start();
        for (int i = 0; i < SPLITS_AHEAD; i++) {
            context.sendSplitRequest();
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Read> output) {
        sleep();
        report();
        pass(output);
        LogSplit head = own.isEmpty() ? null : own.firstEntry().getValue();
        if (head != null && head.index() <= told) {
            Chunk chunk = ahead.poll();
            if (chunk != null) {
                give(chunk, head, output);
                wake();
            }
        } else if (head == null && noMore && passed == total) {
            return InputStatus.END_OF_INPUT;
        }
        synchronized (ahead) {
            return available.isDone() ? InputStatus.MORE_AVAILABLE : InputStatus.NOTHING_AVAILABLE;
        }
    }

    private void report() {
        for (LogSplit split : ahead.decoded()) {
            report(split);
            own.computeIfPresent(split.index(), (index, known) -> known.decoded(clocks(split)));
            given.computeIfPresent(split.index(), (index, known) -> known.decoded(clocks(split)));
            context.sendSplitRequest();
        }
    }

    private void report(LogSplit split) {
        context.sendSourceEventToCoordinator(new Finished(
                split.index(), split.kind(), new HashMap<>(clocks(split)), split.nextStart(), Math.max(passed, 0)));
    }

    private static Map<LogKind, Long> clocks(LogSplit split) {
        return Objects.requireNonNull(split.clocks(), "a decoded split has clocks");
    }

    /** Lets the watermark pass the turns of which nothing is to come from here: one by one, so that no host skips any. */
    private void pass(ReaderOutput<Read> output) {
        int until = own.isEmpty() ? told : Math.min(told, own.firstKey());
        while (passed < until) {
            passed++;
            output.emitWatermark(new Watermark(stamp(passed)));
        }
        stamps.headMap(until, false).clear();
        given.headMap(told, false).clear();
    }

    private long stamp(int turn) {
        return Objects.requireNonNull(stamps.get(turn), "the stamp of a turn that is over");
    }

    private void give(Chunk chunk, LogSplit head, ReaderOutput<Read> output) {
        if (chunk.index() != head.index()) {
            throw new IllegalStateException("turn " + chunk.index() + " came before " + head.index());
        }
        long turn = Turn.after(stamp(head.index()));
        for (Batch batch : chunk.batches()) {
            output.collect(new Read.Records(
                    new Batch(turn, batch.chunk(), batch.kind(), batch.key(), batch.object(), batch.records())));
        }
        if (chunk.row() != null) {
            output.collect(new Read.Row(new RowPart(turn, head.file().name(), chunk.row())));
        }
        if (chunk.last()) {
            own.remove(head.index());
            given.put(head.index(), head.givenOn(head.chunks() + 1, true));
        } else {
            own.put(head.index(), head.givenOn(head.chunks() + 1, false));
        }
    }

    /** What is not given on whole, and what is but perhaps not known to be decoded. */
    @Override
    public List<LogSplit> snapshotState(long checkpoint) {
        List<LogSplit> splits = new ArrayList<>(own.values());
        splits.addAll(given.values());
        return splits;
    }

    @Override
    public void addSplits(List<LogSplit> splits) {
        List<LogSplit> sorted = new ArrayList<>(splits);
        sorted.sort((one, other) -> Integer.compare(one.index(), other.index()));
        for (LogSplit split : sorted) {
            if (!split.given()) {
                own.put(split.index(), split);
                ahead.add(split);
            } else {
                given.put(split.index(), split);
                if (split.clocks() != null) {
                    report(split);
                } else {
                    ahead.add(split);
                }
            }
        }
        wake();
    }

    @Override
    public void handleSourceEvents(SourceEvent event) {
        if (event instanceof Turns turns) {
            total = turns.total();
            int turn = turns.first();
            if (told < 0) {
                passed = turn - 1;
                told = turn - 1;
            }
            for (long stamp : turns.stamps()) {
                if (turn > told) {
                    stamps.put(turn, stamp);
                    told = turn;
                }
                turn++;
            }
            wake();
        }
    }

    @Override
    public void notifyNoMoreSplits() {
        noMore = true;
        wake();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        synchronized (ahead) {
            return available;
        }
    }

    private void wake() {
        CompletableFuture<Void> waiting;
        synchronized (ahead) {
            waiting = available;
        }
        waiting.complete(null);
    }

    /** From here on, what comes wakes it anew. */
    private void sleep() {
        synchronized (ahead) {
            if (available.isDone()) {
                available = new CompletableFuture<>();
            }
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {}

    @Override
    public void close() {
        ahead.close();
    }
}
