package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Why a finding type about API calls did not speak of an identity: its conditions in order, with what was found. */
public final class WhyNot {

    /** Around the time asked for, in seconds: logs come late and people round. */
    static final long AROUND_SECONDS = 60 * 60;

    private static final int NAMED = 8;

    /**
     * One condition.
     *
     * @param met whether it held
     * @param text what was asked
     * @param found what there was
     */
    public record Condition(boolean met, String text, String found) {}

    private final FindingType type;
    private final ApiCallDetector detector;
    private final Entity principal;
    private final long from;
    private final long to;
    private final List<ApiCall> calls = new ArrayList<>();
    private long all;

    /** For {@code type}, one of {@link #isFor}; {@code at} in epoch seconds, or a negative number for any time. */
    public WhyNot(FindingType type, Entity principal, long at) {
        this.type = type;
        this.detector = detectorOf(type);
        this.principal = principal;
        this.from = at < 0 ? Long.MIN_VALUE : at - AROUND_SECONDS;
        this.to = at < 0 ? Long.MAX_VALUE : at + AROUND_SECONDS;
    }

    /** Whether {@code type} is judged from API calls. */
    public static boolean isFor(FindingType type) {
        return Detectors.of(ApiCallDetector.class).stream()
                .anyMatch(detector -> detector.types().contains(type));
    }

    private static ApiCallDetector detectorOf(FindingType type) {
        return Detectors.of(ApiCallDetector.class).stream()
                .filter(detector -> detector.types().contains(type))
                .findFirst()
                .orElseThrow();
    }

    /** Takes the principal's calls out of {@code events}. */
    public void add(List<Event> events) {
        for (Event event : events) {
            if (event instanceof ApiCall call && principal.isIn(call)) {
                all++;
                if (call.at() >= from && call.at() <= to && calls.size() < Story.EVENTS_KEPT) {
                    calls.add(call);
                }
            }
        }
    }

    /** The conditions in order, up to the first that failed; all are met only if {@code findings} has the finding. */
    public List<Condition> conditions(Collection<FindingState> findings) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition(all > 0, "calls of this principal are in the logs", all + " calls"));
        String span = from == Long.MIN_VALUE ? "any time" : Times.iso(from) + " to " + Times.iso(to);
        conditions.add(
                new Condition(!calls.isEmpty(), "some of them at the time asked: " + span, calls.size() + " calls"));
        List<ApiCall> left = wanted(conditions);
        left = keep(conditions, left, call -> !call.byService(), "AWS did not make them for itself");
        conditions.add(fired(findings, left));
        return untilFailed(conditions);
    }

    private List<ApiCall> wanted(List<Condition> conditions) {
        Set<String> actions = detector.actions();
        List<ApiCall> left = calls.stream()
                .filter(call -> actions.isEmpty() || actions.contains(call.action()))
                .toList();
        String asked = actions.isEmpty() ? "any call" : String.join(", ", new TreeSet<>(actions));
        conditions.add(new Condition(
                !left.isEmpty(),
                "calls that the type looks at: " + asked,
                left.isEmpty() ? "only " + names(calls) : names(left)));
        return left;
    }

    private static List<ApiCall> keep(
            List<Condition> conditions, List<ApiCall> calls, Predicate<ApiCall> test, String text) {
        List<ApiCall> left = calls.stream().filter(test).toList();
        conditions.add(new Condition(!left.isEmpty(), text, left.size() + " of " + calls.size() + " calls"));
        return left;
    }

    private Condition fired(Collection<FindingState> findings, List<ApiCall> left) {
        Set<String> ids = new TreeSet<>(left.stream().map(ApiCall::eventId).toList());
        String id = findings.stream()
                .filter(finding -> finding.type().equals(type.name()))
                .filter(finding -> isOf(finding, ids))
                .map(FindingState::id)
                .findFirst()
                .orElse(null);
        return new Condition(
                id != null,
                "fires when " + type.firesWhen() + " It leaves out: " + type.doesNotSee(),
                id != null ? "it did fire: finding " + id : "none of " + names(left) + " met it");
    }

    private static boolean isOf(FindingState finding, Set<String> ids) {
        return Story.records(finding).stream().anyMatch(record -> ids.contains(String.valueOf(record.text("eventID"))));
    }

    private static List<Condition> untilFailed(List<Condition> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).met()) {
                return conditions.subList(0, i + 1);
            }
        }
        return conditions;
    }

    private static String names(List<ApiCall> calls) {
        List<String> names = calls.stream()
                .map(call -> call.action() + (call.failed() ? " (" + call.errorCode() + ")" : ""))
                .distinct()
                .toList();
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " and " + (names.size() - NAMED) + " others" : shown;
    }
}
