package dev.tocsin.flink.command;

import dev.tocsin.flink.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin flink submit}: the job to a cluster that runs. */
@Command(
        name = "submit",
        description =
                "Builds the job's jar and sends it to a job manager; --jar writes it to a file and sends nothing.",
        footer = {
            "",
            "Examples:",
            "  tocsin flink submit --jobmanager http://flink:8081 --server https://tocsin:8420 --key-file /etc/tocsin/key s3://logs/AWSLogs/",
            "  tocsin flink submit --jobmanager http://flink:8081 --savepoint s3://flink/savepoints/1 --output s3://said/ s3://logs/",
            "  tocsin flink submit --jar tocsin-job.jar          for an image, see deploy/flink/",
            "",
            "Paths, lists and the key file must be where task managers see them under the same name.",
            "Exit: 0 sent; 2 wrong command line, or the job manager refused."
        })
final class SubmitCommand implements Callable<Integer> {

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

    @Option(names = "--jobmanager", paramLabel = "URL", description = "Where the job manager's REST interface answers.")
    private @Nullable String jobManager;

    @Option(names = "--parallelism", paramLabel = "N", description = "Tasks of each operator; default: 1.")
    private int parallelism = 1;

    @Option(names = "--savepoint", paramLabel = "URI", description = "Go on from there.")
    private @Nullable String savepoint;

    @Option(names = "--jar", paramLabel = "FILE", description = "Write the job's jar there and send nothing.")
    private @Nullable Path jar;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (jar != null) {
            JobJar.write(jar);
            spec.commandLine().getOut().println(jar);
            return 0;
        }
        if (jobManager == null || job.paths().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "give --jobmanager URL and a PATH, or --jar FILE; 'tocsin flink submit --help' has examples");
        }
        if (job.server() == null && job.output() == null) {
            throw new ParameterException(
                    spec.commandLine(), "give --server URL or --output DIR: else nobody would see what is found");
        }
        job.check(spec);
        Path built = Files.createTempFile("tocsin-job-", ".jar");
        try (Rest rest = new Rest(jobManager)) {
            JobJar.write(built);
            String id = rest.run(rest.upload(built), job.arguments(job.output()), parallelism, savepoint);
            spec.commandLine().getOut().println(id);
            return 0;
        } finally {
            Files.deleteIfExists(built);
        }
    }
}
