package dev.tocsin.server.host;

import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.input.order.ObjectOrder;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.SourceDown;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.StreamBatch;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes ordered objects into a host: decodes ahead on several threads, hands records over in order, fills ledger rows. */
final class Intake {

    /** Objects decoded ahead of the one whose records the engine takes. */
    private static final int OBJECTS_AHEAD = 64;

    /** Objects that one thread decodes without a hand-over between them, if they are small: so many stored bytes. */
    private static final int BATCH_OBJECTS = 16;

    private static final long BATCH_BYTES = 128 * 1024;

    private final LocalHost host;
    private final @Nullable String account;
    private final @Nullable String region;
    private final Function<SourceObject, Wanted> wanted;
    private final BiConsumer<SourceObject, List<Event>> watch;
    private final Map<SourceObject, LedgerRow> begun = new HashMap<>();
    private final List<String> cut = new ArrayList<>();
    private final FieldPlan plan = AccountFunction.fieldPlan();

    /** Told of each object once all its records are taken. */
    @FunctionalInterface
    interface Done {
        /** Whether to go on with the next object. */
        boolean taken(ObjectOrder.Placed<SourceObject> placed, Decoder decoder, LedgerRow row)
                throws InterruptedException, StoreException;

        /** Whether the object is left for later, although it is decoded. */
        default boolean leaves(ObjectOrder.Placed<SourceObject> placed) {
            return false;
        }

        /** Told that an object's source is down; whether the object is left for later, so that it is not done now. */
        default boolean isLeft(ObjectOrder.Placed<SourceObject> placed, SourceDown why) {
            return false;
        }
    }

    /**
     * An intake of {@code host}.
     *
     * @param account for records whose account nothing names, or null
     * @param region for records whose Region nothing names, or null
     * @param wanted which records of an object are taken
     * @param watch sees the records of each object too, in order, before the engine
     */
    Intake(
            LocalHost host,
            @Nullable String account,
            @Nullable String region,
            Function<SourceObject, Wanted> wanted,
            BiConsumer<SourceObject, List<Event>> watch) {
        this.host = host;
        this.account = account;
        this.region = region;
        this.wanted = wanted;
        this.watch = watch;
    }

    /** {@code objects} in the order in which they are to be taken. */
    List<ObjectOrder.Placed<SourceObject>> sort(List<SourceObject> objects, ExecutorService workers)
            throws InterruptedException {
        return new ObjectOrder<SourceObject>(workers, object -> context(object, 0)).sort(objects);
    }

    /**
     * Takes {@code ordered}, until {@code done} ends it.
     *
     * @throws TornObject if an object is left for later of which records are taken
     */
    void read(List<ObjectOrder.Placed<SourceObject>> ordered, ExecutorService workers, Done done)
            throws InterruptedException, StoreException {
        Lookahead lookahead = new Lookahead();
        Deque<Decoder> ahead = new ArrayDeque<>();
        int next = 0;
        for (ObjectOrder.Placed<SourceObject> placed : ordered) {
            while (next < ordered.size() && ahead.size() <= OBJECTS_AHEAD - BATCH_OBJECTS) {
                List<Decoder> batch = batch(ordered, next, lookahead);
                next += batch.size();
                workers.execute(() -> batch.forEach(Decoder::run));
                ahead.addAll(batch);
            }
            Decoder decoder = ahead.remove();
            LedgerRow row = done.leaves(placed) ? leave(decoder) : take(decoder, placed, done);
            if (row != null && !done.taken(placed, decoder, row)) {
                return;
            }
        }
    }

    /** Lets what is decoded go. */
    private static @Nullable LedgerRow leave(Decoder decoder) throws InterruptedException {
        boolean more = true;
        while (more) {
            more = !decoder.next().last();
        }
        return null;
    }

    /** Decoders of the next objects, for one thread: of one large object or of several small ones. */
    private List<Decoder> batch(List<ObjectOrder.Placed<SourceObject>> ordered, int first, Lookahead lookahead) {
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
                    wanted.apply(object),
                    ordered.get(i).part(),
                    lookahead,
                    i + 1 < end));
        }
        return batch;
    }

    private ParseContext context(SourceObject object, int index) {
        StreamBatch streamed = object.streamed();
        if (streamed != null) {
            String ofStream = streamed.form().region();
            return new ParseContext(streamed.logObject(index), plan, account, ofStream == null ? region : ofStream);
        }
        LogObject identity = ObjectKey.parse(object.name()).object(index, object.name(), object.modifiedAt());
        return new ParseContext(identity, plan, account, region);
    }

    /** The row of the object, or null if it is left for later. */
    private @Nullable LedgerRow take(Decoder decoder, ObjectOrder.Placed<SourceObject> placed, Done done)
            throws InterruptedException {
        LedgerRow row = row(placed);
        boolean more = true;
        boolean begins = placed.part().first();
        while (more) {
            Chunk chunk = decoder.next();
            SourceDown down = chunk.last() ? decoder.down() : null;
            if (down != null && done.isLeft(placed, down)) {
                if (!begins) {
                    throw new TornObject(down);
                }
                begun.remove(placed.object());
                return null;
            }
            begins = false;
            watch.accept(placed.object(), chunk.events());
            host.take(chunk.events());
            more = !chunk.last();
        }
        if (placed.part().first()) {
            report(decoder, row); // which is of all its parts
        } else if (decoder.report() == null) {
            row.brokenOff(decoder.failure());
        }
        if (placed.part().last()) {
            begun.remove(placed.object());
        }
        return row;
    }

    /** The row of an object, which its first part begins. */
    private LedgerRow row(ObjectOrder.Placed<SourceObject> placed) {
        LedgerRow row = begun.get(placed.object());
        if (row == null) {
            row = new LedgerRow(placed.object().name());
            host.open(row);
        }
        if (!placed.part().isWhole() && placed.part().first()) {
            begun.put(placed.object(), row);
            cut.add(row.source());
        }
        return row;
    }

    /** Whether no object is taken in part: a checkpoint may lie here. */
    boolean isBetween() {
        return begun.isEmpty();
    }

    /** The names of objects that were cut by day. */
    List<String> cut() {
        return List.copyOf(cut);
    }

    private static void report(Decoder decoder, LedgerRow row) {
        ObjectReport report = decoder.report();
        StreamBatch streamed = decoder.streamed();
        if (streamed != null && streamed.lost() != null) {
            row.read(
                    "unknown",
                    "refused",
                    0,
                    0,
                    streamed.lost().count(),
                    0,
                    streamed.lost().reason());
            return;
        }
        if (decoder.passedOver() != null) {
            row.read("unknown", "skipped", 0, 0, 0, 0, decoder.passedOver());
            return;
        }
        if (report == null) {
            int records = streamed == null ? 1 : streamed.records().size();
            row.read("unknown", "refused", 0, 0, records, 0, decoder.failure());
            return;
        }
        long left =
                decoder.leftOut().values().stream().mapToLong(Long::longValue).sum();
        Rejected rejected = decoder.rejected();
        long used = report.accepted() - left - rejected.count();
        boolean nothing = left > 0 && left == report.accepted() && report.status() == ObjectReport.Status.ACCEPTED;
        row.read(
                report.kind().wireName(),
                nothing ? "skipped" : rejected.status(report, used + left + report.ignored()),
                used,
                report.ignored() + left,
                report.rejected() + rejected.count(),
                report.bytes(),
                message(report.message(), decoder));
        if (report.accepted() > 0) {
            row.span(report.firstEvent(), report.lastEvent());
        }
    }

    private static @Nullable String message(@Nullable String said, Decoder decoder) {
        List<String> parts = new ArrayList<>(said == null ? List.of() : List.of(said));
        if (decoder.rejected().count() > 0) {
            parts.add(decoder.rejected().message());
        }
        decoder.leftOut().forEach((reason, count) -> parts.add("ignored " + count + ": " + reason));
        return parts.isEmpty() ? null : String.join("; ", parts);
    }
}
