package dev.tocsin.server.command;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.server.evaluate.Label;
import dev.tocsin.server.evaluate.LabelFile;
import dev.tocsin.server.evaluate.Score;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
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
            "Labels: truth.json, expected.tsv, or labels.tsv of the account or network simulator.",
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

    @Override
    public Integer call() throws IOException, InterruptedException {
        Score score;
        Set<String> accountDays = new HashSet<>();
        Set<String> hostDays = new HashSet<>();
        List<Label> known = labels();
        Analysis analysis = logs.analyze(events -> events.forEach(event -> count(event, accountDays, hostDays)));
        score = new Score(known, analysis.findings(true));
        say(score, accountDays.size(), hostDays.size());
        return 0;
    }

    private List<Label> labels() {
        try {
            return LabelFile.read(labels);
        } catch (IOException e) {
            throw Inputs.wrong(spec, "--labels: " + Inputs.told(e));
        }
    }

    private static void count(Event event, Set<String> accountDays, Set<String> hostDays) {
        String day = " " + Math.floorDiv(event.at(), DAY_SECONDS);
        switch (event) {
            case ApiCall call -> accountDays.add(call.account() + day);
            case Flow flow -> hostDays.add(flow.interfaceId() + day);
            case NameQuery query -> {
                if (query.instanceId() != null) {
                    hostDays.add(query.instanceId() + day);
                }
            }
        }
    }

    private void say(Score score, int accountDays, int hostDays) {
        PrintWriter out = spec.commandLine().getOut();
        int all = score.outcomes().size();
        out.printf(Locale.ROOT, "recall        %d of %d%s%n", score.found(), all, share(score.found(), all));
        out.printf(Locale.ROOT, "right type    %d of %d%s%n", score.right(), all, share(score.right(), all));
        out.printf(Locale.ROOT, "to detection  %d s (median, from the attack's first record)%n", score.medianSeconds());
        int alarms = score.falseAlarms().size();
        out.printf(Locale.ROOT, "false alarms  %d", alarms);
        rate(out, alarms, accountDays, "account-day");
        rate(out, alarms, hostDays, "instance-day");
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
