package dev.tocsin.server.command;

import dev.tocsin.core.rule.Rule;
import dev.tocsin.core.rule.Rules;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.report.RulePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin rules}: the named rules, one in full, or all as a Markdown page. */
@Command(
        name = "rules",
        description = "The named rules that --rules turns on; with NAME its condition and texts.",
        footer = {
            "",
            "Examples:",
            "  tocsin rules",
            "  tocsin rules AMIExternalAccess",
            "  tocsin rules --markdown docs/rules-list.md     rewrites the reference page"
        })
final class RulesCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Show this rule in full.")
    private @Nullable String name;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write them all as a page into FILE.")
    private @Nullable Path markdown;

    @Override
    public Integer call() throws IOException {
        if (markdown != null) {
            Files.writeString(markdown, RulePage.of(Rules.ALL));
            return 0;
        }
        return name == null ? list() : show(name);
    }

    private int list() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-34s %-8s %-8s %s%n", "RULE", "GROUP", "SEVERITY", "TYPE");
        for (Rule rule : Rules.ALL) {
            out.printf(
                    Locale.ROOT,
                    "%-34s %-8s %-8s %s%n",
                    rule.name(),
                    RulePage.group(rule),
                    rule.severity(),
                    rule.type().name());
        }
        return 0;
    }

    private int show(String wanted) {
        Rule rule = Rules.named(wanted)
                .orElseThrow(() -> Inputs.wrong(
                        spec,
                        "no rule '" + wanted + "'"
                                + Nearest.hint(
                                        wanted,
                                        Rules.ALL.stream().map(Rule::name).toList())));
        PrintWriter out = spec.commandLine().getOut();
        out.println(rule.name());
        line(out, "group", RulePage.group(rule));
        line(out, "severity", rule.severity().name());
        line(out, "type", rule.type().name());
        line(out, "technique", rule.technique());
        line(out, "tells", rule.what());
        line(out, "why", rule.why());
        line(out, "where", rule.sql());
        return 0;
    }

    private static void line(PrintWriter out, String label, String value) {
        out.printf(Locale.ROOT, "  %-9s %s%n", label, value);
    }
}
