package dev.tocsin.flink.source;

import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.flink.Settings;
import dev.tocsin.input.order.ObjectOrder;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Lists and orders all objects once, hands them out in their order, and keeps time: where it stands after each turn. */
final class LogEnumerator implements SplitEnumerator<LogSplit, Plan> {

    private static final int THREADS = 4;

    private final SplitEnumeratorContext<LogSplit> context;
    private final Settings settings;
    private final Deque<Integer> asking = new ArrayDeque<>();
    private final Map<Integer, Integer> told = new HashMap<>();
    private final Map<Integer, Integer> passed = new HashMap<>();
    private final NavigableMap<Long, Integer> passedAt = new TreeMap<>();
    private @Nullable Plan plan;

    LogEnumerator(SplitEnumeratorContext<LogSplit> context, Settings settings, @Nullable Plan restored) {
        this.context = context;
        this.settings = settings;
        this.plan = restored == null || restored.total < 0 ? null : restored;
    }

    @Override
    public void start() {
        if (plan == null) {
            context.callAsync(this::list, (listed, failure) -> {
                if (failure != null) {
                    throw new IllegalStateException("the logs cannot be listed: " + failure.getMessage(), failure);
                }
                plan = listed;
                hand();
            });
        }
    }

    private Plan list() throws IOException, InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(THREADS)) {
            return Plan.of(SliceKinds.told(
                    new ObjectOrder<LogFile>(workers, this::context).sort(LogFiles.list(settings.paths())), settings));
        }
    }

    private ParseContext context(LogFile file) {
        return new ParseContext(Decoder.identity(0, file), FieldPlan.NONE, settings.account(), settings.region());
    }

    @Override
    public void addReader(int reader) {
        passed.put(reader, 0);
        told.remove(reader);
        Plan here = plan;
        if (here != null) {
            tell(here);
        }
    }

    /** Tells every reader of the turns it does not know of yet. */
    private void tell(Plan here) {
        int until = here.known();
        for (int reader : context.registeredReaders().keySet()) {
            int first = told.getOrDefault(reader, here.base - 1) + 1;
            if (first <= until) {
                context.sendEventToSourceReader(reader, new Turns(first, here.total, here.stamps(first, until)));
                told.put(reader, until);
            }
        }
    }

    @Override
    public void handleSplitRequest(int reader, @Nullable String host) {
        asking.add(reader);
        hand();
    }

    private void hand() {
        Plan here = plan;
        while (here != null && !asking.isEmpty()) {
            int reader = asking.remove();
            if (!context.registeredReaders().containsKey(reader)) {
                continue;
            }
            if (here.remaining.isEmpty()) {
                context.signalNoMoreSplits(reader);
            } else {
                context.assignSplit(here.remaining.pollFirstEntry().getValue(), reader);
            }
        }
        if (here != null) {
            tell(here);
        }
    }

    @Override
    public void handleSourceEvent(int reader, SourceEvent event) {
        Plan here = plan;
        if (here == null || !(event instanceof Finished one)) {
            return;
        }
        here.finished(one);
        tell(here);
        passed.put(reader, one.told());
    }

    @Override
    public void addSplitsBack(List<LogSplit> splits, int reader) {
        Plan here = plan;
        if (here != null) {
            splits.forEach(split -> here.remaining.put(split.index(), split));
        }
    }

    @Override
    public Plan snapshotState(long checkpoint) {
        passedAt.put(
                checkpoint,
                passed.values().stream().mapToInt(Integer::intValue).min().orElse(0));
        Plan here = plan;
        return here == null ? Plan.unlisted() : here;
    }

    /** Readers go back no further than to this checkpoint: what all had passed by then is not told again. */
    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        Map.Entry<Long, Integer> done = passedAt.floorEntry(checkpoint);
        Plan here = plan;
        if (done != null && here != null) {
            here.trim(done.getValue());
            passedAt.headMap(checkpoint, true).clear();
        }
    }

    @Override
    public void close() {}
}
