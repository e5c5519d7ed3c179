package dev.tocsin.server.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.server.store.Packed;
import dev.tocsin.server.store.StateBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The state of one key in memory; with a store, entries are loaded when asked for and written when saved. */
final class KeyState implements KeyContext {

    /** What the name of a stored entry is taken to weigh, in bytes. */
    private static final int NAME_BYTES = 96;

    /** Places of entries found without a look-up, a power of two: some for each kind that an event usually needs. */
    private static final int RECENT = 16;

    /** As many in a key of many entries, such as an account of many identities. */
    private static final int MOST_RECENT = 4_096;

    private final FunctionRunner<?> runner;
    private final String key;
    private final boolean stored;
    private final Map<StateKind<?>, Map<String, StateSlot<?>>> slots = new HashMap<>();
    private final Map<StateKind<?>, Set<String>> storedNames = new HashMap<>();
    private final List<StateSlot<?>> dirty = new ArrayList<>();

    /** Entries asked for lately, by the digest of their names, so that a busy one costs no look-up; all stand in {@link #slots}. */
    private @Nullable StateSlot<?>[] recent = new StateSlot<?>[RECENT];

    private int added;

    /** The state of {@code key}; {@code stored} if the store holds entries of it. */
    KeyState(FunctionRunner<?> runner, String key, boolean stored) {
        this.runner = runner;
        this.key = key;
        this.stored = stored;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public long watermark() {
        return runner.watermark();
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        StateSlot<S> slot = slot(kind, name);
        return slot == null ? null : slot.value();
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        StateSlot<S> slot = known(kind, name);
        if (slot == null) {
            slot = new StateSlot<>(kind, name, isStored(kind, name));
            add(kind, slot);
        }
        set(slot, state);
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        if (!runner.keepsState()) {
            Map<String, StateSlot<?>> named = slots.get(kind);
            if (named != null && named.remove(name) != null) {
                int place = place(kind, name);
                StateSlot<?> near = recent[place];
                if (near != null && near.is(kind, name)) {
                    recent[place] = null;
                }
            }
            return;
        }
        removeStored(kind, name);
    }

    private <S> void removeStored(StateKind<S> kind, String name) {
        StateSlot<S> slot = known(kind, name);
        if (slot == null && isStored(kind, name)) {
            slot = new StateSlot<>(kind, name, true);
            add(kind, slot);
        }
        if (slot != null) {
            set(slot, null);
        }
    }

    private <S> void set(StateSlot<S> slot, @Nullable S state) {
        if (slot.set(state) && runner.keepsState()) {
            dirty.add(slot);
            runner.dirtied(this, slot.bytes());
        }
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        for (String name : names(kind)) {
            slot(kind, name);
        }
        Map<String, StateSlot<?>> named = slots.getOrDefault(kind, Map.of());
        new TreeMap<>(named).forEach((name, slot) -> {
            StateSlot<S> typed = cast(kind, slot);
            S state = typed == null ? null : typed.value();
            if (state != null) {
                visitor.accept(name, state);
            }
        });
    }

    @Override
    public void timerAt(long at) {
        runner.schedule(at, key);
    }

    /** Writes what was put or removed since the last time. */
    void save(String function, StateBlock block) throws IOException {
        for (StateSlot<?> slot : dirty) {
            slot.save(function, key, block);
        }
        dirty.clear();
    }

    /** Takes all entries for new to the store, which the runner has only now. */
    void dirtyAll() {
        for (Map<String, StateSlot<?>> named : slots.values()) {
            for (StateSlot<?> slot : named.values()) {
                slot.touch();
                dirty.add(slot);
                runner.dirtied(this, slot.bytes());
            }
        }
    }

    /** Forgets the entries that are not there any more; only after they were saved. */
    void sweep() {
        Arrays.fill(recent, null);
        slots.forEach((kind, named) -> named.values().removeIf(slot -> {
            boolean gone = slot.value() == null;
            if (gone) {
                storedNames.getOrDefault(kind, new HashSet<>()).remove(slot.name());
            }
            return gone;
        }));
    }

    /** Whether it holds nothing. */
    boolean isEmpty() {
        return slots.values().stream().allMatch(Map::isEmpty);
    }

    /** What its entries weigh in memory, in bytes as last written. */
    long bytes() {
        long sum = 0;
        for (Set<String> names : storedNames.values()) {
            sum += (long) NAME_BYTES * names.size();
        }
        for (Map<String, StateSlot<?>> named : slots.values()) {
            for (StateSlot<?> slot : named.values()) {
                sum += slot.bytes();
            }
        }
        return sum;
    }

    private int place(StateKind<?> kind, String name) {
        int digest = 31 * kind.hashCode() + name.hashCode();
        return (digest ^ digest >>> 16) & (recent.length - 1);
    }

    private <S> @Nullable StateSlot<S> known(StateKind<S> kind, String name) {
        int place = place(kind, name);
        StateSlot<?> near = recent[place];
        if (near != null && near.is(kind, name)) {
            return cast(kind, near);
        }
        Map<String, StateSlot<?>> named = slots.get(kind);
        StateSlot<S> slot = named == null ? null : cast(kind, named.get(name));
        if (slot != null) {
            recent[place] = slot;
        }
        return slot;
    }

    /** The slot of an entry, from the store if it is not here; null if there is none. */
    private <S> @Nullable StateSlot<S> slot(StateKind<S> kind, String name) {
        StateSlot<S> slot = known(kind, name);
        if (slot == null && isStored(kind, name)) {
            slot = load(kind, name);
            add(kind, slot);
        }
        return slot;
    }

    private <S> StateSlot<S> load(StateKind<S> kind, String name) {
        Packed packed;
        try {
            packed = runner.store().state().entry(runner.name(), key, kind.name(), name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (packed == null) {
            return new StateSlot<>(kind, name, false);
        }
        try {
            return new StateSlot<>(kind, name, packed);
        } catch (IOException | RuntimeException e) {
            runner.setAside(key, kind.name(), name, packed, e);
            return new StateSlot<>(kind, name, true);
        }
    }

    private boolean isStored(StateKind<?> kind, String name) {
        return stored && names(kind).contains(name);
    }

    /** The names that the store held when the key came into memory, so that what it lacks is not asked for. */
    private Set<String> names(StateKind<?> kind) {
        if (!stored) {
            return Set.of();
        }
        return storedNames.computeIfAbsent(kind, asked -> {
            try {
                return runner.store().state().names(runner.name(), key, asked.name());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private <S> void add(StateKind<S> kind, StateSlot<S> slot) {
        slots.computeIfAbsent(kind, ignored -> new HashMap<>()).put(slot.name(), slot);
        if (++added > recent.length && recent.length < MOST_RECENT) {
            recent = new StateSlot<?>[recent.length * 4];
        }
    }

    /** A kind holds only slots of its own class. */
    @SuppressWarnings({"unchecked", "unused"}) // the map of a kind is filled by add alone, whose type the kind carries
    private static <S> @Nullable StateSlot<S> cast(StateKind<S> kind, @Nullable StateSlot<?> slot) {
        return (StateSlot<S>) slot;
    }
}
