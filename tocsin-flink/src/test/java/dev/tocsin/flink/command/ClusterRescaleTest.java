package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.flink.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job is stopped with a savepoint and goes on from it with more tasks, twice, in either state backend: nothing changes. */
@EnabledIfSystemProperty(named = "tocsin.flink.trees", matches = ".+", disabledReason = "./test --flink runs it")
final class ClusterRescaleTest {

    private static final long CHECKPOINTS = 3;

    @TempDir
    Path work;

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void rescalingFromASavepointChangesNothing(String backend) throws Exception {
        Settings settings = TestCluster.settings(TestCluster.tree("vpc"));
        try (TestCluster cluster = new TestCluster(work, 2, Map.of("state.backend.type", backend)).start()) {
            Path said = cluster.said("rescaled");
            String savepoint = null;
            for (int tasks : new int[] {1, 2, 4}) {
                String id = cluster.run(settings, said, tasks, savepoint);
                if (tasks < 4) {
                    assertTrue(cluster.goesOn(id, cluster.checkpoint(id) + CHECKPOINTS), "the tree is too small");
                    savepoint = cluster.stop(id);
                    System.out.println(backend + ": stopped on " + tasks + " tasks");
                } else {
                    cluster.finish(id);
                }
            }
            TestCluster.same(settings, said, backend + ", rescaled from 1 to 2 to 4 tasks");
        }
    }
}
