package dev.tocsin.flink.command;

import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin flink status}: how the jobs of a cluster do. */
@Command(
        name = "status",
        description = "Shows the jobs of a cluster: id, state, age, checkpoints, and of one that failed why.",
        footer = {
            "",
            "Example:",
            "  tocsin flink status --jobmanager http://flink:8081",
            "",
            "Exit: 0 all well; 1 a job failed; 2 no job manager answers."
        })
final class StatusCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it
    private boolean help;

    @Option(
            names = "--jobmanager",
            paramLabel = "URL",
            required = true,
            description = "Where the job manager's REST interface answers.")
    private String jobManager = "";

    @Override
    public Integer call() throws IOException, InterruptedException {
        int code = 0;
        try (Rest rest = new Rest(jobManager)) {
            List<Doc> jobs = rest.jobs();
            if (jobs.isEmpty()) {
                spec.commandLine().getErr().println("No job runs there; 'tocsin flink submit' sends one.");
            }
            for (Doc job : jobs) {
                String id = String.valueOf(job.text("jid"));
                String state = String.valueOf(job.text("state"));
                String why = state.equals("FAILED") || state.equals("RESTARTING") ? "  " + rest.failure(id) : "";
                code = state.equals("FAILED") ? 1 : code;
                spec.commandLine()
                        .getOut()
                        .printf(
                                Locale.ROOT,
                                "%s  %s  %s  %s  %d checkpoints%s%n",
                                id,
                                job.text("name"),
                                state,
                                Duration.ofSeconds(job.number("duration", 0) / 1000),
                                rest.checkpoints(id),
                                why);
            }
        }
        spec.commandLine().getOut().flush();
        return code;
    }
}
