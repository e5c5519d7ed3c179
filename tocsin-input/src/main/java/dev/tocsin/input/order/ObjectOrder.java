package dev.tocsin.input.order;

import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.input.container.ObjectKey;
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
 * One without a time in its name that spans days takes several places, a day each.
 */
public final class ObjectOrder<O extends Orderable> {

    private static final Comparator<Placed<?>> ORDER = Comparator.<Placed<?>>comparingLong(Placed::time)
            .thenComparing(Placed::timedName)
            .thenComparing(placed -> placed.digest().value())
            .thenComparing(placed -> placed.object().name())
            .thenComparingLong(placed -> placed.part().from());

    private static final ObjectKey NO_KEY = ObjectKey.parse("stream");

    private final ExecutorService workers;
    private final Function<O, ParseContext> contexts;

    /**
     * An object, or part of one, in its place.
     *
     * @param object the object
     * @param key what its name says
     * @param time delivery time from the name, else the earliest of its first records, epoch seconds; {@link
     *     Long#MAX_VALUE} if neither is there
     * @param kind the log it is expected to hold, or null if nothing tells
     * @param digest of its content
     * @param part which of its records are processed in this place
     */
    public record Placed<O extends Orderable>(
            O object, ObjectKey key, long time, @Nullable LogKind kind, ContentDigest digest, ObjectDays.Part part) {
        /** The same, expected to hold {@code log}; null if nothing tells. */
        public Placed<O> holding(@Nullable LogKind log) {
            return new Placed<>(object, key, time, log, digest, part);
        }

        /** Whether AWS wrote a time into its name. */
        public boolean timed() {
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
    public ObjectOrder(ExecutorService workers, Function<O, ParseContext> contexts) {
        this.workers = workers;
        this.contexts = contexts;
    }

    /**
     * {@code objects} in their order.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public List<Placed<O>> sort(List<O> objects) throws InterruptedException {
        List<Future<List<Placed<O>>>> placing = new ArrayList<>(objects.size());
        for (O object : objects) {
            placing.add(workers.submit(() -> place(object)));
        }
        List<Placed<O>> placed = new ArrayList<>(objects.size());
        for (Future<List<Placed<O>>> one : placing) {
            try {
                placed.addAll(one.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("an object's place cannot be told", e.getCause());
            }
        }
        placed.sort(ORDER);
        return placed;
    }

    /** Batches of a stream's lane stay in their order: what comes behind one is known by how far the one before it came. */
    private Placed<O> placed(O object, Orderable.Place known) {
        return new Placed<>(
                object,
                NO_KEY,
                known.time(),
                null,
                new ContentDigest(object, known.key()),
                ObjectDays.Part.whole(known.time()));
    }

    private List<Placed<O>> place(O object) {
        Orderable.Place known = object.place();
        if (known != null) {
            return List.of(placed(object, known));
        }
        ObjectKey key = ObjectKey.parse(object.name());
        ContentDigest digest = new ContentDigest(object);
        LogKind kind = key.foreign() == null ? LogKind.of(key.kind()) : null;
        long time = key.deliveredAt();
        boolean timed = time != Long.MAX_VALUE;
        List<ObjectDays.Part> parts = List.of(ObjectDays.Part.whole(time));
        if (key.foreign() == null && (kind == null || !timed)) {
            ObjectPeek peek = ObjectPeek.into(object, contexts.apply(object), !timed);
            kind = kind == null ? peek.kind() : kind;
            if (!timed && kind != null) {
                parts = peek.days().parts(kind.latenessSeconds(), peek.earliest());
            }
        }
        List<Placed<O>> placed = new ArrayList<>(parts.size());
        for (ObjectDays.Part part : parts) {
            placed.add(new Placed<>(object, key, part.earliest(), kind, digest, part));
        }
        return placed;
    }
}
