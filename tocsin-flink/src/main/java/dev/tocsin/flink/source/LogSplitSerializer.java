package dev.tocsin.flink.source;

import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectDays;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/** Writes splits. */
final class LogSplitSerializer implements SimpleVersionedSerializer<LogSplit> {

    private static final int VERSION = 1;

    @Override
    public int getVersion() {
        return VERSION;
    }

    @Override
    public byte[] serialize(LogSplit split) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        write(split, out);
        return out.getCopyOfBuffer();
    }

    @Override
    public LogSplit deserialize(int version, byte[] bytes) throws IOException {
        check(version);
        return read(new DataInputDeserializer(bytes));
    }

    static void check(int version) throws IOException {
        if (version != VERSION) {
            throw new IOException("the source's state is of version " + version + ", expected " + VERSION
                    + ": a newer Tocsin wrote this savepoint");
        }
    }

    static void write(LogSplit split, DataOutputView out) throws IOException {
        out.writeInt(split.index());
        LogFile file = split.file();
        StringValue.writeString(file.name(), out);
        StringValue.writeString(file.uri(), out);
        StringValue.writeString(file.member(), out);
        out.writeLong(file.size());
        out.writeLong(file.modifiedAt());
        ObjectDays.Part part = split.part();
        out.writeLong(part.from());
        out.writeLong(part.until());
        out.writeLong(part.earliest());
        out.writeLong(part.clockUntil());
        out.writeBoolean(part.first());
        out.writeBoolean(part.last());
        kind(split.kind(), out);
        out.writeLong(split.nextStart());
        out.writeInt(split.chunks());
        clocks(split.clocks(), out);
        out.writeBoolean(split.given());
    }

    static LogSplit read(DataInputView in) throws IOException {
        int index = in.readInt();
        LogFile file = new LogFile(
                StringValue.readString(in),
                StringValue.readString(in),
                StringValue.readString(in),
                in.readLong(),
                in.readLong());
        ObjectDays.Part part = new ObjectDays.Part(
                in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readBoolean(), in.readBoolean());
        return new LogSplit(index, file, part, kind(in), in.readLong(), in.readInt(), clocks(in), in.readBoolean());
    }

    static void kind(@Nullable LogKind kind, DataOutputView out) throws IOException {
        StringValue.writeString(kind == null ? null : kind.name(), out);
    }

    static @Nullable LogKind kind(DataInputView in) throws IOException {
        String name = StringValue.readString(in);
        return name == null ? null : LogKind.valueOf(name);
    }

    static void clocks(@Nullable Map<LogKind, Long> clocks, DataOutputView out) throws IOException {
        out.writeInt(clocks == null ? -1 : clocks.size());
        if (clocks != null) {
            for (Map.Entry<LogKind, Long> clock : clocks.entrySet()) {
                kind(clock.getKey(), out);
                out.writeLong(clock.getValue());
            }
        }
    }

    static @Nullable Map<LogKind, Long> clocks(DataInputView in) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            return null;
        }
        Map<LogKind, Long> clocks = new EnumMap<>(LogKind.class);
        for (int i = 0; i < count; i++) {
            clocks.put(LogKind.valueOf(StringValue.readString(in)), in.readLong());
        }
        return clocks;
    }
}
