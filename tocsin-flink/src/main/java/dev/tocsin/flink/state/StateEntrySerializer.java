package dev.tocsin.flink.state;

import dev.tocsin.flink.wire.WireSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes state entries by the engine's codecs. Each entry carries its kind's version, and a codec reads all versions that
 * were ever released: so a savepoint of an older Tocsin is always compatible and nothing is migrated.
 */
public final class StateEntrySerializer extends WireSerializer<StateEntry> {

    private static final long serialVersionUID = 1;

    @Override
    public StateEntry copy(StateEntry entry) {
        try {
            return new StateEntry(entry.packed()); // the engine changes the object of the other one
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void serialize(StateEntry entry, DataOutputView out) throws IOException {
        byte[] packed = entry.packed();
        out.writeInt(packed.length);
        out.write(packed);
    }

    @Override
    public StateEntry deserialize(DataInputView in) throws IOException {
        byte[] packed = new byte[in.readInt()];
        in.readFully(packed);
        return new StateEntry(packed);
    }

    @Override
    public TypeSerializerSnapshot<StateEntry> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<StateEntry> {
        /** For Flink. */
        public Snapshot() {
            super(StateEntrySerializer::new);
        }
    }
}
