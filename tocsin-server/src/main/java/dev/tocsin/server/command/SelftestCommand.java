package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin selftest}: a small attack, the {@link Scenario}, through the whole engine. */
@Command(
        name = "selftest",
        description = "Plays a small attack through the engine and says for each type why it fired.",
        footer = {
            "",
            "Example:",
            "  tocsin selftest",
            "",
            "Nothing is read or written outside: addresses and names are documentation's, the lists are made up.",
            "Exit: 0 all types fired; 1 one did not."
        })
final class SelftestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, FindingState> findings = Scenario.play().stream()
                .collect(Collectors.toMap(FindingState::type, Function.identity(), (one, other) -> one));
        PrintWriter out = spec.commandLine().getOut();
        Map<String, FindingType> types = new TreeMap<>(Detectors.types());
        types.values().forEach(type -> say(type, findings.get(type.name()), out));
        long missing = types.keySet().stream()
                .filter(type -> !findings.containsKey(type))
                .count();
        out.println(missing == 0 ? "All " + types.size() + " types fired." : missing + " types did not fire.");
        out.flush();
        return missing == 0 ? 0 : 1;
    }

    private static void say(FindingType type, @Nullable FindingState finding, PrintWriter out) {
        if (finding == null) {
            out.printf(Locale.ROOT, "%-8s %s%n", "MISSING", type.name());
            return;
        }
        Doc trigger = finding.document().part("tocsin").part("evidence").part("trigger");
        out.printf(
                Locale.ROOT,
                "%-8s %s%n         it fires when %s%n         here: %s (%s at %s)%n",
                "fired",
                type.name(),
                type.firesWhen(),
                Plain.text(String.valueOf(finding.document().text("title"))),
                trigger.text("source"),
                trigger.text("time"));
    }
}
