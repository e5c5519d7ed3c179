package dev.tocsin.server.command;

import dev.tocsin.server.report.Plain;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.Sources;
import java.io.Console;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the commands that read logs have in common. */
final class Inputs {

    private Inputs() {}

    /** The objects at {@code paths}: files, folders, {@code s3://bucket/prefix}. */
    static List<SourceObject> objects(CommandSpec spec, List<String> paths) {
        try {
            return Sources.list(paths, Sources.ANY_TIME);
        } catch (IOException e) {
            throw wrong(spec, Plain.text(String.valueOf(e.getMessage())));
        }
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
