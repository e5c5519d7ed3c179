package dev.tocsin.server.command;

import dev.tocsin.server.source.FolderSource;
import dev.tocsin.server.source.SourceObject;
import java.io.Console;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that read logs have in common. */
final class Inputs {

    private Inputs() {}

    /** The objects at {@code paths}. */
    static List<SourceObject> objects(CommandSpec spec, List<String> paths) {
        List<SourceObject> objects = new ArrayList<>();
        for (String path : paths) {
            try {
                objects.addAll(FolderSource.list(path));
            } catch (IOException e) {
                throw wrong(spec, String.valueOf(e.getMessage()));
            }
        }
        return objects;
    }

    /** Whether a person sits at a terminal. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** The exit with code 2 that says what is wrong. */
    static ParameterException wrong(CommandSpec spec, String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
