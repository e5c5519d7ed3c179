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
import dev.tocsin.server.source.SourceObject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads objects once, from oldest to newest: decodes ahead on several threads, and runs the engine in order. */
public final class Analysis {

    /** Objects decoded ahead of the one whose records the engine takes. */
    private static final int OBJECTS_AHEAD = 64;

    private final Options options;
    private final LocalHost host = new LocalHost(EngineServices.NONE);
    private final Ledger ledger = new Ledger();
    private final FieldPlan plan = AccountFunction.fieldPlan();
    private long bytes;
    private long records;

    /**
     * What an analysis may be told.
     *
     * @param threads decoders at work at once, 1 or more
     * @param account for records whose account nothing names, or null
     * @param region for records whose Region nothing names, or null
     * @param watch sees the records too, in order, before the engine
     * @param progress told how far it is, after each chunk and object
     */
    public record Options(
            int threads,
            @Nullable String account,
            @Nullable String region,
            Consumer<List<Event>> watch,
            Progress progress) {

        /** Options that watch nothing. */
        public static Options threads(int threads) {
            return new Options(threads, null, null, events -> {}, (bytes, objects, records, findings) -> {});
        }
    }

    /** Told how far an analysis is. */
    @FunctionalInterface
    public interface Progress {
        /** So many stored bytes and objects are done, so many records taken and findings made. */
        void at(long bytes, int objects, long records, int findings);
    }

    /** An analysis not yet begun. */
    public Analysis(Options options) {
        this.options = options;
    }

    /** Takes what is known of the accounts' resources, before {@link #run}. */
    public void learn(List<InventoryFact> facts) {
        host.learn(facts);
    }

    /**
     * Reads {@code objects} and lets time run out.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public void run(List<SourceObject> objects) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(options.threads())) {
            List<ObjectOrder.Placed> ordered = new ObjectOrder(workers, object -> context(object, 0)).sort(objects);
            read(ordered, new Watermark(toCome(ordered), false), workers);
        }
        host.advance(Long.MAX_VALUE);
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
            throws InterruptedException {
        Deque<Decoder> ahead = new ArrayDeque<>();
        int next = 0;
        for (ObjectOrder.Placed placed : ordered) {
            while (next < ordered.size() && ahead.size() < OBJECTS_AHEAD) {
                Decoder decoder = decoder(ordered.get(next).object(), next);
                next++;
                workers.execute(decoder);
                ahead.add(decoder);
            }
            Decoder decoder = ahead.remove();
            take(decoder);
            watermark.finished(
                    placed.kind(), decoder.times(), decoder.identity().believedUntil());
            host.advance(watermark.value());
            bytes += placed.object().size();
            progress();
        }
    }

    private Decoder decoder(SourceObject object, int index) {
        return new Decoder(object, context(object, index));
    }

    private ParseContext context(SourceObject object, int index) {
        LogObject identity = ObjectKey.parse(object.name()).object(index, object.name(), object.modifiedAt());
        return new ParseContext(identity, plan, options.account(), options.region());
    }

    private void take(Decoder decoder) throws InterruptedException {
        LedgerRow row = new LedgerRow(decoder.identity().source());
        ledger.add(row);
        host.open(decoder.identity(), row);
        for (Chunk chunk = decoder.next(); ; chunk = decoder.next()) {
            options.watch().accept(chunk.events());
            host.take(chunk.events());
            records += chunk.events().size();
            progress();
            if (chunk.last()) {
                break;
            }
        }
        report(decoder, row);
    }

    private void progress() {
        options.progress()
                .at(bytes, ledger.rows().size(), records, host.findings().size());
    }

    private static void report(Decoder decoder, LedgerRow row) {
        ObjectReport report = decoder.report();
        if (report == null) {
            row.read("unknown", "refused", 0, 0, 1, 0, decoder.failure());
            return;
        }
        row.read(
                report.kind().wireName(),
                report.status().wireName(),
                report.accepted(),
                report.ignored(),
                report.rejected(),
                report.bytes(),
                report.message());
        if (report.accepted() > 0) {
            row.span(report.firstEvent(), report.lastEvent());
        }
    }

    /** All findings. */
    public Collection<FindingState> findings() {
        return host.findings();
    }

    /** What became of every object. */
    public Ledger ledger() {
        return ledger;
    }
}
