package dev.tocsin.server.command;

import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.report.Plain;
import java.io.PrintWriter;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command line that cannot be: what is wrong, what was most likely meant, where help stands. */
final class WrongCommandLine {

    private WrongCommandLine() {}

    /** Says it on standard error; exit code 2. */
    static int say(ParameterException e, String[] arguments) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        PrintWriter err = e.getCommandLine().getErr();
        err.println(Plain.text(message(e, command)));
        String name = command.parent() == null ? "tocsin help" : "tocsin help " + below(command);
        err.println("'" + name + "' shows what there is.");
        err.flush();
        return 2;
    }

    private static String message(ParameterException e, CommandSpec command) {
        String text = String.valueOf(e.getMessage());
        if (!(e instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return text;
        }
        String first = unmatched.getUnmatched().getFirst();
        if (unmatched.isUnknownOption()) {
            String name = first.contains("=") ? first.substring(0, first.indexOf('=')) : first;
            return "no option " + name
                    + Nearest.hint(name, new TreeSet<>(command.optionsMap().keySet()));
        }
        Set<String> commands = new TreeSet<>(command.subcommands().keySet());
        return commands.isEmpty() ? text : "no command '" + first + "'" + Nearest.hint(first, commands);
    }

    private static String below(CommandSpec command) {
        CommandLine parent = command.parent().commandLine();
        return parent.getCommandSpec().parent() == null ? command.name() : parent.getCommandName();
    }
}
