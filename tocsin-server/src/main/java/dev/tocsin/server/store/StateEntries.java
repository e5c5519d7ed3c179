package dev.tocsin.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The state of keys and their timers, for the engine that has the lease. A checkpoint writes a {@link StateBlock} as one row;
 * {@link #foldSome} makes rows of entries of it in small transactions, between which users write. What is read is always the
 * newest.
 */
public final class StateEntries {

    private final Store store;
    private volatile Unfolded unfolded = new Unfolded();
    private long lastNumber;

    /** Entries or timers folded in one transaction. */
    private final Pace pace = new Pace(100, 250, 1_000);

    /** Of the oldest block: changes in force, and how many of them and of its timers are rows already. */
    private @Nullable List<StateBlock.Change> folding;

    private int foldedChanges;
    private int foldedTimers;

    StateEntries(Store store) {
        this.store = store;
    }

    /** Goes on from what is written. */
    synchronized void load() throws StoreException {
        Unfolded loaded = new Unfolded();
        lastNumber = store.query("SELECT number, changes FROM block ORDER BY number", rows -> {
            long last = 0;
            while (rows.next()) {
                last = rows.getLong(1);
                loaded.add(new Unfolded.Numbered(last, StateBlock.decoded(rows.getBytes(2))));
            }
            return last;
        });
        unfolded = loaded;
        folding = null;
        foldedChanges = 0;
        foldedTimers = 0;
    }

    /** Writes {@code block} within the transaction of a checkpoint; gives its row. */
    Unfolded.Numbered write(StoreTransaction transaction, StateBlock block, byte[] encoded) throws IOException {
        Unfolded.Numbered numbered = new Unfolded.Numbered(++lastNumber, block);
        transaction.update("INSERT INTO block (number, changes) VALUES (?, ?)", numbered.number(), encoded);
        return numbered;
    }

    /** The transaction is committed. */
    void written(Unfolded.Numbered block) {
        unfolded.add(block);
    }

    /** Entries that are not rows yet. */
    int waiting() {
        return unfolded.size();
    }

    /** Makes rows of some entries; whether more wait. */
    synchronized boolean foldSome() throws StoreException {
        Unfolded.Numbered block = unfolded.oldest();
        if (block == null) {
            return false;
        }
        List<StateBlock.Change> changes = folding == null ? unfolded.inForce(block) : folding;
        folding = changes;
        List<StateBlock.TimerChange> timers = block.block().timers();
        int untilChange = Math.min(changes.size(), foldedChanges + pace.atOnce());
        int untilTimer = untilChange < changes.size() ? 0 : Math.min(timers.size(), foldedTimers + pace.atOnce());
        boolean whole = untilChange == changes.size() && untilTimer == timers.size();
        long[] turn = new long[2];
        store.checkpoint(transaction -> {
            turn[0] = System.nanoTime();
            fold(transaction, changes.subList(foldedChanges, untilChange));
            if (untilTimer > foldedTimers) {
                foldTimers(transaction, timers.subList(foldedTimers, untilTimer));
            }
            if (whole) {
                transaction.update("DELETE FROM block WHERE number = ?", block.number());
            }
            turn[1] = System.nanoTime(); // what follows is beside the next one's turn
        });
        pace.took(untilChange - foldedChanges + Math.max(0, untilTimer - foldedTimers), turn[1] - turn[0]);
        foldedChanges = whole ? 0 : untilChange;
        foldedTimers = whole ? 0 : untilTimer;
        if (whole) {
            folding = null;
            unfolded.folded();
        }
        return !unfolded.isEmpty();
    }

    private static void fold(StoreTransaction transaction, List<StateBlock.Change> changes) throws IOException {
        for (StateBlock.Change change : changes) {
            Packed state = change.state();
            if (state == null) {
                transaction.remove(change.function(), change.key(), change.kind(), change.name());
            } else {
                transaction.put(change.function(), change.key(), change.kind(), change.name(), state);
            }
        }
    }

    private static void foldTimers(StoreTransaction transaction, List<StateBlock.TimerChange> timers)
            throws IOException {
        for (StateBlock.TimerChange timer : timers) {
            transaction.timer(timer.function(), timer.key(), timer.at(), timer.set());
        }
    }

    /** Makes rows of all entries. */
    void foldAll() throws StoreException {
        while (foldSome()) {
            // the next ones
        }
    }

    /** Whether anything is kept of {@code key}. */
    public boolean knows(String function, String key) throws StoreException {
        Boolean pending = unfolded.isEmpty() ? null : unfolded.keepsSome(function, key);
        return Boolean.TRUE.equals(pending)
                || store.query(
                        "SELECT 1 FROM entry WHERE function = ? AND key = ? LIMIT 1",
                        ResultSet::next,
                        function,
                        KeyText.of(key));
    }

    /** One entry, or null. */
    public @Nullable Packed entry(String function, String key, String kind, String name) throws StoreException {
        Unfolded.Pending pending = unfolded.isEmpty() ? null : unfolded.of(function, key, kind, name);
        if (pending != null) {
            return pending.state();
        }
        return store.<@Nullable Packed>query(
                "SELECT version, state, size FROM entry WHERE function = ? AND key = ? AND kind = ? AND name = ?",
                rows -> rows.next() ? new Packed(rows.getInt(1), rows.getBytes(2), rows.getInt(3)) : null,
                function,
                KeyText.of(key),
                kind,
                KeyText.of(name));
    }

    /** The names of all entries of one kind. */
    public Set<String> names(String function, String key, String kind) throws StoreException {
        Unfolded.Names waiting = unfolded.names(function, key, kind); // first: they may become rows meanwhile
        Set<String> names = store.query(
                "SELECT name, full_name FROM entry WHERE function = ? AND key = ? AND kind = ?",
                StateEntries::names,
                function,
                KeyText.of(key),
                kind);
        names.removeAll(waiting.gone());
        names.addAll(waiting.kept());
        return names;
    }

    private static Set<String> names(ResultSet rows) throws SQLException {
        Set<String> names = new HashSet<>();
        while (rows.next()) {
            byte[] full = rows.getBytes(2);
            names.add(full == null ? rows.getString(1) : new String(full, StandardCharsets.UTF_8));
        }
        return names;
    }

    /** All timers that are set for {@code function}. */
    public List<Store.StoredTimer> timers(String function) throws StoreException {
        List<StateBlock.TimerChange> waiting =
                unfolded.timers(timer -> timer.function().equals(function));
        Set<Store.StoredTimer> timers = store.query(
                "SELECT key, at FROM timer WHERE function = ?",
                rows -> {
                    Set<Store.StoredTimer> set = new LinkedHashSet<>();
                    while (rows.next()) {
                        set.add(new Store.StoredTimer(rows.getString(1), rows.getLong(2)));
                    }
                    return set;
                },
                function);
        for (StateBlock.TimerChange change : waiting) {
            Store.StoredTimer timer = new Store.StoredTimer(change.key(), change.at());
            if (change.set()) {
                timers.add(timer);
            } else {
                timers.remove(timer);
            }
        }
        return new ArrayList<>(timers);
    }
}
