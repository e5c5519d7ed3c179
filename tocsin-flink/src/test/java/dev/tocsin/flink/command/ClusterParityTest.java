package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.job.Local;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@code ./test --flink} runs: real processes say of whole trees of logs what the local host says, to the byte, whatever is killed or
 * rescaled meanwhile. {@code tocsin.flink.trees} names folders of logs, {@code tocsin.flink.kills} how many task managers die.
 */
@EnabledIfSystemProperty(named = "tocsin.flink.trees", matches = ".+", disabledReason = "./test --flink runs it")
final class ClusterParityTest {

    private static final long PAUSE_MILLIS = 200;
    private static final int MOST_RUNS = 40;
    private static final Map<String, String> FAST =
            Map.of("execution.checkpointing.interval", "500ms", "execution.checkpointing.min-pause", "100ms");

    @TempDir
    Path work;

    static Stream<String> trees() {
        return Stream.of(System.getProperty("tocsin.flink.trees", "").split(",", -1));
    }

    private static Settings settings(String tree) throws IOException {
        Path inventory = Path.of(tree, "inventory.json");
        Path logs = Path.of(tree, "AWSLogs");
        Settings of = Settings.of(List.of(Files.isDirectory(logs) ? logs.toString() : tree));
        return Files.exists(inventory) ? of.knowing(List.of(inventory.toString())) : of;
    }

    private List<String> arguments(Settings settings, Path said) {
        List<String> arguments =
                new ArrayList<>(List.of("--output", said.toUri().toString()));
        for (String file : settings.inventory()) {
            arguments.addAll(
                    List.of("--inventory", Path.of(file).toAbsolutePath().toString()));
        }
        arguments.addAll(settings.paths());
        return arguments;
    }

    private void same(Settings settings, Path said, String when) throws Exception {
        var expected = Local.findings(settings);
        assertEquals(
                String.join("\n", expected.values()),
                String.join("\n", Local.findings(Local.said(said)).values()),
                when);
        assertEquals(Local.rows(settings), Local.rows(Local.said(said)), when);
    }

    private String jar(Rest rest) throws Exception {
        Path jar = work.resolve("tocsin-job.jar");
        JobJar.write(jar);
        return rest.upload(jar);
    }

    private static void awaitSlots(Rest rest, int slots) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            try {
                if (rest.slots() >= slots) {
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("the cluster does not come up");
    }

    private static String state(Rest rest, String id) throws Exception {
        for (int i = 0; i < 600; i++) {
            try {
                return rest.state(id);
            } catch (IOException e) {
                Thread.sleep(PAUSE_MILLIS); // no job manager for a while
            }
        }
        throw new IOException("the job manager does not come back");
    }

    private static void finish(Rest rest, String id) throws Exception {
        String state = state(rest, id);
        while (!state.equals("FINISHED")) {
            assertFalse(state.equals("FAILED") || state.equals("CANCELED"), state + " " + rest.failure(id));
            Thread.sleep(PAUSE_MILLIS);
            state = state(rest, id);
        }
    }

    @ParameterizedTest
    @MethodSource("trees")
    void anyNumberOfTasksSaysTheSame(String tree) throws Exception {
        Settings settings = settings(tree);
        try (LocalCluster cluster = new LocalCluster(work.resolve("cluster"), 2, FAST);
                Rest rest = new Rest(cluster.url())) {
            cluster.startJobManager();
            cluster.startTaskManager();
            cluster.startTaskManager();
            awaitSlots(rest, 4);
            String jar = jar(rest);
            for (int tasks : new int[] {1, 2, 4}) {
                Path said = Files.createDirectories(work.resolve("said-" + tasks));
                finish(rest, rest.run(jar, arguments(settings, said), tasks, null));
                same(settings, said, tree + " on " + tasks + " tasks");
                System.out.println(tree + ": the same on " + tasks + " tasks");
            }
        }
    }

    @Test
    void killsChangeNothing() throws Exception {
        int wanted = Integer.getInteger("tocsin.flink.kills", 20);
        long seed = Long.getLong("tocsin.flink.seed", System.nanoTime());
        System.out.println("kills: seed " + seed);
        Random random = new Random(seed);
        Settings settings = settings(trees().toList().getLast());
        Map<String, String> available = new HashMap<>(FAST);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        available.put("high-availability.type", "zookeeper");
        available.put("high-availability.zookeeper.quorum", "127.0.0.1:" + port);
        available.put("high-availability.zookeeper.client.session-timeout", "10000");
        available.put("high-availability.storageDir", work.resolve("ha").toUri().toString());
        try (LocalCluster cluster = new LocalCluster(work.resolve("cluster"), 1, available);
                Rest rest = new Rest(cluster.url())) {
            Process keeper = cluster.start(
                    "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.ZooKeeperServerMain",
                    "zookeeper",
                    "128m",
                    List.of(String.valueOf(port), work.resolve("zookeeper").toString()));
            try {
                kill(cluster, rest, settings, random, wanted);
            } finally {
                keeper.destroyForcibly();
            }
        }
    }

    private void kill(LocalCluster cluster, Rest rest, Settings settings, Random random, int wanted) throws Exception {
        cluster.startJobManager();
        cluster.startTaskManager();
        cluster.startTaskManager();
        awaitSlots(rest, 2);
        String jar = jar(rest);
        int kills = 0;
        boolean leaderKilled = false;
        for (int run = 0; kills < wanted || !leaderKilled; run++) {
            assumeTrue(run < MOST_RUNS, "the tree is too small for " + wanted + " kills");
            Path said = Files.createDirectories(work.resolve("said-" + run));
            String id = rest.run(jar, arguments(settings, said), 2, null);
            while (!state(rest, id).equals("FINISHED")) {
                Thread.sleep(random.nextInt(3_000));
                if (state(rest, id).equals("RUNNING") && kills < wanted) {
                    cluster.killTaskManager(random.nextInt(cluster.taskManagers()));
                    cluster.startTaskManager();
                    kills++;
                    System.out.println("killed task manager " + kills + " of " + wanted);
                }
                if (!leaderKilled
                        && kills >= Math.min(2, wanted)
                        && state(rest, id).equals("RUNNING")) {
                    cluster.killJobManager();
                    cluster.startJobManager();
                    leaderKilled = true;
                    System.out.println("killed the job manager");
                }
            }
            same(settings, said, "run " + run + ", after " + kills + " kills");
            System.out.println("run " + run + ": the same after " + kills + " kills");
            jar = leaderKilled ? jar(rest) : jar;
        }
    }

    @Test
    void rescalingFromASavepointChangesNothing() throws Exception {
        Settings settings = settings(trees().toList().getLast());
        try (LocalCluster cluster = new LocalCluster(work.resolve("cluster"), 2, FAST);
                Rest rest = new Rest(cluster.url())) {
            cluster.startJobManager();
            cluster.startTaskManager();
            cluster.startTaskManager();
            awaitSlots(rest, 4);
            String jar = jar(rest);
            Path said = Files.createDirectories(work.resolve("said"));
            String savepoint = null;
            int stops = 0;
            for (int tasks : new int[] {1, 2, 4}) {
                String id = rest.run(jar, arguments(settings, said), tasks, savepoint);
                if (tasks < 4) {
                    while (state(rest, id).equals("RUNNING") && rest.checkpoints(id) < 3) {
                        Thread.sleep(PAUSE_MILLIS / 4);
                    }
                    if (state(rest, id).equals("FINISHED")) {
                        break;
                    }
                    savepoint = stop(rest, id);
                    stops++;
                } else {
                    finish(rest, id);
                }
            }
            System.out.println("rescaled " + stops + " times");
            same(settings, said, "rescaled " + stops + " times");
        }
    }

    private String stop(Rest rest, String id) throws Exception {
        String request = rest.stop(id, work.resolve("savepoints").toUri().toString());
        String at = rest.savepoint(id, request);
        while (at == null) {
            Thread.sleep(PAUSE_MILLIS);
            at = rest.savepoint(id, request);
        }
        return at;
    }
}
