package dev.tocsin.flink.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.JobOptions;
import dev.tocsin.flink.sink.Ingest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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
                        + " stops them. With --console a service too, and all stay until Ctrl-C.",
        footer = {
            "",
            "Examples:",
            "  tocsin flink local samples/",
            "  tocsin flink local --console samples/          findings in a console of its own, until Ctrl-C",
            "  tocsin flink local --task-managers 4 --output said/ logs/",
            "  tocsin flink local --server http://127.0.0.1:8420 --key-file ingest.credentials samples/",
            "",
            "Exit: 0 done; 1 the job failed; 2 wrong command line, or the cluster did not start."
        })
final class LocalCommand implements Callable<Integer> {

    private static final int MOST = 64;
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration PAUSE = Duration.ofSeconds(1);

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

    @Option(
            names = "--console",
            description =
                    "Start a Tocsin service too: findings stand in its console until Ctrl-C. A service that runs is"
                            + " named by --server.")
    private boolean console;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the service's data there; default: a temporary folder that is removed.")
    private @Nullable Path data;

    private @Nullable TrialService service;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Path work = folder == null ? Files.createTempDirectory("tocsin-flink-") : folder.toAbsolutePath();
        LocalCluster cluster = new LocalCluster(work, slots, settings);
        Thread stop = new Thread(() -> end(cluster, work));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            return run(cluster, work);
        } finally {
            if (removeHook(stop)) {
                end(cluster, work);
            }
        }
    }

    private void check() throws IOException {
        if (taskManagers < 1 || taskManagers > MOST || slots < 1 || slots > MOST) {
            throw new ParameterException(spec.commandLine(), "--task-managers, --slots: expected 1 to " + MOST);
        }
        if (console && job.server() != null) {
            throw new ParameterException(
                    spec.commandLine(), "--console starts a service of its own; --server names one that runs");
        }
        if (data != null && !console) {
            throw new ParameterException(spec.commandLine(), "--data is the folder of --console's service");
        }
        job.check(spec);
        job.settings(); // names a path that is not there before anything is started
    }

    private int run(LocalCluster cluster, Path work) throws IOException, InterruptedException {
        if (console) {
            err().println("Starting a service ...");
            service = TrialService.start(data == null ? work.resolve("data") : data.toAbsolutePath(), work);
            job.tell(service.url(), service.keyFile().toString());
        }
        if (job.server() != null) {
            try (Ingest ingest = new Ingest(job.server(), job.keyFile())) {
                ingest.check();
            }
        }
        Path said = job.output() == null
                ? work.resolve("said")
                : Path.of(job.output()).toAbsolutePath();
        try (Rest rest = new Rest(cluster.url())) {
            start(cluster, rest);
            Path jar = work.resolve("tocsin-job.jar");
            JobJar.write(jar);
            String id = rest.run(rest.upload(jar), job.arguments(said.toUri().toString()), taskManagers * slots, null);
            String state = follow(rest, id, cluster, said);
            tell(rest, id);
            SaidFindings findings = SaidFindings.in(said);
            findings.print(spec.commandLine().getOut());
            if (!state.equals("FINISHED")) {
                err().println("The job ended as " + state + ": " + rest.failure(id)
                        + (folder == null ? " (--folder DIR keeps the logs)" : " (logs: " + work + ")"));
                return 1;
            }
            if (job.server() != null) {
                tellOfService(findings);
            }
        }
        if (service != null) {
            err().println("Sign in with the key in " + service.keyFile() + "; Flink's own pages: " + cluster.url());
            err().println("Ctrl-C ends the service and the cluster.");
            err().flush();
            service.await();
        }
        return 0;
    }

    /** A finding that nobody can see must not look like none. */
    private void tellOfService(SaidFindings findings) throws IOException, InterruptedException {
        try (Ingest ingest = new Ingest(String.valueOf(job.server()), job.keyFile())) {
            int kept = findings.keptBy(ingest);
            int lost = findings.states().size() - kept;
            err().println(kept + " findings stand in the console: " + job.server() + "/");
            if (lost > 0) {
                err().println(lost
                        + " more are of accounts and Regions without a detector and are not shown: make detectors,"
                        + " or serve with 'detectors: {enableAllSeen: true}', and run this again");
            }
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private void start(LocalCluster cluster, Rest rest) throws IOException, InterruptedException {
        err().println("Starting a job manager and " + taskManagers + " task managers ...");
        cluster.startJobManager();
        for (int i = 0; i < taskManagers; i++) {
            cluster.startTaskManager();
        }
        cluster.await(rest, taskManagers * slots);
        err().println("The cluster is up: " + cluster.url());
        err().flush();
    }

    private String follow(Rest rest, String id, LocalCluster cluster, Path said)
            throws IOException, InterruptedException {
        AtomicReference<String> state = new AtomicReference<>("");
        AtomicLong shown = new AtomicLong(-1);
        Await.until("the job ends", LONGEST, PAUSE, () -> {
            if (!cluster.lives()) {
                throw new Await.Ended("a process of the cluster ended: " + cluster.lastLines());
            }
            state.set(rest.state(id));
            long checkpoints = rest.checkpoints(id);
            if (shown.getAndSet(checkpoints) != checkpoints) {
                err().printf(
                                Locale.ROOT,
                                "%s, %d checkpoints, %d findings so far%n",
                                state.get().toLowerCase(Locale.ROOT),
                                checkpoints,
                                SaidFindings.in(said).states().size());
                err().flush();
            }
            return Rest.ENDS.contains(state.get());
        });
        return state.get();
    }

    /** What each operator did, and how large checkpoints grew. */
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
        Doc checkpoints = rest.checkpointSummary(id);
        err().printf(
                        Locale.ROOT,
                        "checkpoints: largest %d bytes, longest %d ms%n",
                        checkpoints.part("state_size").number("max", 0),
                        checkpoints.part("end_to_end_duration").number("max", 0));
        err().flush();
    }

    private static long busy(Doc metrics) {
        return metrics.get("accumulated-busy-time") instanceof Number time ? time.longValue() : 0;
    }

    /** Ends all that was started and leaves nothing behind that was not asked for. */
    private void end(LocalCluster cluster, Path work) {
        if (service != null) {
            service.close();
        }
        cluster.close();
        if (folder == null) {
            try {
                remove(work);
            } catch (IOException e) {
                err().println(work + " cannot be removed: " + e.getMessage());
            }
        }
    }

    /** Whether it is not running. */
    private static boolean removeHook(Thread hook) {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
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
