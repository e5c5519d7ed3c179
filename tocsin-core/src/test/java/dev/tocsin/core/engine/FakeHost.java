package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.profile.DaySummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** A host in memory for tests: one function, its keys and timers, and what it said. */
public final class FakeHost<I> implements Output {

    private static final CBORFactory CBOR = new CBORFactory();

    private final KeyedFunction<I> function;
    private final Map<String, Key> keys = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;

    /** All signals so far. */
    public final List<Signal> signals = new ArrayList<>();

    /** All signals so far that are no findings but may be part of an attack sequence. */
    public final List<Signal> steps = new ArrayList<>();

    /** What a desk found, as it was told last, by id. */
    public final Map<String, FindingState> findings = new TreeMap<>();
    /** All that came of holding calls against habits so far. */
    public final List<Judged> judged = new ArrayList<>();

    /** All summaries of days so far. */
    public final List<DaySummary> summaries = new ArrayList<>();

    /** How often each count was made. */
    public final Map<Count, Integer> counts = new EnumMap<>(Count.class);

    /** The largest written entry so far, by kind, in bytes. */
    public final Map<String, Integer> largest = new TreeMap<>();

    /** All that the last {@link #saveAndLoad} wrote, in bytes. */
    public long bytes;

    /** A host of {@code function}. */
    public FakeHost(KeyedFunction<I> function) {
        this.function = function;
    }

    /** Hands {@code element} to the function. */
    public void take(String key, I element) {
        function.onElement(element, keys.computeIfAbsent(key, Key::new), this);
    }

    /** The state of {@code key}. */
    public KeyContext key(String key) {
        return keys.computeIfAbsent(key, Key::new);
    }

    /** Moves the watermark and calls timers. */
    public void advance(long at) {
        watermark = Math.max(watermark, at);
        for (Key key : keys.values()) {
            while (!key.timers.isEmpty() && key.timers.first() <= watermark) {
                long timer = key.timers.removeFirst();
                function.onTimer(timer, key, this);
            }
        }
    }

    /** Writes all state and reads it back, as a host does between runs. */
    public void saveAndLoad() {
        bytes = 0;
        keys.values().forEach(Key::saveAndLoad);
    }

    /** Entries of {@code kind} over all keys. */
    public int entries(String kind) {
        return keys.values().stream()
                .mapToInt(key -> key.entries.entrySet().stream()
                        .filter(entry -> entry.getKey().name().equals(kind))
                        .mapToInt(entry -> entry.getValue().size())
                        .sum())
                .sum();
    }

    /** Bytes that the entries of {@code kinds} have when written, over all keys. */
    public long bytes(String... kinds) {
        Set<String> wanted = Set.of(kinds);
        return keys.values().stream().mapToLong(key -> key.bytes(wanted)).sum();
    }

    @Override
    public void signal(Signal signal) {
        (SequenceStep.is(signal) ? steps : signals).add(signal);
    }

    @Override
    public void judged(Judged one) {
        judged.add(one);
    }

    @Override
    public void summary(DaySummary day) {
        summaries.add(day);
    }

    @Override
    public void fact(InventoryFact fact) {}

    @Override
    public void finding(FindingState finding) {
        findings.merge(finding.id(), finding, (old, now) -> {
            if (now.revision() <= old.revision()) {
                throw new IllegalStateException("revision " + now.revision() + " after " + old.revision());
            }
            return now;
        });
    }

    @Override
    public void count(LogObject object, Count count) {
        counts.merge(count, 1, Integer::sum);
    }

    private final class Key implements KeyContext {
        private final String name;
        private final Map<StateKind<?>, Map<String, Object>> entries = new HashMap<>();
        private final TreeSet<Long> timers = new TreeSet<>();

        Key(String name) {
            this.name = name;
        }

        @Override
        public String key() {
            return name;
        }

        @Override
        public long watermark() {
            return watermark;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S> S get(StateKind<S> kind, String entry) {
            return (S) entries.getOrDefault(kind, Map.of()).get(entry);
        }

        @Override
        public <S> void put(StateKind<S> kind, String entry, S state) {
            entries.computeIfAbsent(kind, ignored -> new HashMap<>()).put(entry, state);
        }

        @Override
        public void remove(StateKind<?> kind, String entry) {
            entries.getOrDefault(kind, new HashMap<>()).remove(entry);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
            new TreeMap<>(entries.getOrDefault(kind, Map.of()))
                    .forEach((entry, state) -> visitor.accept(entry, (S) state));
        }

        @Override
        public void timerAt(long at) {
            timers.add(at);
        }

        private long bytes(Set<String> kinds) {
            long bytes = 0;
            for (Map.Entry<StateKind<?>, Map<String, Object>> kind : entries.entrySet()) {
                if (kinds.contains(kind.getKey().name())) {
                    for (Object state : kind.getValue().values()) {
                        bytes += size(kind.getKey(), state);
                    }
                }
            }
            return bytes;
        }

        @SuppressWarnings("unchecked")
        private static <S> int size(StateKind<S> kind, Object state) {
            return write(kind, (S) state).length;
        }

        private void saveAndLoad() {
            entries.forEach((kind, named) -> named.replaceAll((entry, state) -> reread(kind, state)));
        }

        @SuppressWarnings("unchecked")
        private <S> Object reread(StateKind<S> kind, Object state) {
            byte[] written = write(kind, (S) state);
            largest.merge(kind.name(), written.length, Math::max);
            bytes += written.length;
            try (JsonParser in = CBOR.createParser(written)) {
                S read = kind.codec().read(in, kind.version());
                if (!java.util.Arrays.equals(written, write(kind, read))) {
                    throw new AssertionError(kind.name() + " is not what was written");
                }
                return read;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static <S> byte[] write(StateKind<S> kind, S state) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator out = CBOR.createGenerator(bytes)) {
                kind.codec().write(state, out);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            return bytes.toByteArray();
        }
    }
}
