package dev.tocsin.server.evaluate;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.server.evaluate.NetworkScore.FalseAlarm;
import dev.tocsin.server.evaluate.Score.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells a {@link NetworkScore}: recall by type and difficulty, false alarms by cause; as text or as a document. */
public final class NetworkReport {

    private static final double INSTANCE_DAYS = 1_000;

    private final NetworkScore score;
    private final double instanceDays;

    /** Tells {@code score} of logs of {@code instanceDays}. */
    public NetworkReport(NetworkScore score, double instanceDays) {
        this.score = score;
        this.instanceDays = instanceDays;
    }

    /** Whether {@code type} is one that GuardDuty does not have: those have a table of their own. */
    private static boolean isOwn(String type) {
        FindingType known = Detectors.types().get(type);
        return known != null
                && Set.of(FindingType.Feature.TOCSIN, FindingType.Feature.TOCSIN_BEHAVIOR)
                        .contains(known.feature());
    }

    private Map<String, List<Outcome>> byType() {
        return score.outcomes().stream()
                .collect(Collectors.groupingBy(
                        outcome -> outcome.label().types().getFirst(), TreeMap::new, Collectors.toList()));
    }

    private static List<Outcome> of(List<Outcome> outcomes, String difficulty) {
        return outcomes.stream()
                .filter(outcome -> outcome.label().difficulty().equals(difficulty))
                .toList();
    }

    private static long right(List<Outcome> outcomes) {
        return outcomes.stream().filter(Outcome::right).count();
    }

    private static String share(List<Outcome> outcomes, String difficulty) {
        List<Outcome> some = of(outcomes, difficulty);
        return some.isEmpty() ? "-" : right(some) + "/" + some.size();
    }

    private static String minutes(List<Outcome> outcomes) {
        List<Long> seconds = outcomes.stream()
                .filter(Outcome::right)
                .map(Outcome::seconds)
                .sorted()
                .toList();
        return seconds.isEmpty() ? "-" : String.format(Locale.ROOT, "%.1f", seconds.get(seconds.size() / 2) / 60.0);
    }

    private List<FalseAlarm> alarms(boolean own) {
        return score.falseAlarms().stream()
                .filter(alarm -> isOwn(alarm.type()) == own)
                .toList();
    }

    /** Writes it for people. */
    public void write(PrintWriter out) {
        out.printf(Locale.ROOT, "%-52s %9s %9s %15s%n", "type", "easy", "hard", "median minutes");
        byType().forEach((type, outcomes) -> out.printf(
                Locale.ROOT,
                "%-52s %9s %9s %15s%n",
                type,
                share(outcomes, "easy"),
                share(outcomes, "hard"),
                minutes(outcomes)));
        out.printf(Locale.ROOT, "recall        easy %s, hard %s%n", share(counted(), "easy"), share(counted(), "hard"));
        alarms(out, "false alarms", alarms(false));
        alarms(out, "of own types", alarms(true));
        score.outcomes().stream()
                .filter(outcome -> !outcome.right())
                .map(Outcome::label)
                .forEach(label -> out.printf(
                        Locale.ROOT,
                        "  missed  %s of %s: %s%n",
                        label.types().getFirst(),
                        String.join("|", label.resources()),
                        label.name()));
    }

    private List<Outcome> counted() {
        return score.outcomes().stream()
                .filter(outcome -> !isOwn(outcome.label().types().getFirst()))
                .toList();
    }

    private void alarms(PrintWriter out, String title, List<FalseAlarm> alarms) {
        out.printf(
                Locale.ROOT,
                "%-13s %d in %.1f instance-days, %.2f in 1,000%n",
                title,
                alarms.size(),
                instanceDays,
                rate(alarms));
        count(alarms, alarm -> alarm.type() + " of " + alarm.resource() + ": " + alarm.cause() + " " + alarm.event())
                .forEach((what, times) -> out.printf(Locale.ROOT, "  false   %4d %s%n", times, what));
    }

    private double rate(List<FalseAlarm> alarms) {
        return instanceDays == 0 ? 0 : INSTANCE_DAYS * alarms.size() / instanceDays;
    }

    private static Map<String, Long> count(List<FalseAlarm> alarms, Function<FalseAlarm, String> by) {
        return alarms.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.counting()));
    }

    /** The same for programs: {@code types}, {@code falseAlarms}, {@code instanceDays}. */
    public Doc toDoc() {
        List<Doc> types = new ArrayList<>();
        byType().forEach((type, outcomes) -> types.add(new Doc()
                .with("type", type)
                .with("own", isOwn(type))
                .with("easy", (long) of(outcomes, "easy").size())
                .with("easyFound", right(of(outcomes, "easy")))
                .with("hard", (long) of(outcomes, "hard").size())
                .with("hardFound", right(of(outcomes, "hard")))
                .with(
                        "secondsToDetection",
                        outcomes.stream()
                                .filter(Outcome::right)
                                .map(Outcome::seconds)
                                .toList())));
        List<Doc> alarms = score.falseAlarms().stream()
                .map(alarm -> new Doc()
                        .with("type", alarm.type())
                        .with("own", isOwn(alarm.type()))
                        .with("cause", alarm.cause())
                        .with("event", alarm.event()))
                .toList();
        return new Doc()
                .with("types", types)
                .with("falseAlarms", alarms)
                .with("instanceDays", String.format(Locale.ROOT, "%.1f", instanceDays));
    }
}
