package dev.tocsin.server.host;

import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.Output;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One function's keys, shared out over a fixed number of runners that work at the same time and share nothing. Each
 * takes its elements in their order, and what all say is passed on in the order of runners once all are done: the result
 * is the same on any number of threads.
 *
 * @param <I> the function's input
 */
final class Shards<I> {

    /** Runners of a function: a few for each core of a large machine. */
    static final int COUNT = 16;

    /** Elements below which handing them to other threads costs more than it saves. */
    private static final int FEW = 512;

    private static final int PLACES = 4_096;

    private final @Nullable String[] placedKeys = new String[PLACES];
    private final int[] placed = new int[PLACES];
    private final List<Shard<I>> shards = new ArrayList<>(COUNT);
    private final Workers workers;
    private int waiting;

    /** Makes the runner of one shard. */
    @FunctionalInterface
    interface Maker<I> {
        /** A runner that speaks to {@code output} and has to do with the keys that {@code owns} names. */
        FunctionRunner<I> make(Output output, Predicate<String> owns) throws StoreException;
    }

    private record Element<I>(String key, I value) {}

    private record Shard<I>(FunctionRunner<I> runner, Collected output, List<Element<I>> elements) {
        void take() {
            elements.forEach(element -> runner.accept(element.key(), element.value()));
            elements.clear();
        }
    }

    Shards(Workers workers, Maker<I> maker) throws StoreException {
        this.workers = workers;
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            Collected output = new Collected();
            shards.add(new Shard<>(maker.make(output, key -> shard(key) == number), output, new ArrayList<>()));
        }
    }

    private static int shard(String key) {
        return (int) Long.remainderUnsigned(Hash.of(key), COUNT);
    }

    /** As {@link #shard}; mostly the key is the same text as one a while ago. */
    @SuppressWarnings("ReferenceEquality") // an equal text that is another object is digested again
    private int placed(String key) {
        int hash = key.hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        if (placedKeys[place] != key) {
            placedKeys[place] = key;
            placed[place] = shard(key);
        }
        return placed[place];
    }

    /** Adds an element, which waits for {@link #take}. */
    void add(String key, I element) {
        shards.get(placed(key)).elements().add(new Element<>(key, element));
        waiting++;
    }

    /** Shows the state of {@code key} to {@code change}, between elements. */
    void change(String key, Consumer<KeyContext> change) {
        shards.get(placed(key)).runner().change(key, change);
    }

    /** Processes the elements that wait, and passes on to {@code output} what was said. */
    void take(Output output) throws InterruptedException {
        List<Runnable> work = new ArrayList<>();
        for (Shard<I> shard : shards) {
            if (!shard.elements().isEmpty()) {
                work.add(shard::take);
            }
        }
        run(work, waiting < FEW, output);
        waiting = 0;
    }

    /** Moves the watermark of all keys to {@code at}, and passes on to {@code output} what was said. */
    void advance(long at, Output output) throws InterruptedException {
        List<Runnable> work = new ArrayList<>();
        for (Shard<I> shard : shards) {
            if (shard.runner().hasTimerBy(at)) {
                work.add(() -> shard.runner().advance(at));
            } else {
                shard.runner().advance(at);
            }
        }
        run(work, work.size() < 2, output);
    }

    private void run(List<Runnable> work, boolean few, Output output) throws InterruptedException {
        if (few) {
            work.forEach(Runnable::run);
        } else {
            workers.doAll(work);
        }
        shards.forEach(shard -> shard.output().passTo(output));
    }

    /** What waits to be written, in bytes. */
    long dirtyBytes() {
        return shards.stream().mapToLong(shard -> shard.runner().dirtyBytes()).sum();
    }

    /** Packs all that changed since the last time. */
    void save(StateBlock block) throws InterruptedException {
        List<StateBlock> parts = new ArrayList<>();
        List<Runnable> work = new ArrayList<>();
        for (Shard<I> shard : shards) {
            if (shard.runner().hasChanged()) {
                StateBlock part = new StateBlock();
                parts.add(part);
                work.add(() -> shard.runner().save(part));
            }
        }
        workers.doAll(work);
        parts.forEach(block::add);
    }

    /** What was written is committed; all keys together may weigh {@code mostBytes} from now on. */
    void saved(long mostBytes) {
        shards.forEach(shard -> shard.runner().saved(mostBytes / COUNT));
    }
}
