package dev.tocsin.server.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint changes of keys' state, packed: it is written as one row, which takes a moment, and made into rows of
 * entries afterwards ({@link StateEntries}). Used by one thread at a time.
 */
public final class StateBlock {

    private static final int PUT = 1;
    private static final int REMOVE = 2;
    private static final int SET_TIMER = 3;
    private static final int REMOVE_TIMER = 4;

    private final List<Change> changes = new ArrayList<>();
    private final List<TimerChange> timers = new ArrayList<>();

    /** An entry's new state; null removes it. */
    record Change(
            String function,
            String key,
            String kind,
            String name,
            @Nullable Packed state) {}

    /** A timer set or taken off. */
    record TimerChange(String function, String key, long at, boolean set) {}

    /** Keeps an entry. */
    public void put(String function, String key, String kind, String name, Packed state) {
        changes.add(new Change(function, key, kind, name, state));
    }

    /** Forgets an entry. */
    public void remove(String function, String key, String kind, String name) {
        changes.add(new Change(function, key, kind, name, null));
    }

    /** Sets a timer at event time {@code at}, epoch seconds, or takes it off. */
    public void timer(String function, String key, long at, boolean set) {
        timers.add(new TimerChange(function, key, at, set));
    }

    /** Takes over what {@code other} holds, after its own. */
    public void add(StateBlock other) {
        changes.addAll(other.changes);
        timers.addAll(other.timers);
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return changes.isEmpty() && timers.isEmpty();
    }

    List<Change> changes() {
        return changes;
    }

    List<TimerChange> timers() {
        return timers;
    }

    /** All of it as bytes. */
    byte[] encoded() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Change change : changes) {
            Packed state = change.state();
            out.writeByte(state == null ? REMOVE : PUT);
            text(out, change.function());
            text(out, change.key());
            text(out, change.kind());
            text(out, change.name());
            if (state != null) {
                out.writeInt(state.version());
                out.writeInt(state.size());
                out.writeInt(state.bytes().length);
                out.write(state.bytes());
            }
        }
        for (TimerChange timer : timers) {
            out.writeByte(timer.set() ? SET_TIMER : REMOVE_TIMER);
            text(out, timer.function());
            text(out, timer.key());
            out.writeLong(timer.at());
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * What {@link #encoded} gave.
     *
     * @throws IOException if it is damaged
     */
    static StateBlock decoded(byte[] bytes) throws IOException {
        StateBlock block = new StateBlock();
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        for (int what = in.read(); what >= 0; what = in.read()) {
            switch (what) {
                case PUT -> block.put(text(in), text(in), text(in), text(in), state(in));
                case REMOVE -> block.remove(text(in), text(in), text(in), text(in));
                case SET_TIMER, REMOVE_TIMER -> block.timer(text(in), text(in), in.readLong(), what == SET_TIMER);
                default -> throw new IOException("a block of state is damaged");
            }
        }
        return block;
    }

    private static Packed state(DataInputStream in) throws IOException {
        int version = in.readInt();
        int size = in.readInt();
        return new Packed(version, bytes(in), size);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a block of state is damaged");
        }
        return in.readNBytes(length);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), StandardCharsets.UTF_8);
    }
}
