package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.SourceObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.List;
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

/** {@code tocsin selftest}: a small attack through the whole engine. */
@Command(
        name = "selftest",
        description = "Plays a small attack through the engine and says for each type why it fired.",
        footer = {
            "",
            "Example:",
            "  tocsin selftest",
            "",
            "Exit: 0 all types that the attack plays fired; 1 one did not."
        })
final class SelftestCommand implements Callable<Integer> {

    /** What {@code selftest.json} plays; other types need lists, history or logs that it does not bring. */
    private static final List<String> PLAYED = List.of(
            "PenTest:IAMUser/KaliLinux",
            "PenTest:IAMUser/ParrotLinux",
            "PenTest:IAMUser/PentooLinux",
            "Policy:IAMUser/RootCredentialUsage",
            "Policy:IAMUser/ShortTermRootCredentialUsage",
            "Stealth:IAMUser/CloudTrailLoggingDisabled");

    private static final String NAME = "selftest.json";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] attack = attack();
        Analysis analysis = new Analysis(Analysis.Options.threads(1));
        analysis.run(List.of(new SourceObject(NAME, attack.length, 0, () -> new ByteArrayInputStream(attack))));
        Map<String, FindingState> findings = analysis.findings(true).stream()
                .collect(Collectors.toMap(FindingState::type, Function.identity(), (one, other) -> one));
        PrintWriter out = spec.commandLine().getOut();
        new TreeMap<>(Detectors.types()).values().forEach(type -> say(type, findings.get(type.name()), out));
        long missing =
                PLAYED.stream().filter(type -> !findings.containsKey(type)).count();
        out.println(missing == 0 ? "All " + PLAYED.size() + " types played fired." : missing + " types did not fire.");
        out.flush();
        return missing == 0 ? 0 : 1;
    }

    private static byte[] attack() throws IOException {
        try (InputStream in = SelftestCommand.class.getResourceAsStream(NAME)) {
            if (in == null) {
                throw new IllegalStateException(NAME + " is not in the jar");
            }
            return in.readAllBytes();
        }
    }

    private static void say(FindingType type, @Nullable FindingState finding, PrintWriter out) {
        if (finding == null) {
            boolean played = PLAYED.contains(type.name());
            String why = type.needs().isEmpty() ? "" : ": needs a list of " + String.join(", ", type.needs());
            out.printf(Locale.ROOT, "%-10s %s%s%n", played ? "MISSING" : "not played", type.name(), why);
            return;
        }
        Doc trigger = finding.document().part("tocsin").part("evidence").part("trigger");
        out.printf(
                Locale.ROOT,
                "%-10s %s%n           it fires when %s%n           here: %s at %s%n",
                "fired",
                type.name(),
                type.firesWhen(),
                finding.document().text("title"),
                trigger.text("time"));
    }
}
