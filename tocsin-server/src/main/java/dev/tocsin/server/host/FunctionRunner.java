package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.StateBlock;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs one keyed function over its keys: elements as they come, timers as the watermark passes them, in the order of
 * time and key. With a store, memory holds the keys used last, and the store the rest. Used by one thread at a time.
 *
 * @param <I> the function's input
 */
final class FunctionRunner<I> {

    private static final System.Logger LOG = System.getLogger(FunctionRunner.class.getName());

    /** Behind the name of a kind of which an entry was damaged. */
    static final String DAMAGED = ".damaged";

    private record Damaged(String key, String kind, String name, Packed packed) {}

    private record Timer(long at, String key) {}

    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::at).thenComparing(Timer::key);

    private final String name;
    private final KeyedFunction<I> function;
    private final Output output;
    private final @Nullable Spill spill;
    private final int mostKeys;
    private @Nullable Store store;
    private final Map<String, KeyState> keys = new LinkedHashMap<>(16, 0.75f, true);
    private final TreeSet<Timer> timers = new TreeSet<>(ORDER);
    private final Map<Timer, Boolean> changedTimers = new HashMap<>();
    private final Set<KeyState> dirty = new LinkedHashSet<>();
    private final List<Damaged> damaged = new ArrayList<>();
    private long dirtyBytes;
    private long watermark = Long.MIN_VALUE;

    /** A runner that keeps everything in memory. */
    FunctionRunner(KeyedFunction<I> function, Output output) {
        this("", function, output, null, Integer.MAX_VALUE);
    }

    /** A runner that keeps up to {@code mostKeys} keys in memory and, under {@code name}, the others in {@code spill}. */
    FunctionRunner(String name, KeyedFunction<I> function, Output output, @Nullable Spill spill, int mostKeys) {
        this.name = name;
        this.function = function;
        this.output = output;
        this.spill = spill;
        this.mostKeys = mostKeys;
    }

    /**
     * A runner that goes on from what {@code store} holds under {@code name}.
     *
     * @param resumed where the watermark stood
     * @param owns the keys that this runner has to do with
     * @throws StoreException if the store cannot be read
     */
    FunctionRunner(
            String name, KeyedFunction<I> function, Output output, Store store, long resumed, Predicate<String> owns)
            throws StoreException {
        this.name = name;
        this.function = function;
        this.output = output;
        this.spill = null;
        this.mostKeys = Integer.MAX_VALUE;
        this.store = store;
        this.watermark = resumed;
        for (Store.StoredTimer timer : store.state().timers(name)) {
            if (owns.test(timer.key())) {
                timers.add(new Timer(timer.at(), timer.key()));
            }
        }
    }

    void accept(String key, I element) {
        function.onElement(element, state(key), output);
    }

    /** Shows the state of {@code key} to {@code change}. */
    void change(String key, Consumer<KeyContext> change) {
        change.accept(state(key));
    }

    private KeyState state(String key) {
        KeyState state = keys.get(key);
        if (state == null) {
            if (spill != null && keys.size() >= mostKeys) {
                makeRoom(spill);
            }
            state = new KeyState(this, key, isStored(key));
            keys.put(key, state);
        }
        return state;
    }

    /** Writes the keys used longest ago out of memory; timers stay. */
    private void makeRoom(Spill out) {
        if (store == null) {
            store = out.store();
            keys.values().forEach(KeyState::dirtyAll);
        }
        try {
            StateBlock block = new StateBlock();
            save(block);
            store().checkpoint(block, transaction -> {});
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
        saved(Long.MAX_VALUE);
        Iterator<KeyState> oldest = keys.values().iterator();
        while (keys.size() > mostKeys / 2) {
            oldest.next();
            oldest.remove();
        }
    }

    private boolean isStored(String key) {
        try {
            return store != null && store.state().knows(name, key);
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the watermark to {@code at} (never back) and calls the timers it has reached. */
    void advance(long at) {
        if (at <= watermark) {
            return;
        }
        watermark = at;
        while (hasTimerBy(at)) {
            Timer timer = timers.removeFirst();
            changed(timer, false);
            KeyState state = state(timer.key());
            function.onTimer(timer.at(), state, output);
            if (store == null && state.isEmpty()) {
                keys.remove(timer.key());
            }
        }
    }

    /** Whether a timer is due once the watermark stands at {@code at}. */
    boolean hasTimerBy(long at) {
        return !timers.isEmpty() && timers.getFirst().at() <= at;
    }

    long watermark() {
        return watermark;
    }

    void schedule(long at, String key) {
        Timer timer = new Timer(at, key);
        if (timers.add(timer)) {
            changed(timer, true);
        }
    }

    private void changed(Timer timer, boolean set) {
        if (store != null && spill == null) {
            changedTimers.put(timer, set);
        }
    }

    /** The name under which its state is kept. */
    String name() {
        return name;
    }

    boolean keepsState() {
        return store != null;
    }

    Store store() {
        return Objects.requireNonNull(store, "a runner without a store has nothing to load");
    }

    /** Notes that an entry of about {@code bytes} waits to be written. */
    void dirtied(KeyState key, int bytes) {
        dirty.add(key);
        dirtyBytes += bytes;
    }

    /** Keeps a damaged entry, which begins anew, under the kind's name and {@link #DAMAGED}, for a person to look at. */
    void setAside(String key, String kind, String entry, Packed packed, Exception why) {
        LOG.log(
                System.Logger.Level.ERROR,
                "the state of " + name + " " + key + ", " + kind + " " + entry + ", is damaged (" + why.getMessage()
                        + "): it is set aside in the store and begins anew; a backup may hold it");
        damaged.add(new Damaged(key, kind + DAMAGED, entry, packed));
    }

    /** What waits to be written, in bytes. */
    long dirtyBytes() {
        return dirtyBytes;
    }

    /** Whether anything changed since the last time. */
    boolean hasChanged() {
        return !dirty.isEmpty() || !damaged.isEmpty() || !changedTimers.isEmpty();
    }

    /** Packs all that changed since the last time. */
    void save(StateBlock block) {
        try {
            for (KeyState key : dirty) {
                key.save(name, block);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        damaged.forEach(one -> block.put(name, one.key(), one.kind(), one.name(), one.packed()));
        for (Map.Entry<Timer, Boolean> timer : changedTimers.entrySet()) {
            block.timer(name, timer.getKey().key(), timer.getKey().at(), timer.getValue());
        }
    }

    /** What was written is committed: nothing waits, and the keys used longest ago make room. */
    void saved(long mostBytes) {
        dirty.forEach(KeyState::sweep);
        dirty.clear();
        changedTimers.clear();
        damaged.clear();
        dirtyBytes = 0;
        long bytes = keys.values().stream().mapToLong(KeyState::bytes).sum();
        Iterator<KeyState> oldest = keys.values().iterator();
        while (bytes > mostBytes && oldest.hasNext()) {
            bytes -= oldest.next().bytes();
            oldest.remove();
        }
    }
}
