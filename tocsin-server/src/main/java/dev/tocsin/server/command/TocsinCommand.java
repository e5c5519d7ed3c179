package dev.tocsin.server.command;

import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.LogManager;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code tocsin}: the commands by name. */
@Command(
        name = "tocsin",
        description = "Open threat detection for AWS logs: GuardDuty's findings, on your own machine.",
        subcommands = {
            AgentCommand.class,
            AnalyzeCommand.class,
            BackupCommand.class,
            DestinationsCommand.class,
            DoctorCommand.class,
            EvaluateCommand.class,
            ExplainCommand.class,
            ForgetCommand.class,
            HealthCommand.class,
            ListsCommand.class,
            RestoreCommand.class,
            RulesCommand.class,
            SelftestCommand.class,
            ServeCommand.class,
            KeysCommand.class,
            UsersCommand.class,
            TypesCommand.class,
            VersionCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  tocsin analyze logs/              findings of a folder of logs, as a table",
            "  tocsin doctor logs/               what the logs are and what is missing, nothing analysed",
            "  tocsin explain --entity ARN logs/ all that somebody did, in order",
            "  tocsin types                      the finding types known",
            "  tocsin selftest                   does the engine work here?",
            "  tocsin serve                      the service: API, console, sources",
            "  tocsin flink local logs/          findings by a small cluster of Apache Flink (from a checkout)",
            "  tocsin help analyze               all options of a command"
        })
public final class TocsinCommand {

    private TocsinCommand() {}

    /** Runs the command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // Libraries tell of their starts; warnings alone are for people.
        LogManager.getLogManager().getLogger("").setLevel(Level.WARNING);
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, ready to execute; its out and err may be set before. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new TocsinCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(ConfigArguments::run)
                .setParameterExceptionHandler(WrongCommandLine::say)
                .setExecutionExceptionHandler(TocsinCommand::failed);
        addHelp(commandLine);
        return commandLine;
    }

    /** A file that cannot be read or written is said in a line; what nobody foresaw keeps its trace. */
    private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
        if (e instanceof IOException io) {
            command.getErr().println(Plain.text(Inputs.told(io)));
            command.getErr().flush();
            return 2;
        }
        throw e;
    }

    private static void addHelp(CommandLine commandLine) {
        commandLine
                .getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this.")
                        .build());
        commandLine.getSubcommands().forEach((name, command) -> {
            if (!name.equals("help")) {
                addHelp(command);
            }
        });
    }
}
