package dev.tocsin.flink.wire;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes batches: a byte of version first, since some lie in savepoints. */
public final class BatchSerializer extends WireSerializer<Batch> {

    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;

    @Override
    public void serialize(Batch batch, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(batch.turn());
        Texts.Writer texts = new Texts.Writer(out);
        texts.number(batch.chunk());
        texts.number(batch.kind().number());
        texts.text(batch.key());
        object(batch.object(), texts);
        texts.number(batch.records().size());
        for (Batch.Entry record : batch.records()) {
            texts.number(record.place());
            switch (record.event()) {
                case ApiCall call -> CallWire.write(call, texts);
                case Flow flow -> FlowWire.write(flow, texts);
                case NameQuery query -> QueryWire.write(query, texts);
                case HostEvent done -> HostWire.write(done, texts);
            }
        }
    }

    private static void object(LogObject object, Texts.Writer out) throws IOException {
        out.number(object.index());
        out.text(object.source());
        out.text(object.account());
        out.text(object.region());
        out.text(object.flowLog());
        out.hash(object.deliveredAt());
    }

    @Override
    public Batch deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("a batch of version " + version + ", expected " + VERSION
                    + ": a newer Tocsin wrote this savepoint");
        }
        long turn = in.readLong();
        Texts.Reader texts = new Texts.Reader(in);
        int chunk = (int) texts.number();
        Kind kind = Kind.of((int) texts.number());
        String key = texts.need();
        LogObject object = new LogObject(
                (int) texts.number(), texts.need(), texts.text(), texts.text(), texts.text(), texts.hash());
        int count = (int) texts.number();
        List<Batch.Entry> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int place = (int) texts.number();
            Event event = switch (kind) {
                case CALLS -> CallWire.read(object, texts);
                case FLOWS -> FlowWire.read(object, texts);
                case QUERIES -> QueryWire.read(object, texts);
                case HOSTS -> HostWire.read(object, texts);
            };
            records.add(new Batch.Entry(place, event));
        }
        return new Batch(turn, chunk, kind, key, object, records);
    }

    @Override
    public TypeSerializerSnapshot<Batch> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Batch> {
        /** For Flink. */
        public Snapshot() {
            super(BatchSerializer::new);
        }
    }
}
