package dev.tocsin.server.host;

import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.container.ObjectKey;
import dev.tocsin.server.source.SourceObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The order in which objects are processed: the time that AWS writes into their names, else the earliest of their first
 * records; then the file's name if it has a time, then the content. Where an object lies decides only between copies.
 */
final class ObjectOrder {

    private static final Comparator<Placed> ORDER = Comparator.comparingLong(Placed::time)
            .thenComparing(Placed::timedName)
            .thenComparing(placed -> placed.digest().value())
            .thenComparing(placed -> placed.object().name());

    private final ExecutorService workers;
    private final Function<SourceObject, ParseContext> contexts;

    /**
     * An object in its place.
     *
     * @param object the object
     * @param key what its name says
     * @param time delivery time from the name, else the earliest of its first records, epoch seconds; {@link
     *     Long#MAX_VALUE} if neither is there
     * @param kind the log it is expected to hold, or null if nothing tells
     * @param digest of its content
     */
    record Placed(
            SourceObject object,
            ObjectKey key,
            long time,
            @Nullable LogKind kind,
            ContentDigest digest) {
        private boolean timed() {
            return key.deliveredAt() != Long.MAX_VALUE;
        }

        /** The file's name if AWS wrote a time into it, which is no path; else nothing. */
        private String timedName() {
            return timed() ? object.name().substring(object.name().lastIndexOf('/') + 1) : "";
        }
    }

    /**
     * An order of objects.
     *
     * @param workers look into objects whose name does not say enough
     * @param contexts what reading an object needs to know
     */
    ObjectOrder(ExecutorService workers, Function<SourceObject, ParseContext> contexts) {
        this.workers = workers;
        this.contexts = contexts;
    }

    /**
     * {@code objects} in their order.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    List<Placed> sort(List<SourceObject> objects) throws InterruptedException {
        List<Future<Placed>> placing = new ArrayList<>(objects.size());
        for (SourceObject object : objects) {
            placing.add(workers.submit(() -> place(object)));
        }
        List<Placed> placed = new ArrayList<>(objects.size());
        for (Future<Placed> one : placing) {
            try {
                placed.add(one.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("an object's place cannot be told", e.getCause());
            }
        }
        placed.sort(ORDER);
        return placed;
    }

    private Placed place(SourceObject object) {
        ObjectKey key = ObjectKey.parse(object.name());
        LogKind kind = LogKind.of(key.kind());
        long time = key.deliveredAt();
        if (key.foreign() == null && (kind == null || time == Long.MAX_VALUE)) {
            ObjectPeek peek = ObjectPeek.into(object, contexts.apply(object));
            kind = kind == null ? peek.kind() : kind;
            time = time == Long.MAX_VALUE ? peek.earliest() : time;
        }
        return new Placed(object, key, time, key.foreign() == null ? kind : null, new ContentDigest(object));
    }
}
