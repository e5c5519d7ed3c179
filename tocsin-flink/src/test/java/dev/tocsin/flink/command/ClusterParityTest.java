package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.job.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ./test --flink} runs: real processes say of whole trees of logs what the local host says, to the byte. */
@EnabledIfSystemProperty(named = "tocsin.flink.trees", matches = ".+", disabledReason = "./test --flink runs it")
final class ClusterParityTest {

    /** One object in so many is delivered again. */
    private static final int AGAIN = 3;

    @TempDir
    Path work;

    static Stream<String> trees() {
        return TestCluster.trees().stream();
    }

    @ParameterizedTest
    @MethodSource("trees")
    void anyNumberOfTasksSaysTheSame(String tree) throws Exception {
        Settings settings = TestCluster.settings(tree);
        try (TestCluster cluster = new TestCluster(work, 2, Map.of()).start()) {
            for (int tasks : new int[] {1, 2, 4}) {
                Path said = cluster.said(tasks + "");
                cluster.finish(cluster.run(settings, said, tasks, null));
                TestCluster.same(settings, said, tree + " on " + tasks + " tasks");
            }
        }
    }

    /** A queue that delivers at least once brings the same records again, as other objects. */
    @ParameterizedTest
    @ValueSource(strings = {"account", "vpc"})
    void whatIsDeliveredTwiceChangesNoFinding(String end) throws Exception {
        Path tree = Path.of(TestCluster.tree(end));
        Path twice = work.resolve("twice");
        int copies = deliverTwice(tree, twice, new Random(TestCluster.seed("delivered twice")));
        assertTrue(copies > 0, "nothing was delivered twice");
        Settings settings = TestCluster.settings(twice.toString());
        try (TestCluster cluster = new TestCluster(work, 1, Map.of()).start()) {
            Path said = cluster.said("twice");
            cluster.finish(cluster.run(settings, said, 2, null));
            TestCluster.same(settings, said, tree + " with " + copies + " objects delivered twice");
            assertEquals(
                    Local.heads(Local.expected(TestCluster.settings(tree.toString()))
                            .findings()),
                    Local.heads(Local.findings(Local.said(said))),
                    "findings do not hang on how often a record came");
        }
    }

    /** Copies a tree; each third object, more or less, lies there a second time under a name of its own. */
    private static int deliverTwice(Path tree, Path into, Random random) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(tree)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        int copies = 0;
        for (Path file : files) {
            Path to = into.resolve(tree.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
            String name = to.getFileName().toString();
            int dot = name.indexOf('.');
            if (name.endsWith(".gz") && random.nextInt(AGAIN) == 0) {
                Files.copy(file, to.resolveSibling(name.substring(0, dot) + "again" + name.substring(dot)));
                copies++;
            }
        }
        return copies;
    }
}
