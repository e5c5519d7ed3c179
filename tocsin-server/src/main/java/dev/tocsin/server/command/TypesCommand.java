package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.report.TypePages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin types}: the finding types known, one in full, or all as Markdown pages. */
@Command(
        name = "types",
        description = "The finding types known: status, source, severity, feature; with TYPE its trigger and texts.",
        footer = {
            "",
            "Examples:",
            "  tocsin types",
            "  tocsin types Policy:IAMUser/RootCredentialUsage",
            "  tocsin types --markdown docs/finding-types     rewrites the reference pages"
        })
final class TypesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TYPE", description = "Show this type in full.")
    private @Nullable String name;

    @Option(names = "--markdown", paramLabel = "DIR", description = "Write a page a type and an index into DIR.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws IOException {
        if (markdown != null) {
            return write(markdown);
        }
        return name == null ? list() : show(name);
    }

    private int list() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-58s %-10s %-14s %8s  %s%n", "TYPE", "STATUS", "SOURCE", "SEVERITY", "FEATURE");
        for (FindingType type : new TreeMap<>(Detectors.types()).values()) {
            out.printf(
                    Locale.ROOT,
                    "%-58s %-10s %-14s %8.1f  %s%n",
                    type.name(),
                    status(type),
                    type.source(),
                    type.severity(),
                    type.feature());
        }
        return 0;
    }

    /** Whether it speaks with the logs alone. */
    private static String status(FindingType type) {
        return type.needs().isEmpty() ? "on" : "needs list";
    }

    private int show(String wanted) {
        FindingType type = Detectors.types().get(wanted);
        if (type == null) {
            throw Inputs.wrong(
                    spec,
                    "no finding type '" + wanted + "'"
                            + Nearest.hint(wanted, Detectors.types().keySet()));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(type.name());
        TypePages.facts(type).forEach((fact, value) -> line(out, fact, value));
        line(out, "fires", "when " + type.firesWhen());
        line(out, "leaves", type.doesNotSee());
        line(out, "title", type.title());
        line(out, "text", type.description());
        line(out, "next", type.nextSteps());
        return 0;
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf(Locale.ROOT, "  %-9s %s%n", label, value);
    }

    private int write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> pages = TypePages.of(Detectors.types().values());
        deletePages(folder);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
        spec.commandLine().getOut().println(pages.size() + " pages written to " + folder);
        return 0;
    }

    /** Deletes pages of an earlier run, by the mark they carry; a page that a person wrote stays. */
    private static void deletePages(Path folder) throws IOException {
        try (var old = Files.newDirectoryStream(folder, "*.md")) {
            for (Path page : old) {
                if (Files.readString(page).startsWith(TypePages.MADE)) {
                    Files.delete(page);
                }
            }
        }
    }
}
