package dev.tocsin.server.evaluate;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.server.evaluate.Label.Expectation;
import dev.tocsin.server.evaluate.Score.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How findings compare with labelled traffic where harmless events are named too. An attack is found by a finding of its
 * type at its resource that was active in its time; a finding is false by what opened it, and has the cause of the shortest
 * harmless event there.
 */
public final class NetworkScore {

    /**
     * A finding that should not be.
     *
     * @param type its type
     * @param cause the kind of the event, {@code none} for ordinary traffic
     * @param event the event's name, or empty
     * @param resource what it names
     */
    public record FalseAlarm(String type, String cause, String event, String resource) {}

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<FalseAlarm> falseAlarms = new ArrayList<>();
    private final Set<String> noticed = new HashSet<>();

    /** Compares {@code findings} with {@code labels} and {@code events}. */
    public NetworkScore(List<Label> labels, List<Label> events, Collection<FindingState> findings) {
        List<SeenFinding> all = findings.stream()
                .map(SeenFinding::of)
                .sorted(Comparator.comparingLong(SeenFinding::first).thenComparing(SeenFinding::type))
                .toList();
        labels.forEach(label -> outcomes.add(outcome(label, all)));
        for (SeenFinding finding : all) {
            if (!isRight(finding, labels) && !isDefensible(finding, events) && !isNotice(finding, events)) {
                falseAlarms.add(falseAlarm(finding, events));
            }
        }
    }

    private static Outcome outcome(Label label, List<SeenFinding> findings) {
        List<SeenFinding> about = findings.stream().filter(label::isActive).toList();
        List<SeenFinding> right =
                about.stream().filter(finding -> label.isRight(finding.type())).toList();
        long seconds = right.stream()
                .mapToLong(finding -> finding.saidAfter(label.from()) - label.from())
                .min()
                .orElse(0);
        return new Outcome(label, !about.isEmpty(), !right.isEmpty(), Math.max(0, seconds));
    }

    private static boolean isRight(SeenFinding finding, List<Label> labels) {
        return labels.stream()
                .anyMatch(label -> label.isOpenedBy(finding)
                        && (label.isRight(finding.type()) || label.isDefensible(finding.type())));
    }

    private static boolean isDefensible(SeenFinding finding, List<Label> events) {
        return events.stream()
                .anyMatch(event -> event.expectation() == Expectation.MAY
                        && event.isRight(finding.type())
                        && event.isOpenedBy(finding));
    }

    /** One finding of a type on a group is right for an event that moves it. */
    private boolean isNotice(SeenFinding finding, List<Label> events) {
        return finding.members() > 1
                && events.stream()
                        .anyMatch(event -> event.expectation() == Expectation.NOTICE
                                && event.isRight(finding.type())
                                && event.isOpenedBy(finding)
                                && noticed.add(event.name() + event.from() + finding.type()));
    }

    private static FalseAlarm falseAlarm(SeenFinding finding, List<Label> events) {
        Label event = events.stream()
                .filter(one -> one.isRight(finding.type()) && one.isOpenedBy(finding))
                .min(Comparator.<Label>comparingLong(one -> one.to() - one.from())
                        .thenComparing(one -> one.resources().contains("*"))
                        .thenComparingInt(one -> one.resources().size()))
                .orElse(null);
        String resource = finding.resources().stream().sorted().findFirst().orElse("");
        return event == null
                ? new FalseAlarm(finding.type(), "none", "", resource)
                : new FalseAlarm(finding.type(), event.cause(), event.name(), resource);
    }

    /** What came of each label. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** The findings that should not be. */
    public List<FalseAlarm> falseAlarms() {
        return falseAlarms;
    }
}
