package dev.tocsin.server.command;

import dev.tocsin.core.intel.Network;
import dev.tocsin.input.container.Reason;
import java.io.Console;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that read logs have in common. */
final class Inputs {

    private Inputs() {}

    /** The networks that {@code texts} of {@code option} name. */
    static List<Network> networks(CommandSpec spec, String option, List<String> texts) {
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            Network network = Network.parse(text.strip());
            if (network == null) {
                throw wrong(
                        spec, option + ": expected an address or CIDR such as 203.0.113.0/24, found '" + text + "'");
            }
            networks.add(network);
        }
        return networks;
    }

    /** Whether a person sits at a terminal. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Ends the command before its work if {@code file}, of {@code option}, could not be written after it. */
    static void mustBeWritable(CommandSpec spec, String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean can = Files.exists(file)
                ? Files.isWritable(file) && !Files.isDirectory(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        if (!can) {
            throw wrong(
                    spec,
                    option + ": " + file + " cannot be written: "
                            + (Files.isDirectory(file) ? "it is a folder" : "is its folder there, and yours?"));
        }
    }

    /** What {@code e} says of a file, in words: the file's name and what is the matter. */
    static String told(IOException e) {
        boolean nameAlone = e instanceof NoSuchFileException || e instanceof AccessDeniedException;
        return (nameAlone ? ((FileSystemException) e).getFile() + ": " : "") + Reason.of(e);
    }

    /** The exit with code 2 that says what is wrong. */
    static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
