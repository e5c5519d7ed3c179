package dev.tocsin.flink.source;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.parse.ParseContext;
import dev.tocsin.core.parse.RecordSink;
import dev.tocsin.flink.Settings;
import dev.tocsin.input.container.ObjectReader;
import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which log slices of topics hold: their first records tell, as a file's do, so that time waits for the logs to come. */
final class SliceKinds implements RecordSink {

    /** Records looked at. */
    private static final long MOST = 10;

    private @Nullable LogKind kind;

    private SliceKinds() {}

    /** The same places, with the kinds of slices. */
    static List<ObjectOrder.Placed<LogFile>> told(List<ObjectOrder.Placed<LogFile>> placed, Settings settings) {
        List<ObjectOrder.Placed<LogFile>> told = new ArrayList<>(placed.size());
        try (KafkaLogs kafka = new KafkaLogs()) {
            for (ObjectOrder.Placed<LogFile> one : placed) {
                told.add(one.object().isSlice() ? one.holding(of(one.object(), kafka, settings)) : one);
            }
        }
        return told;
    }

    /** Null if nothing tells; a slice that cannot be read is reported when its turn comes. */
    private static @Nullable LogKind of(LogFile slice, KafkaLogs kafka, Settings settings) {
        SliceKinds first = new SliceKinds();
        try {
            ParseContext context =
                    new ParseContext(Decoder.identity(0, slice), FieldPlan.NONE, settings.account(), settings.region());
            ObjectReader.ofThread().readStream(kafka.records(slice, MOST), null, context, first);
        } catch (IOException e) {
            return null;
        }
        return first.kind;
    }

    @Override
    public void accept(Event event) {
        if (kind == null) {
            kind = LogKind.of(event);
        }
    }

    @Override
    public void ignore(long count, String reason) {}

    @Override
    public void reject(long position, String reason) {}

    @Override
    public void note(long position, String text) {}
}
