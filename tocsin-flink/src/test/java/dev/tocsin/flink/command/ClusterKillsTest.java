package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.flink.Settings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Task managers are killed at random moments, {@code tocsin.flink.kills} times, and the job manager once: nothing is lost, nothing
 * doubled. {@code tocsin.flink.seed} runs it again with the same moments.
 */
@EnabledIfSystemProperty(named = "tocsin.flink.trees", matches = ".+", disabledReason = "./test --flink runs it")
final class ClusterKillsTest {

    /** After a checkpoint; they come twice a second. */
    private static final int LONGEST_MILLIS = 1_500;

    private static final int MOST_RUNS = 40;

    @TempDir
    Path work;

    @Test
    void killsChangeNothing() throws Exception {
        Random random = new Random(TestCluster.seed("kills"));
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Map<String, String> available = new HashMap<>();
        available.put("high-availability.type", "zookeeper");
        available.put("high-availability.zookeeper.quorum", "127.0.0.1:" + port);
        available.put("high-availability.zookeeper.client.session-timeout", "10000");
        available.put("high-availability.storageDir", work.resolve("ha").toUri().toString());
        try (TestCluster cluster = new TestCluster(work, 1, available)) {
            Process keeper = cluster.processes()
                    .start(
                            "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
                            "zookeeper",
                            "128m",
                            List.of(
                                    String.valueOf(port),
                                    work.resolve("zookeeper").toString()));
            try {
                kill(cluster.start(), TestCluster.settings(TestCluster.tree("vpc")), random);
            } finally {
                keeper.destroyForcibly();
            }
        }
    }

    private static void kill(TestCluster cluster, Settings settings, Random random) throws Exception {
        int wanted = Integer.getInteger("tocsin.flink.kills", 20);
        int leaderAt = wanted / 2;
        int kills = 0;
        boolean leaderKilled = false;
        for (int run = 1; kills < wanted || !leaderKilled; run++) {
            assertTrue(run < MOST_RUNS, "the tree is too small for " + wanted + " kills");
            Path said = cluster.said(run + "");
            String id = cluster.run(settings, said, 2, null);
            long last = 0;
            while ((kills < wanted || !leaderKilled) && goesOnPast(cluster, id, last, random)) {
                last = cluster.checkpoint(id);
                if (kills >= leaderAt && !leaderKilled) {
                    cluster.processes().killJobManager();
                    cluster.processes().startJobManager();
                    leaderKilled = true;
                    cluster.forgetJar();
                    System.out.println("killed the job manager after checkpoint " + last);
                } else {
                    cluster.processes()
                            .killTaskManager(random.nextInt(cluster.processes().taskManagers()));
                    cluster.processes().startTaskManager();
                    kills++;
                    System.out.println("killed task manager " + kills + " of " + wanted + " after checkpoint " + last);
                }
            }
            cluster.finish(id);
            TestCluster.same(settings, said, "run " + run + ", after " + kills + " kills");
        }
    }

    /** Waits for a checkpoint beyond the one before the last kill, and for a random moment after it. */
    private static boolean goesOnPast(TestCluster cluster, String id, long last, Random random) throws Exception {
        int more = random.nextInt(LONGEST_MILLIS);
        if (!cluster.goesOn(id, last)) {
            return false;
        }
        long until = System.nanoTime() + Duration.ofMillis(more).toNanos();
        return !cluster.await(id, "a random moment", () -> System.nanoTime() >= until)
                .equals("FINISHED");
    }
}
