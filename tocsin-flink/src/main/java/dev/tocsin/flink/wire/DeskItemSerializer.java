package dev.tocsin.flink.wire;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.SequenceStep;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.SignalDoc;
import dev.tocsin.core.profile.DaySummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes what comes to desks: a byte of version first, since some lies in savepoints. */
public final class DeskItemSerializer extends WireSerializer<DeskItem> {

    private static final long serialVersionUID = 1;
    private static final int VERSION = 1;
    private static final int FOUND = 0;
    private static final int SUMMARISED = 1;
    private static final int LEARNED = 2;
    private static final Map<String, FindingType> TYPES = Detectors.types();

    @Override
    public void serialize(DeskItem item, DataOutputView out) throws IOException {
        out.writeByte(VERSION);
        out.writeLong(item.turn());
        Texts.Writer texts = new Texts.Writer(out);
        texts.number(item.chunk());
        texts.number(item.part());
        texts.number(item.shard());
        texts.number(item.at());
        texts.text(item.key());
        texts.number(item.number());
        switch (item.element()) {
            case DeskElement.Found found -> {
                out.writeByte(FOUND);
                Docs.write(SignalDoc.of(found.signal()), out);
            }
            case DeskElement.Summarised summarised -> {
                out.writeByte(SUMMARISED);
                day(summarised.day(), texts);
            }
            case DeskElement.Learned learned -> {
                out.writeByte(LEARNED);
                fact(learned.fact(), texts);
                Docs.write(learned.fact().members(), out);
            }
        }
    }

    @Override
    public DeskItem deserialize(DataInputView in) throws IOException {
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("what comes to a desk is of version " + version + ", expected " + VERSION
                    + ": a newer Tocsin wrote this savepoint");
        }
        long turn = in.readLong();
        Texts.Reader texts = new Texts.Reader(in);
        int chunk = (int) texts.number();
        int part = (int) texts.number();
        int shard = (int) texts.number();
        long at = texts.number();
        String key = texts.need();
        int number = (int) texts.number();
        int form = in.readByte();
        DeskElement element = switch (form) {
            case FOUND -> new DeskElement.Found(SignalDoc.read(Docs.read(in), DeskItemSerializer::type));
            case SUMMARISED -> new DeskElement.Summarised(day(texts));
            case LEARNED -> new DeskElement.Learned(fact(texts, in));
            default -> throw new IOException("what comes to a desk is of unknown form " + form);
        };
        return new DeskItem(turn, chunk, part, shard, at, key, number, element);
    }

    private static FindingType type(String name) {
        FindingType step = SequenceStep.type();
        return name.equals(step.name()) ? step : Objects.requireNonNull(TYPES.get(name), name);
    }

    private static void day(DaySummary day, Texts.Writer out) throws IOException {
        out.text(day.account());
        out.text(day.region());
        out.text(day.interfaceId());
        out.text(day.instanceId());
        out.number(day.day());
        out.number(day.at());
        out.number(day.busiestHour());
        out.number(day.values().size());
        for (long value : day.values()) {
            out.number(value);
        }
    }

    private static DaySummary day(Texts.Reader in) throws IOException {
        String account = in.need();
        String region = in.need();
        String interfaceId = in.need();
        String instanceId = in.text();
        long day = in.number();
        long at = in.number();
        long busiestHour = in.number();
        int count = (int) in.number();
        List<Long> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(in.number());
        }
        return new DaySummary(account, region, interfaceId, instanceId, day, at, values, busiestHour);
    }

    private static void fact(InventoryFact fact, Texts.Writer out) throws IOException {
        out.text(fact.kind().name());
        out.text(fact.account());
        out.text(fact.id());
        out.text(fact.source().name());
        out.hash(fact.from());
        out.hash(fact.to());
    }

    private static InventoryFact fact(Texts.Reader texts, DataInputView in) throws IOException {
        return new InventoryFact(
                InventoryFact.Kind.valueOf(texts.need()),
                texts.need(),
                texts.need(),
                InventoryFact.Source.valueOf(texts.need()),
                texts.hash(),
                texts.hash(),
                Docs.read(in));
    }

    @Override
    public TypeSerializerSnapshot<DeskItem> snapshotConfiguration() {
        return new Snapshot();
    }

    /** Says in a savepoint who wrote it. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeskItem> {
        /** For Flink. */
        public Snapshot() {
            super(DeskItemSerializer::new);
        }
    }
}
