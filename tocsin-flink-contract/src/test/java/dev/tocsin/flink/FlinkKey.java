package dev.tocsin.flink;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.streaming.api.TimerService;

/** The key that Flink is at: each entry is written with its kind's codec, so a change counts only once it is put. */
record FlinkKey(String key, MapState<String, byte[]> entries, TimerService timers) implements KeyContext {

    private static final CBORFactory CBOR = new CBORFactory();

    @Override
    public long watermark() {
        return timers.currentWatermark();
    }

    @Override
    public <S> S get(StateKind<S> kind, String name) {
        return quietly(() -> {
            byte[] bytes = entries.get(kind.name() + '\t' + name);
            return bytes == null ? null : read(kind, bytes);
        });
    }

    @Override
    public <S> void put(StateKind<S> kind, String name, S state) {
        quietly(() -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write(kind.version());
            try (JsonGenerator out = CBOR.createGenerator(bytes)) {
                kind.codec().write(state, out);
            }
            entries.put(kind.name() + '\t' + name, bytes.toByteArray());
            return null;
        });
    }

    private static <S> S read(StateKind<S> kind, byte[] bytes) throws IOException {
        try (JsonParser in = CBOR.createParser(bytes, 1, bytes.length - 1)) {
            return kind.codec().read(in, bytes[0]);
        }
    }

    @Override
    public void remove(StateKind<?> kind, String name) {
        quietly(() -> {
            entries.remove(kind.name() + '\t' + name);
            return null;
        });
    }

    @Override
    public <S> void forEach(StateKind<S> kind, BiConsumer<String, S> visitor) {
        String prefix = kind.name() + '\t';
        quietly(() -> {
            TreeMap<String, S> sorted = new TreeMap<>();
            for (String name : entries.keys()) {
                if (name.startsWith(prefix)) {
                    sorted.put(name.substring(prefix.length()), read(kind, entries.get(name)));
                }
            }
            sorted.forEach(visitor);
            return null;
        });
    }

    @Override
    public void timerAt(long at) {
        timers.registerEventTimeTimer(at);
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> T quietly(Work<T> work) {
        try {
            return work.run();
        } catch (Exception e) {
            throw new IllegalStateException("Flink's state failed", e);
        }
    }
}
