package dev.tocsin.flink;

import dev.tocsin.flink.host.Jobs;
import dev.tocsin.flink.sink.FolderSink;
import dev.tocsin.flink.sink.ServerSink;
import dev.tocsin.flink.source.LogSource;
import dev.tocsin.flink.wire.Said;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;

/** The job: reads logs, runs the engine, tells a service or writes files. */
public final class TocsinJob {

    /** Shares of keys, which bounds how many tasks there may ever be; a savepoint keeps it. */
    private static final int MOST_TASKS = 1_024;

    private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

    private TocsinJob() {}

    /** Runs as {@code args} say: those of {@link JobOptions}. */
    public static void main(String[] args) throws Exception {
        JobOptions options = new JobOptions();
        new CommandLine(options).parseArgs(args);
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        if (!flink.getCheckpointConfig().isCheckpointingEnabled()) {
            flink.enableCheckpointing(CHECKPOINTS.toMillis());
        }
        DataStream<Said> said = read(flink, options.settings());
        if (options.server() != null) {
            said.sinkTo(new ServerSink(options.server(), options.keyFile()))
                    .name("service")
                    .uid("service");
        }
        if (options.output() != null) {
            said.sinkTo(new FolderSink(options.output())).name("folder").uid("folder");
        }
        flink.execute("tocsin");
    }

    /** What the engine says of the logs that {@code settings} name. */
    public static DataStream<Said> read(StreamExecutionEnvironment flink, Settings settings) {
        flink.setMaxParallelism(MOST_TASKS);
        flink.getConfig().enableObjectReuse();
        return Jobs.of(
                flink.fromSource(new LogSource(settings), WatermarkStrategy.noWatermarks(), "logs", LogSource.READ)
                        .uid("logs"),
                new Knowledge(settings));
    }
}
