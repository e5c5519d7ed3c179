package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.SourceObject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads objects once, from oldest to newest: decodes ahead on several threads, and runs the engine in order. */
public final class Analysis {

    /** Objects decoded ahead of the one whose records the engine takes. */
    private static final int OBJECTS_AHEAD = 64;

    private final Options options;
    private final LocalHost host = new LocalHost(EngineServices.NONE);
    private final Ledger ledger = new Ledger();
    private final FieldPlan plan = AccountFunction.fieldPlan();

    /**
     * What an analysis may be told.
     *
     * @param threads decoders at work at once, 1 or more
     * @param account for records whose account nothing names, or null
     * @param region for records whose Region nothing names, or null
     * @param progress told the stored bytes done after each object
     */
    public record Options(
            int threads, @Nullable String account, @Nullable String region, LongConsumer progress) {}

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
        List<ObjectOrder.Placed> ordered = ObjectOrder.sort(objects);
        Deque<Decoder> ahead = new ArrayDeque<>();
        int next = 0;
        long bytes = 0;
        try (ExecutorService decoders = Executors.newFixedThreadPool(options.threads())) {
            while (next < ordered.size() || !ahead.isEmpty()) {
                while (next < ordered.size() && ahead.size() < OBJECTS_AHEAD) {
                    Decoder decoder = decoder(ordered.get(next), next);
                    next++;
                    decoders.execute(decoder);
                    ahead.add(decoder);
                }
                Decoder decoder = ahead.remove();
                take(decoder);
                bytes += ordered.get(next - ahead.size() - 1).object().size();
                options.progress().accept(bytes);
            }
        }
        host.advance(Long.MAX_VALUE);
    }

    private Decoder decoder(ObjectOrder.Placed placed, int index) {
        LogObject object = placed.key()
                .object(index, placed.object().name(), placed.object().modifiedAt());
        return new Decoder(placed.object(), new ParseContext(object, plan, options.account(), options.region()));
    }

    private void take(Decoder decoder) throws InterruptedException {
        LedgerRow row = new LedgerRow(decoder.identity().source());
        ledger.add(row);
        host.open(decoder.identity(), row);
        for (Chunk chunk = decoder.next(); ; chunk = decoder.next()) {
            host.take(chunk.events());
            if (chunk.last()) {
                break;
            }
        }
        report(decoder, row);
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
