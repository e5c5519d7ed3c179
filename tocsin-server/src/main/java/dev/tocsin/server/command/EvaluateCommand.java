package dev.tocsin.server.command;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.server.evaluate.Label;
import dev.tocsin.server.evaluate.LabelFile;
import dev.tocsin.server.evaluate.NetworkReport;
import dev.tocsin.server.evaluate.NetworkScore;
import dev.tocsin.server.evaluate.Score;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin evaluate}: how findings compare with labelled data. */
@Command(
        name = "evaluate",
        description = "Analyzes PATH and compares the findings with labels.",
        footer = {
            "",
            "Labels: truth.json, expected.tsv, or labels.tsv of the account or network simulator. With the network",
            "simulator's events.tsv: recall by type and difficulty, and false alarms by cause.",
            "",
            "Example:",
            "  tocsin evaluate --labels corpus/truth.json corpus/"
        })
final class EvaluateCommand implements Callable<Integer> {

    private static final long DAY_SECONDS = 24 * 60 * 60;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final AnalysisOptions logs = new AnalysisOptions();

    @Option(names = "--labels", paramLabel = "FILE", required = true, description = "What is in the logs.")
    @SuppressWarnings("NullAway.Init") // required
    private Path labels;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Harmless events of the network simulator; default: events.tsv beside the labels.")
    private @Nullable Path events;

    @Option(names = "--report", paramLabel = "FILE", description = "With events: the same as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--instance-days",
            paramLabel = "N",
            description = "With events: instance-days that the logs are of; default: as counted in them.")
    private @Nullable Double instanceDays;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Label> known = labels();
        List<Label> harmless = events();
        Days days = new Days();
        Analysis analysis = logs.analyze(some -> some.forEach(days::count));
        if (harmless.isEmpty()) {
            say(new Score(known, analysis.findings(true)), days);
        } else {
            say(new NetworkReport(
                    new NetworkScore(known, harmless, analysis.findings(true)),
                    instanceDays == null ? days.hosts() : instanceDays));
        }
        return 0;
    }

    private List<Label> labels() {
        try {
            return LabelFile.read(labels);
        } catch (IOException e) {
            throw Inputs.wrong(spec, "--labels: " + Inputs.told(e));
        }
    }

    private List<Label> events() {
        Path beside = labels.resolveSibling("events.tsv");
        Path file = events == null ? beside : events;
        try {
            return events != null || Files.exists(beside) ? LabelFile.events(file) : List.of();
        } catch (IOException e) {
            throw Inputs.wrong(spec, "--events: " + Inputs.told(e));
        }
    }

    private void say(NetworkReport told) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        told.write(out);
        out.flush();
        if (report != null) {
            Files.writeString(report, told.toDoc().toJson() + "\n");
        }
    }

    /** Days of accounts and hosts met in logs. */
    private static final class Days {
        private final Set<String> accounts = new HashSet<>();
        private final Set<String> interfaces = new HashSet<>();
        private final Set<String> clients = new HashSet<>();

        void count(Event event) {
            String day = " " + Math.floorDiv(event.at(), DAY_SECONDS);
            switch (event) {
                case ApiCall call -> accounts.add(call.account() + day);
                case Flow flow -> {
                    if (!"-".equals(flow.instanceId())) {
                        interfaces.add(flow.interfaceId() + day);
                    }
                }
                case NameQuery query -> {
                    if (query.instanceId() != null) {
                        clients.add(query.instanceId() + day);
                    }
                }
                case HostEvent host -> clients.add(host.host().name() + day);
            }
        }

        /** Both logs are of the same hosts. */
        int hosts() {
            return Math.max(interfaces.size(), clients.size());
        }
    }

    private void say(Score score, Days days) {
        PrintWriter out = spec.commandLine().getOut();
        int all = score.outcomes().size();
        out.printf(Locale.ROOT, "recall        %d of %d%s%n", score.found(), all, share(score.found(), all));
        out.printf(Locale.ROOT, "right type    %d of %d%s%n", score.right(), all, share(score.right(), all));
        out.printf(Locale.ROOT, "to detection  %d s (median, from the attack's first record)%n", score.medianSeconds());
        int alarms = score.falseAlarms().size();
        out.printf(Locale.ROOT, "false alarms  %d", alarms);
        rate(out, alarms, days.accounts.size(), "account-day");
        rate(out, alarms, days.hosts(), "instance-day");
        out.println();
        Map<String, Long> byType = score.falseAlarms().stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        byType.forEach((type, count) -> out.printf(Locale.ROOT, "  false   %4d %s%n", count, type));
        score.outcomes().stream()
                .filter(outcome -> !outcome.right())
                .forEach(outcome -> out.printf(
                        Locale.ROOT,
                        "  %-7s %s: %s%n",
                        outcome.found() ? "other" : "missed",
                        String.join(" or ", outcome.label().types()),
                        Plain.text(outcome.label().name())));
        out.flush();
    }

    private static String share(long part, int all) {
        return all == 0 ? "" : String.format(Locale.ROOT, " (%.0f %%)", 100.0 * part / all);
    }

    private static void rate(PrintWriter out, int alarms, int days, String unit) {
        if (days > 0) {
            out.printf(Locale.ROOT, ", %.3f an %s (%d)", (double) alarms / days, unit, days);
        }
    }
}
