package dev.tocsin.flink.command;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A cluster of processes on this machine: a job manager and task managers, from the jars of this program's class path. */
final class LocalCluster implements AutoCloseable {

    private static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final int PATIENCE_SECONDS = 10;
    private static final int LAST_LINES = 3;
    private static final Duration START = Duration.ofMinutes(3);

    /** As Flink's own scripts start its processes. */
    private static final List<String> OPENS = List.of(
            "--add-exports=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            // A trial is over before the second compiler has earned what it costs (docs/scale.md).
            "-XX:TieredStopAtLevel=1");

    private final Path folder;
    private final int restPort;
    private final List<Process> taskManagers = new ArrayList<>();
    private @Nullable Process jobManager;
    private int started;

    /**
     * A cluster not yet started.
     *
     * @param folder for its configuration, logs and checkpoints
     * @param slots of a task manager
     * @param more of Flink's settings
     */
    LocalCluster(Path folder, int slots, Map<String, String> more) throws IOException {
        this.folder = folder;
        this.restPort = freePort();
        Map<String, String> settings = new TreeMap<>(settings(slots));
        settings.putAll(more);
        Files.createDirectories(folder.resolve("conf"));
        Files.createDirectories(folder.resolve("tmp"));
        Files.writeString(
                folder.resolve("conf/config.yaml"),
                settings.entrySet().stream()
                        .map(one -> one.getKey() + ": '" + one.getValue().replace("'", "''") + "'\n")
                        .collect(Collectors.joining()));
    }

    private Map<String, String> settings(int slots) throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", String.valueOf(freePort()));
        settings.put("jobmanager.bind-host", "127.0.0.1");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", String.valueOf(restPort));
        settings.put("rest.bind-port", String.valueOf(restPort));
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.numberOfTaskSlots", String.valueOf(slots));
        settings.put("taskmanager.cpu.cores", String.valueOf(slots));
        settings.put("taskmanager.memory.task.heap.size", "768m");
        settings.put("taskmanager.memory.task.off-heap.size", "64m");
        settings.put("taskmanager.memory.framework.heap.size", "128m");
        settings.put("taskmanager.memory.framework.off-heap.size", "64m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "256m");
        settings.put("taskmanager.memory.jvm-overhead.min", "128m");
        settings.put("taskmanager.memory.jvm-overhead.max", "128m");
        settings.put("taskmanager.memory.managed.size", "128m");
        settings.put("taskmanager.memory.network.min", "64m");
        settings.put("taskmanager.memory.network.max", "64m");
        settings.put("io.tmp.dirs", folder.resolve("tmp").toString());
        settings.put("execution.checkpointing.storage", "filesystem");
        settings.put(
                "execution.checkpointing.dir",
                folder.resolve("checkpoints").toUri().toString());
        // A checkpoint under way when a task manager dies can leave events that Flink 2.3 neither sends nor gives up;
        // the next one waits
        // for them until its time is over, and nothing is read meanwhile.
        settings.put("execution.checkpointing.timeout", "1min");
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.attempts", "1000");
        settings.put("restart-strategy.fixed-delay.delay", "200ms");
        settings.put("heartbeat.interval", "1000");
        settings.put("heartbeat.timeout", "10000");
        return settings;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Where the job manager answers, and its pages lie. */
    String url() {
        return "http://127.0.0.1:" + restPort;
    }

    void startJobManager() throws IOException {
        jobManager = start(JOB_MANAGER, "job-manager", "512m", List.of());
    }

    void startTaskManager() throws IOException {
        started++;
        taskManagers.add(start(TASK_MANAGER, "task-manager-" + started, "1g", List.of()));
    }

    int taskManagers() {
        return taskManagers.size();
    }

    /** Ends a task manager as a power cut would. */
    void killTaskManager(int number) throws InterruptedException {
        taskManagers.remove(number).destroyForcibly().waitFor();
    }

    /** Ends the job manager as a power cut would. */
    void killJobManager() throws InterruptedException {
        if (jobManager != null) {
            jobManager.destroyForcibly().waitFor();
            jobManager = null;
        }
    }

    /** Starts {@code mainClass}; its output goes to a file in the folder. */
    Process start(String mainClass, String name, String heap, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heap);
        command.addAll(OPENS);
        Path log = folder.resolve(name + ".log");
        Files.writeString(folder.resolve("conf/logging.properties"), """
                handlers=java.util.logging.ConsoleHandler
                .level=INFO
                java.util.logging.SimpleFormatter.format=%1$tFT%1$tT %4$s %3$s %5$s%6$s%n
                """);
        command.add("-Djava.util.logging.config.file=" + folder.resolve("conf/logging.properties"));
        command.add("-Dlog.file=" + log);
        command.add("-cp");
        command.add(JobJar.cluster().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        command.add(mainClass);
        if (arguments.isEmpty()) {
            command.add("--configDir");
            command.add(folder.resolve("conf").toString());
        }
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return builder.start();
    }

    /**
     * Waits until {@code slots} are there.
     *
     * @throws IOException if that takes minutes, or a process ends; the message has the last words of all
     */
    void await(Rest rest, int slots) throws IOException, InterruptedException {
        Await.until("the cluster has " + slots + " slots; logs: " + folder, START, () -> {
            if (!lives()) {
                throw new Await.Ended("a process of the cluster ended at once; its log: " + lastLines());
            }
            return rest.slots() >= slots;
        });
    }

    /** The last lines of each process's log. */
    String lastLines() throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> logs = Files.list(folder)) {
            for (Path log : logs.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                List<String> all = Files.readAllLines(log);
                all.subList(Math.max(0, all.size() - LAST_LINES), all.size())
                        .forEach(line -> lines.append(System.lineSeparator()).append(line));
            }
        }
        return lines.toString();
    }

    /** Whether all processes that were started and not killed live. */
    boolean lives() {
        return jobManager != null
                && jobManager.isAlive()
                && taskManagers.stream().allMatch(Process::isAlive);
    }

    @Override
    public void close() {
        List<Process> all = new ArrayList<>(taskManagers);
        if (jobManager != null) {
            all.add(jobManager);
        }
        all.forEach(Process::destroy);
        for (Process process : all) {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        taskManagers.clear();
        jobManager = null;
    }
}
