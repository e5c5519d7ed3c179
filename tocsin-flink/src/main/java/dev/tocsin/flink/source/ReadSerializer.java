package dev.tocsin.flink.source;

import dev.tocsin.flink.wire.BatchSerializer;
import dev.tocsin.flink.wire.RowPartSerializer;
import dev.tocsin.flink.wire.WireSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes what the source gives on, where it is not taken in the same task. */
public final class ReadSerializer extends WireSerializer<Read> {

    private static final long serialVersionUID = 1;
    private static final BatchSerializer BATCHES = new BatchSerializer();
    private static final RowPartSerializer ROWS = new RowPartSerializer();

    @Override
    public void serialize(Read read, DataOutputView out) throws IOException {
        switch (read) {
            case Read.Records records -> {
                out.writeBoolean(true);
                BATCHES.serialize(records.batch(), out);
            }
            case Read.Row row -> {
                out.writeBoolean(false);
                ROWS.serialize(row.part(), out);
            }
        }
    }

    @Override
    public Read deserialize(DataInputView in) throws IOException {
        return in.readBoolean() ? new Read.Records(BATCHES.deserialize(in)) : new Read.Row(ROWS.deserialize(in));
    }

    @Override
    public TypeSerializerSnapshot<Read> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Read> {
        /** For Flink. */
        public Snapshot() {
            super(ReadSerializer::new);
        }
    }
}
