package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.scenario.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin selftest}: a small attack, the {@link Scenario}, through the whole engine. */
@Command(
        name = "selftest",
        description =
                "Plays a small attack through the engine and says for each type why it fired; --live sends a marked event"
                        + " through a running service.",
        footer = {
            "",
            "Examples:",
            "  tocsin selftest",
            "  tocsin selftest --live --data trial --source /var/log/aws",
            "  tocsin selftest --live --server https://tocsin.example.com --source s3://my-trail",
            "",
            "Without --live nothing is read or written outside: addresses and names are documentation's, the lists are made",
            "up. With it a call that nobody made, by a user called tocsin-selftest-..., is written to the source, its finding",
            "is waited for at each destination, and archived.",
            "Exit: 0 all types fired, or all hops were passed; 1 one was not; 2 it could not be done."
        })
final class SelftestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--live", description = "Send a marked event through a running service, to its destinations.")
    private boolean live;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8420",
            description = "With --live: the service; default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init") // it has a default
    private URI server;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "With --live: the service's folder, whose administrator's key is used; else AWS's credentials are.")
    private @Nullable Path data;

    @Option(
            names = "--source",
            paramLabel = "PLACE",
            description =
                    "With --live: a folder or s3://BUCKET/PREFIX that is a source; without it the event is handed in"
                            + " past sources and engine.")
    private @Nullable String source;

    @Option(
            names = "--account",
            paramLabel = "ID",
            description = "With --live: whose log it stands in; default: the key's.")
    private @Nullable String account;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return live ? live() : play();
    }

    private int live() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ServerClient client = data == null ? new ServerClient(server) : new ServerClient(server).withKeyOf(data);
            String whose = account == null ? client.ask("GET", "account", null).text("accountId") : account;
            InstantSource clock = InstantSource.system();
            MarkedEvent event = MarkedEvent.of(String.valueOf(whose), ServerClient.region(), clock.instant());
            MarkedEvent.Way way = source == null ? LiveWays.ingest(client) : LiveWays.source(source);
            boolean passed = new LiveSelftest(client, event, clock, out).run(way);
            out.println(passed ? "All hops were passed." : "Not all hops were passed.");
            return passed ? 0 : 1;
        } catch (IOException e) {
            spec.commandLine().getErr().println(Plain.text(String.valueOf(e.getMessage())));
            return 2;
        } finally {
            out.flush();
        }
    }

    private int play() throws IOException, InterruptedException {
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
