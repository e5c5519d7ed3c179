package dev.tocsin.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes parts of ledger rows. */
public final class RowPartSerializer extends WireSerializer<RowPart> {

    private static final long serialVersionUID = 1;

    @Override
    public void serialize(RowPart part, DataOutputView out) throws IOException {
        out.writeLong(part.turn());
        StringValue.writeString(part.source(), out);
        Docs.write(part.counts(), out);
    }

    @Override
    public RowPart deserialize(DataInputView in) throws IOException {
        return new RowPart(in.readLong(), StringValue.readString(in), Docs.read(in));
    }

    @Override
    public TypeSerializerSnapshot<RowPart> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RowPart> {
        /** For Flink. */
        public Snapshot() {
            super(RowPartSerializer::new);
        }
    }
}
