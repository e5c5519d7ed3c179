package dev.tocsin.server.evaluate;

import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How findings compare with labels. */
public final class Score {

    /**
     * One expected label and what came of it.
     *
     * @param label the label
     * @param found whether a finding is about it
     * @param right whether one of the right type is
     * @param seconds from its start to the first right finding; 0 without one
     */
    public record Outcome(Label label, boolean found, boolean right, long seconds) {}

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> falseAlarms = new ArrayList<>();

    /** Compares {@code findings} with {@code labels}. */
    public Score(List<Label> labels, Collection<FindingState> findings) {
        List<SeenFinding> all = findings.stream().map(SeenFinding::of).toList();
        for (Label label : labels) {
            if (label.expectation() == Label.Expectation.SHOULD) {
                outcomes.add(outcome(label, all));
            }
        }
        all.stream()
                .filter(finding -> isFalse(finding, labels))
                .map(SeenFinding::type)
                .sorted()
                .forEach(falseAlarms::add);
    }

    private static Outcome outcome(Label label, List<SeenFinding> findings) {
        List<SeenFinding> about = findings.stream().filter(label::isAbout).toList();
        List<SeenFinding> right =
                about.stream().filter(finding -> label.isRight(finding.type())).toList();
        long detected = right.stream().mapToLong(SeenFinding::detected).min().orElse(label.from());
        long seconds = label.from() <= Long.MIN_VALUE / 2 ? 0 : Math.max(0, detected - label.from());
        return new Outcome(label, !about.isEmpty(), !right.isEmpty(), seconds);
    }

    /** False: forbidden here, or about nothing that a label names. Another type about an attack is no false alarm. */
    private static boolean isFalse(SeenFinding finding, List<Label> labels) {
        List<Label> about =
                labels.stream().filter(label -> label.isAbout(finding)).toList();
        boolean right = about.stream()
                .anyMatch(label -> label.expectation() != Label.Expectation.MUST_NOT
                        && (label.isRight(finding.type()) || label.isDefensible(finding.type())));
        boolean forbidden = about.stream()
                .anyMatch(label -> label.expectation() == Label.Expectation.MUST_NOT && label.isRight(finding.type()));
        boolean attack = about.stream().anyMatch(label -> label.expectation() != Label.Expectation.MUST_NOT);
        return !right && (forbidden || !attack);
    }

    /** What came of each label that expects a finding. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** The types of false findings, one entry each. */
    public List<String> falseAlarms() {
        return falseAlarms;
    }

    /** Labels with a finding. */
    public long found() {
        return outcomes.stream().filter(Outcome::found).count();
    }

    /** Labels with a finding of the right type. */
    public long right() {
        return outcomes.stream().filter(Outcome::right).count();
    }

    /** The median of the seconds from start to the right finding; 0 without any. */
    public long medianSeconds() {
        long[] sorted = outcomes.stream()
                .filter(Outcome::right)
                .mapToLong(Outcome::seconds)
                .sorted()
                .toArray();
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}
