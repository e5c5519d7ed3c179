package dev.tocsin.flink.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tocsin.flink.Settings;
import dev.tocsin.flink.job.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A cluster of processes, and what its jobs say held against what the local host says. */
final class TestCluster implements AutoCloseable {

    private static final int TASK_MANAGERS = 2;
    private static final Duration MOST = Duration.ofMinutes(10);
    private static final Map<String, String> FAST =
            Map.of("execution.checkpointing.interval", "500ms", "execution.checkpointing.min-pause", "100ms");

    private final Path work;
    private final LocalCluster cluster;
    private final Rest rest;
    private @Nullable String jar;

    /** One of two task managers of {@code slots} each that lives in {@code work}; not yet started. */
    TestCluster(Path work, int slots, Map<String, String> more) throws IOException {
        this.work = work;
        Map<String, String> settings = new HashMap<>(FAST);
        settings.putAll(more);
        this.cluster = new LocalCluster(work.resolve("cluster"), slots, settings);
        this.rest = new Rest(cluster.url());
    }

    /** The trees that {@code ./test --flink} names. */
    static List<String> trees() {
        return List.of(System.getProperty("tocsin.flink.trees", "").split(",", -1));
    }

    /** The tree whose name ends so, or the last one. */
    static String tree(String end) {
        return trees().stream().filter(tree -> tree.endsWith(end)).findFirst().orElseGet(() -> trees().getLast());
    }

    /** What a run is seeded with: {@code tocsin.flink.seed}, else another each time; it is printed. */
    static long seed(String what) {
        long seed = Long.getLong("tocsin.flink.seed", System.nanoTime());
        System.out.println(what + ": seed " + seed + " (TOCSIN_FLINK_SEED)");
        return seed;
    }

    /** Settings for a tree of logs; a simulator's brings an inventory. */
    static Settings settings(String tree) {
        Path inventory = Path.of(tree, "inventory.json");
        Path logs = Path.of(tree, "AWSLogs");
        Settings of = Settings.of(List.of(Files.isDirectory(logs) ? logs.toString() : tree));
        return Files.exists(inventory) ? of.knowing(List.of(inventory.toString())) : of;
    }

    TestCluster start() throws IOException, InterruptedException {
        cluster.startJobManager();
        for (int i = 0; i < TASK_MANAGERS; i++) {
            cluster.startTaskManager();
        }
        Await.until("the cluster is up", MOST, () -> cluster.lives() && rest.slots() >= TASK_MANAGERS);
        return this;
    }

    LocalCluster processes() {
        return cluster;
    }

    /** A folder for what a run says. */
    Path said(String name) throws IOException {
        return Files.createDirectories(work.resolve("said-" + name));
    }

    /** Starts a run; its id. */
    String run(Settings settings, Path said, int tasks, @Nullable String savepoint)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("--output", said.toUri().toString()));
        for (String file : settings.inventory()) {
            arguments.addAll(
                    List.of("--inventory", Path.of(file).toAbsolutePath().toString()));
        }
        arguments.addAll(settings.paths());
        if (jar == null) {
            Path file = work.resolve("tocsin-job.jar");
            JobJar.write(file);
            jar = rest.upload(file);
        }
        Await.until("slots are free", MOST, () -> rest.freeSlots() >= tasks);
        return rest.run(jar, arguments, tasks, savepoint);
    }

    /** A job manager that was killed has forgotten the jar. */
    void forgetJar() {
        jar = null;
    }

    /** Waits until the job ends, or until {@code condition} holds; its state then. */
    String await(String id, String what, Await.Condition condition) throws IOException, InterruptedException {
        AtomicReference<String> state = new AtomicReference<>("");
        Await.until(what, MOST, () -> {
            state.set(rest.state(id));
            return Rest.ENDS.contains(state.get()) || condition.holds();
        });
        if (Rest.ENDS.contains(state.get())) {
            assertEquals("FINISHED", state.get(), () -> failure(id));
        }
        return state.get();
    }

    private String failure(String id) {
        try {
            return rest.failure(id);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Waits until the job is done. */
    void finish(String id) throws IOException, InterruptedException {
        await(id, "the job is done", () -> false);
    }

    /** Waits until the job is done or has a checkpoint beyond number {@code last}; whether it goes on. */
    boolean goesOn(String id, long last) throws IOException, InterruptedException {
        return !await(id, "a checkpoint beyond " + last, () -> checkpoint(id) > last)
                .equals("FINISHED");
    }

    /** The number of the job's last checkpoint. */
    long checkpoint(String id) throws IOException, InterruptedException {
        return rest.lastCheckpoint(id).number("id", 0);
    }

    /** Ends the job with a savepoint; where that lies. */
    String stop(String id) throws IOException, InterruptedException {
        String request = rest.stop(id, work.resolve("savepoints").toUri().toString());
        AtomicReference<String> at = new AtomicReference<>();
        Await.until("the savepoint is there", MOST, () -> {
            at.set(rest.savepoint(id, request));
            return at.get() != null;
        });
        return at.get();
    }

    /** Findings with their revisions, and rows, are to the byte those of the local host. */
    static void same(Settings settings, Path said, String when) throws Exception {
        Local.Expected expected = Local.expected(settings);
        assertEquals(
                String.join("\n", expected.findings().values()),
                String.join("\n", Local.findings(Local.said(said)).values()),
                when);
        assertEquals(expected.rows(), Local.rows(Local.said(said)), when);
        System.out.println(when + ": the same, " + expected.findings().size() + " findings, "
                + expected.rows().size() + " rows");
    }

    @Override
    public void close() {
        rest.close();
        cluster.close();
    }
}
