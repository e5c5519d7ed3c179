package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.FindingType;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin types}: the finding types known. */
@Command(
        name = "types",
        description = "The finding types known: source, severity, trigger.",
        footer = {"", "Example:", "  tocsin types Policy:IAMUser/RootCredentialUsage"})
final class TypesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Show this type in full.")
    private @Nullable String name;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (name == null) {
            new TreeMap<>(Detectors.types())
                    .values()
                    .forEach(type -> out.printf(
                            Locale.ROOT, "%-58s %-14s %4.1f%n", type.name(), type.source(), type.severity()));
            return 0;
        }
        FindingType type = Detectors.types().get(name);
        if (type == null) {
            spec.commandLine().getErr().println("no finding type '" + name + "'; 'tocsin types' lists all");
            return 2;
        }
        out.printf(
                Locale.ROOT,
                "%s%n  severity  %.1f%n  source    %s%n  fires     when %s%n  leaves    %s%n  next      %s%n",
                type.name(),
                type.severity(),
                type.source(),
                type.firesWhen(),
                type.doesNotSee(),
                type.nextSteps());
        return 0;
    }
}
