package dev.tocsin.flink.wire;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes what the job tells. */
public final class SaidSerializer extends WireSerializer<Said> {

    private static final long serialVersionUID = 1;

    @Override
    public void serialize(Said said, DataOutputView out) throws IOException {
        out.writeBoolean(said.form() == Said.Form.ROW);
        StringValue.writeString(said.account(), out);
        Docs.write(said.doc(), out);
    }

    @Override
    public Said deserialize(DataInputView in) throws IOException {
        return new Said(
                in.readBoolean() ? Said.Form.ROW : Said.Form.FINDING, StringValue.readString(in), Docs.read(in));
    }

    @Override
    public TypeSerializerSnapshot<Said> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Said> {
        /** For Flink. */
        public Snapshot() {
            super(SaidSerializer::new);
        }
    }
}
