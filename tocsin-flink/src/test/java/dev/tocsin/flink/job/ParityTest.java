package dev.tocsin.flink.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.TocsinJob;
import dev.tocsin.flink.sink.FolderSink;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job says of the samples what the local host says, to the byte. */
final class ParityTest {

    private static final int TASKS = 2;

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(2)
            .setNumberSlotsPerTaskManager(1)
            .build());

    @Test
    @Timeout(300) // seconds: a job that fails is tried again for ever
    void theSamplesGiveTheSameFindingsAndLedger(@TempDir Path folder) throws Exception {
        Settings settings = Settings.of(List.of(System.getProperty("tocsin.flink.logs", "../samples")));
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(TASKS);
        flink.enableCheckpointing(500);
        TocsinJob.read(flink, settings).sinkTo(new FolderSink(folder.toUri().toString()));
        flink.execute();
        var said = Local.said(folder);
        var expected = Local.expected(settings);
        assertFalse(expected.findings().isEmpty());
        assertEquals(
                String.join("\n", expected.findings().values()),
                String.join("\n", Local.findings(said).values()));
        assertEquals(expected.rows(), Local.rows(said));
    }
}
