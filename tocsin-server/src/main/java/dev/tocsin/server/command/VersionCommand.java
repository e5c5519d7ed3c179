package dev.tocsin.server.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin version}. */
@Command(
        name = "version",
        description = "Prints the version.",
        footer = {"", "Example:", "  tocsin version"})
final class VersionCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        String version = TocsinCommand.class.getPackage().getImplementationVersion();
        spec.commandLine().getOut().println("tocsin " + (version == null ? "(development)" : version));
        return 0;
    }
}
