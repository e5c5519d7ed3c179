package dev.tocsin.flink.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.flink.JobOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin flink local}: a cluster of processes for one run over logs. */
@Command(
        name = "local",
        description =
                "Starts a job manager and task managers on this machine, runs the job over PATH, shows its findings, and"
                        + " stops them.",
        footer = {
            "",
            "Examples:",
            "  tocsin flink local samples/",
            "  tocsin flink local --task-managers 4 --output said/ logs/",
            "  tocsin flink local --server http://127.0.0.1:8420 --key-file data/administrator.credentials samples/",
            "",
            "Exit: 0 done; 1 the job failed; 2 wrong command line, or the cluster did not start."
        })
final class LocalCommand implements Callable<Integer> {

    private static final int MOST = 64;
    private static final long START_SECONDS = 180;
    private static final long PAUSE_MILLIS = 500;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it
    private boolean help;

    @Mixin
    private final JobOptions job = new JobOptions();

    @Option(names = "--task-managers", paramLabel = "N", description = "Processes that work, 1 to 64; default: 2.")
    private int taskManagers = 2;

    @Option(names = "--slots", paramLabel = "N", description = "Tasks of each at once, 1 to 64; default: 1.")
    private int slots = 1;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of Flink's, such as state.backend.type=rocksdb. Repeatable.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Keep the cluster's logs and checkpoints there; default: a temporary folder that is removed.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (taskManagers < 1 || taskManagers > MOST || slots < 1 || slots > MOST) {
            throw new ParameterException(spec.commandLine(), "--task-managers, --slots: expected 1 to " + MOST);
        }
        job.check(spec);
        job.settings(); // names a path that is not there before anything is started
        Path work = folder == null ? Files.createTempDirectory("tocsin-flink-") : folder.toAbsolutePath();
        Path said = job.output() == null
                ? work.resolve("said")
                : Path.of(job.output()).toAbsolutePath();
        LocalCluster cluster = new LocalCluster(work, slots, settings);
        Thread stop = new Thread(cluster::close);
        Runtime.getRuntime().addShutdownHook(stop);
        try (cluster;
                Rest rest = new Rest(cluster.url())) {
            start(cluster, rest, work);
            Path jar = work.resolve("tocsin-job.jar");
            JobJar.write(jar);
            String id = rest.run(rest.upload(jar), job.arguments(said.toUri().toString()), taskManagers * slots, null);
            String state = follow(rest, id, cluster, said, work);
            tell(rest, id);
            print(said);
            if (!state.equals("FINISHED")) {
                err().println("The job ended as " + state + ": " + rest.failure(id) + " (logs: " + work + ")");
                return 1;
            }
            return 0;
        } finally {
            removeHook(stop);
            if (folder == null) {
                remove(work);
            }
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void start(LocalCluster cluster, Rest rest, Path work) throws IOException, InterruptedException {
        err().println("Starting a job manager and " + taskManagers + " task managers ...");
        cluster.startJobManager();
        for (int i = 0; i < taskManagers; i++) {
            cluster.startTaskManager();
        }
        long wanted = (long) taskManagers * slots;
        for (long left = START_SECONDS * 1000 / PAUSE_MILLIS; left > 0; left--) {
            if (!cluster.lives()) {
                throw new IOException("a process of the cluster ended at once; its log: " + lastLines(work));
            }
            try {
                if (rest.slots() >= wanted) {
                    err().println("The cluster is up: " + cluster.url());
                    return;
                }
            } catch (IOException e) {
                // not yet
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IOException("the cluster did not start within " + START_SECONDS + " s: " + lastLines(work));
    }

    private static String lastLines(Path work) throws IOException {
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> logs = Files.list(work)) {
            for (Path log : logs.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList()) {
                List<String> all = Files.readAllLines(log);
                all.subList(Math.max(0, all.size() - 3), all.size())
                        .forEach(line -> lines.append(System.lineSeparator()).append(line));
            }
        }
        return lines.toString();
    }

    private String follow(Rest rest, String id, LocalCluster cluster, Path said, Path work)
            throws IOException, InterruptedException {
        String state = rest.state(id);
        long shown = -1;
        while (!List.of("FINISHED", "FAILED", "CANCELED", "SUSPENDED").contains(state)) {
            if (!cluster.lives()) {
                throw new IOException("a process of the cluster ended: " + lastLines(work));
            }
            long checkpoints = rest.checkpoints(id);
            if (checkpoints != shown) {
                shown = checkpoints;
                err().printf(
                                Locale.ROOT,
                                "%s, %d checkpoints, %d findings so far%n",
                                state.toLowerCase(Locale.ROOT),
                                checkpoints,
                                findings(said).size());
                err().flush();
            }
            Thread.sleep(PAUSE_MILLIS);
            state = rest.state(id);
        }
        return state;
    }

    /** What each operator did, and how large the last checkpoint was. */
    private void tell(Rest rest, String id) throws IOException, InterruptedException {
        for (Doc operator : rest.operators(id)) {
            Doc metrics = operator.part("metrics");
            err().printf(
                            Locale.ROOT,
                            "%s: %d in, %d out, %d bytes sent, %d ms busy%n",
                            operator.text("name"),
                            metrics.number("read-records", 0),
                            metrics.number("write-records", 0),
                            metrics.number("write-bytes", 0),
                            busy(metrics));
        }
        Doc checkpoint = rest.lastCheckpoint(id);
        err().printf(
                        Locale.ROOT,
                        "last checkpoint: %d bytes in %d ms%n",
                        checkpoint.number("state_size", 0),
                        checkpoint.number("end_to_end_duration", 0));
        err().flush();
    }

    private static long busy(Doc metrics) {
        return metrics.get("accumulated-busy-time") instanceof Number time ? time.longValue() : 0;
    }

    /** The findings in a folder that the job writes to, each as it is now. */
    static List<Doc> findings(Path said) throws IOException {
        Map<String, Doc> latest = new TreeMap<>();
        if (Files.isDirectory(said)) {
            try (Stream<Path> files = Files.list(said)) {
                for (Path file : files.filter(
                                one -> one.getFileName().toString().startsWith("said-"))
                        .toList()) {
                    for (String line : Files.readAllLines(file)) {
                        if (Doc.parse(line).get("findings") instanceof Doc finding) {
                            latest.merge(String.valueOf(finding.text("id")), finding, LocalCommand::later);
                        }
                    }
                }
            }
        }
        List<Doc> findings = new ArrayList<>(latest.values());
        findings.removeIf(one -> FindingState.isOut(one.part("document").part("tocsin")));
        findings.sort(Comparator.comparingDouble((Doc one) -> -severity(one))
                .thenComparing(one -> String.valueOf(one.text("id"))));
        return findings;
    }

    private static Doc later(Doc one, Doc other) {
        return one.number("revision", 0) > other.number("revision", 0) ? one : other;
    }

    private static double severity(Doc finding) {
        return finding.get("severity") instanceof Number number ? number.doubleValue() : 0;
    }

    private void print(Path said) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Doc finding : findings(said)) {
            out.printf(
                    Locale.ROOT,
                    "%4.1f  %s  %s  %s  %s%n",
                    severity(finding),
                    finding.text("type"),
                    finding.text("account"),
                    finding.text("region"),
                    plain(String.valueOf(finding.part("document").text("title"))));
        }
        out.flush();
    }

    /** Names in logs are hostile: no control or invisible character reaches a terminal. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cn}\\p{Cs}]", "\uFFFD");
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
