package dev.tocsin.flink.source;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.wire.WireType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Log objects at paths, in the order in which every host takes them. Its watermark carries event time and turns
 * ({@link dev.tocsin.flink.order.Turn}).
 */
public final class LogSource implements Source<Read, LogSplit, Plan> {

    private static final long serialVersionUID = 1;

    /** What it gives on. */
    public static final TypeInformation<Read> READ = new WireType<>(Read.class, new ReadSerializer());

    private final Settings settings;

    /** A source of what lies at the paths of {@code settings}. */
    public LogSource(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SplitEnumerator<LogSplit, Plan> createEnumerator(SplitEnumeratorContext<LogSplit> context) {
        return new LogEnumerator(context, settings, null);
    }

    @Override
    public SplitEnumerator<LogSplit, Plan> restoreEnumerator(SplitEnumeratorContext<LogSplit> context, Plan plan) {
        return new LogEnumerator(context, settings, plan);
    }

    @Override
    public SimpleVersionedSerializer<LogSplit> getSplitSerializer() {
        return new LogSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<Plan> getEnumeratorCheckpointSerializer() {
        return new PlanSerializer();
    }

    @Override
    public SourceReader<Read, LogSplit> createReader(SourceReaderContext context) {
        return new LogReader(context, settings);
    }
}
