package dev.tocsin.flink.command;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tocsin flink}: the job on a cluster. */
@Command(
        name = "tocsin flink",
        description = "Runs the engine as a job of Apache Flink: the same findings, on many machines (docs/flink.md).",
        subcommands = {LocalCommand.class, SubmitCommand.class, StatusCommand.class},
        synopsisSubcommandLabel = "local|submit|status",
        footer = {
            "",
            "Examples:",
            "  tocsin flink local samples/                                   a trial on this machine",
            "  tocsin flink local --server http://127.0.0.1:8420 --key-file ingest.credentials logs/",
            "  tocsin flink submit --jobmanager http://flink:8081 --server https://tocsin:8420 --key-file /etc/tocsin/key s3://logs/",
            "  tocsin flink status --jobmanager http://flink:8081"
        })
public final class FlinkCommand {

    private static final int WRONG = 2;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    @SuppressWarnings("UnusedVariable") // picocli answers it
    private boolean help;

    private FlinkCommand() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Flink tells of its starts; warnings alone are for people.
        LogManager.getLogManager().getLogger("").setLevel(Level.SEVERE);
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new FlinkCommand());
        line.setExecutionExceptionHandler((e, command, parsed) -> {
            if (e instanceof IOException) {
                command.getErr().println("tocsin flink: " + e.getMessage());
                return WRONG;
            }
            throw e;
        });
        return line;
    }
}
