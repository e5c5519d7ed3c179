package dev.tocsin.core.desk;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The state of one key as a host keeps it at its strictest: every entry goes through its codec and its size limit. */
public final class FakeKey implements KeyContext {

    private static final CBORFactory CBOR = new CBORFactory();

    private final TreeMap<String, byte[]> entries = new TreeMap<>();
    private final HashMap<String, Object> live = new HashMap<>();
    private final boolean strict;
    private final TreeSet<Long> timers = new TreeSet<>();
    private long watermark = Long.MIN_VALUE;

    /** State that goes through its codecs. */
    public FakeKey() {
        this(true);
    }

    /** State that goes through its codecs if {@code strict}; else objects stay as they are, which is quick. */
    public FakeKey(boolean strict) {
        this.strict = strict;
    }

    @Override
    public String key() {
        return "111122223333";
    }

    @Override
    public long watermark() {
        return watermark;
    }

    /** The earliest timer at or before {@code at}, taken off, with the watermark moved to it; null if there is none. */
    public @Nullable Long takeTimer(long at) {
        watermark = Math.max(watermark, at);
        return timers.isEmpty() || timers.first() > at ? null : timers.pollFirst();
    }

    /** How many entries of {@code kind} there are. */
    public long size(StateKind<?> kind) {
        return entries.keySet().stream()
                .filter(name -> name.startsWith(kind.name() + ":"))
                .count();
    }

    /** How many entries there are. */
    public int entries() {
        return entries.size();
    }

    @Override
    public <S> @Nullable S get(StateKind<S> kind, String name) {
        if (!strict) {
            return cast(kind, live.get(kind.name() + ":" + name));
        }
        byte[] bytes = entries.get(kind.name() + ":" + name);
        if (bytes == null) {
            return null;
        }
        try (JsonParser in = CBOR.createParser(bytes)) {
            return kind.codec().read(in, kind.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings({"unchecked", "unused"}) // put alone fills the map, under the kind's name
    private static <S> @Nullable S cast(StateKind<S> kind, @Nullable Object entry) {
        return (S) entry;
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        if (!strict) {
            live.put(kind.name() + ":" + name, state);
            return;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            kind.codec().write(state, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > StateKind.MAX_BYTES) {
            throw new IllegalStateException(kind.name() + "/" + name + " has " + bytes.size() + " bytes");
        }
        entries.put(kind.name() + ":" + name, bytes.toByteArray());
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        entries.remove(kind.name() + ":" + name);
        live.remove(kind.name() + ":" + name);
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        String prefix = kind.name() + ":";
        for (String name : entries.keySet().stream()
                .filter(entry -> entry.startsWith(prefix))
                .toList()) {
            S state = get(kind, name.substring(prefix.length()));
            if (state != null) {
                visitor.accept(name.substring(prefix.length()), state);
            }
        }
    }

    @Override
    public void timerAt(long at) {
        timers.add(at);
    }
}
