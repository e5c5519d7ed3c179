package dev.tocsin.flink.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.tocsin.core.engine.StateKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One state entry: as the engine's object, or as its kind's codec wrote it, a byte of version before it. It is read when it
 * is first asked for, so an entry that no one asks for after a restore is never read; and it is written when Flink
 * writes.
 *
 * <p>A snapshot is written on a thread of Flink's own while the task copies the same entry: one at a time, as to write an entry may put
 * it in order first.
 */
public final class StateEntry {

    private static final CBORFactory CBOR = new CBORFactory();

    private @Nullable StateKind<Object> kind;
    private @Nullable Object value;
    private byte @Nullable [] packed;

    /** An entry as it was written. */
    StateEntry(byte[] packed) {
        this.packed = packed;
    }

    private StateEntry(StateKind<Object> kind, Object value) {
        this.kind = kind;
        this.value = value;
    }

    /** An entry that holds {@code value}. */
    @SuppressWarnings("unchecked") // a kind's codec is asked for its own entries alone
    static <S> StateEntry of(StateKind<S> kind, S value) {
        return new StateEntry((StateKind<Object>) kind, Objects.requireNonNull(value));
    }

    /** What it holds. */
    @SuppressWarnings("unchecked") // an entry is kept under its kind's name
    synchronized <S> S value(StateKind<S> of) throws IOException {
        Object here = value;
        if (here == null) {
            byte[] bytes = Objects.requireNonNull(packed);
            try (JsonParser in = CBOR.createParser(bytes, 1, bytes.length - 1)) {
                here = Objects.requireNonNull(of.codec().read(in, bytes[0]));
            }
            kind = (StateKind<Object>) of;
            value = here;
            packed = null;
        }
        return (S) here;
    }

    /** As its codec writes it. */
    synchronized byte[] packed() throws IOException {
        if (packed != null) {
            return packed;
        }
        StateKind<Object> written = Objects.requireNonNull(kind);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(written.version());
        try (JsonGenerator out = CBOR.createGenerator(bytes)) {
            written.codec().write(Objects.requireNonNull(value), out);
        }
        return bytes.toByteArray();
    }
}
