package dev.tocsin.server.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Blocks of state that are written but not rows yet, and what they say of each entry. Safe for use by many threads. */
final class Unfolded {

    private final Deque<Numbered> blocks = new ArrayDeque<>();
    private final Map<Key, Map<Entry, Pending>> newest = new HashMap<>();
    private volatile boolean empty = true;

    /** A block and its row. */
    record Numbered(long number, StateBlock block) {}

    private record Key(String function, String key) {}

    private record Entry(String kind, String name) {}

    /** The newest word on an entry: of which block, and the state; null if it is removed. */
    record Pending(long block, @Nullable Packed state) {}

    /** Adds a block, which follows all others. */
    synchronized void add(Numbered added) {
        blocks.add(added);
        for (StateBlock.Change change : added.block().changes()) {
            newest.computeIfAbsent(new Key(change.function(), change.key()), key -> new HashMap<>())
                    .put(new Entry(change.kind(), change.name()), new Pending(added.number(), change.state()));
        }
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    /** What is to become of an entry, or null if nothing. */
    synchronized @Nullable Pending of(String function, String key, String kind, String name) {
        Map<Entry, Pending> entries = newest.get(new Key(function, key));
        return entries == null ? null : entries.get(new Entry(kind, name));
    }

    /** Whether any entry of a key is to be kept; null if nothing is said of the key. */
    synchronized @Nullable Boolean keepsSome(String function, String key) {
        Map<Entry, Pending> entries = newest.get(new Key(function, key));
        return entries == null ? null : entries.values().stream().anyMatch(pending -> pending.state() != null);
    }

    /** Names of entries of a kind that are to be kept, and such as are to go. */
    record Names(Set<String> kept, Set<String> gone) {}

    /** What is to become of the entries of one kind. */
    synchronized Names names(String function, String key, String kind) {
        Names names = new Names(new HashSet<>(), new HashSet<>());
        newest.getOrDefault(new Key(function, key), Map.of()).forEach((entry, pending) -> {
            if (entry.kind().equals(kind)) {
                (pending.state() == null ? names.gone() : names.kept()).add(entry.name());
            }
        });
        return names;
    }

    /** Changes of timers, in their order. */
    synchronized List<StateBlock.TimerChange> timers(Predicate<StateBlock.TimerChange> which) {
        List<StateBlock.TimerChange> timers = new ArrayList<>();
        blocks.forEach(one -> one.block().timers().stream().filter(which).forEach(timers::add));
        return timers;
    }

    /** The block to be folded next, or null. */
    synchronized @Nullable Numbered oldest() {
        return blocks.peek();
    }

    /** Changes of {@code block} that no later block overrules. */
    synchronized List<StateBlock.Change> inForce(Numbered block) {
        return block.block().changes().stream()
                .filter(change -> {
                    Pending pending = of(change.function(), change.key(), change.kind(), change.name());
                    return pending != null && pending.block() == block.number();
                })
                .toList();
    }

    /** The oldest block is rows now. */
    synchronized void folded() {
        Numbered done = blocks.remove();
        for (StateBlock.Change change : done.block().changes()) {
            Key key = new Key(change.function(), change.key());
            Map<Entry, Pending> entries = newest.get(key);
            if (entries != null) {
                Entry entry = new Entry(change.kind(), change.name());
                Pending pending = entries.get(entry);
                if (pending != null && pending.block() == done.number()) {
                    entries.remove(entry);
                }
                if (entries.isEmpty()) {
                    newest.remove(key);
                }
            }
        }
        empty = blocks.isEmpty();
    }

    /** Entries that wait. */
    synchronized int size() {
        return blocks.stream().mapToInt(one -> one.block().changes().size()).sum();
    }
}
