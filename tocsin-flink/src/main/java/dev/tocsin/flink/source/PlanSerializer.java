package dev.tocsin.flink.source;

import dev.tocsin.input.order.LogKind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** Writes the enumerator's state. */
final class PlanSerializer implements SimpleVersionedSerializer<Plan> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(Plan plan) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(4096);
        out.writeInt(plan.total);
        out.writeInt(plan.base);
        out.writeLong(plan.value);
        out.writeInt(plan.stamps.size());
        for (long stamp : plan.stamps) {
            out.writeLong(stamp);
        }
        out.writeInt(plan.remaining.size());
        for (LogSplit split : plan.remaining.values()) {
            LogSplitSerializer.write(split, out);
        }
        out.writeInt(plan.ahead.size());
        for (Finished one : plan.ahead.values()) {
            out.writeInt(one.index());
            LogSplitSerializer.kind(one.kind(), out);
            LogSplitSerializer.clocks(one.clocks(), out);
            out.writeLong(one.nextStart());
        }
        out.writeInt(plan.toCome.size());
        for (Map.Entry<LogKind, Integer> awaited : plan.toCome.entrySet()) {
            LogSplitSerializer.kind(awaited.getKey(), out);
            out.writeInt(awaited.getValue());
        }
        LogSplitSerializer.clocks(plan.clocks, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public Plan deserialize(int version, byte[] bytes) throws IOException {
        LogSplitSerializer.check(version);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        Plan plan = new Plan();
        plan.total = in.readInt();
        plan.base = in.readInt();
        plan.value = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            plan.stamps.add(in.readLong());
        }
        for (int left = in.readInt(); left > 0; left--) {
            LogSplit split = LogSplitSerializer.read(in);
            plan.remaining.put(split.index(), split);
        }
        for (int left = in.readInt(); left > 0; left--) {
            int index = in.readInt();
            LogKind kind = LogSplitSerializer.kind(in);
            HashMap<LogKind, Long> clocks = new HashMap<>(Objects.requireNonNull(LogSplitSerializer.clocks(in)));
            plan.ahead.put(index, new Finished(index, kind, clocks, in.readLong(), 0));
        }
        for (int left = in.readInt(); left > 0; left--) {
            LogKind kind = Objects.requireNonNull(LogSplitSerializer.kind(in));
            plan.toCome.put(kind, in.readInt());
        }
        plan.clocks.putAll(Objects.requireNonNull(LogSplitSerializer.clocks(in)));
        plan.resume();
        return plan;
    }
}
