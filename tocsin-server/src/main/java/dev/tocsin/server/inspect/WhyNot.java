package dev.tocsin.server.inspect;

import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HabitDetector;
import dev.tocsin.core.detect.LookupDetector;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.lookup.LookupWindow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Why a finding type did not speak of an identity or host: its conditions in order, with what was found. What can be said of
 * every type (records there, the log, the calls, a list, an entry of it that counts) is asked one by one; the rest is the
 * detector's own verdict, in the words in which the type declares it.
 */
public final class WhyNot {

    /** Around the time asked for, in seconds: logs come late and people round. */
    static final long AROUND_SECONDS = 60 * 60;

    private static final int NAMED = 8;

    private final FindingType type;
    private final Entity who;
    private final long from;
    private final long to;
    private final List<Event> events = new ArrayList<>();
    private final @Nullable HabitReplay habits;
    private @Nullable ChainView nearest;
    private final JudgedCalls judged;
    private final @Nullable PlaceReplay places;
    private long all;

    /** For {@code type}; {@code at} in epoch seconds, or a negative number for any time. */
    public WhyNot(FindingType type, Entity who, long at, EngineServices services) {
        this.type = type;
        this.who = who;
        this.from = at < 0 ? Long.MIN_VALUE : at - AROUND_SECONDS;
        this.to = at < 0 ? Long.MAX_VALUE : at + AROUND_SECONDS;
        this.judged = new JudgedCalls(type, who, from, to);
        this.habits = Detectors.of(HabitDetector.class).stream()
                .filter(detector -> detector.types().contains(type))
                .findFirst()
                .map(detector -> new HabitReplay(type, detector, services, from, to))
                .orElse(null);
        this.places = PlaceReplay.judges(type) ? new PlaceReplay(type, new Asked(services), from, to) : null;
    }

    /** Takes out of {@code some} what the identity or host did. */
    public void add(List<Event> some) {
        for (Event event : some) {
            if (who.isIn(event)) {
                all++;
                if (habits != null && event instanceof Flow flow) {
                    habits.add(flow);
                }
                if (places != null && event instanceof ApiCall call) {
                    places.add(call);
                }
                if (event.at() >= from && event.at() <= to && events.size() < Story.EVENTS_KEPT) {
                    events.add(event);
                }
            }
        }
    }

    /** Takes a chain of signals as it grew: of those of the identity or host the one with most evidence is told. */
    public void add(ChainView chain) {
        boolean nearer = nearest == null || chain.bits() >= nearest.bits();
        if (nearer && chain.last() >= from && chain.last() <= to && chain.isAbout(who.name())) {
            nearest = chain;
        }
    }

    /** Takes what came of a call that was held against habits. */
    public void add(Judged one) {
        judged.add(one);
    }

    /**
     * The conditions in order, up to the first that failed; all are met only if {@code findings} has the finding.
     *
     * @param intelligence the lists that were loaded
     * @param off features that were switched off
     */
    public List<Condition> conditions(
            Collection<FindingState> findings, Intelligence intelligence, Set<FindingType.Feature> off) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition(
                !off.contains(type.feature()),
                "its feature " + type.feature() + " is on",
                off.contains(type.feature()) ? "switched off by --disable" : "on"));
        conditions.add(new Condition(all > 0, "records of " + who.name() + " are in the logs", all + " records"));
        String span = from == Long.MIN_VALUE ? "any time" : Times.iso(from) + " to " + Times.iso(to);
        conditions.add(new Condition(
                !events.isEmpty(), "some of them at the time asked: " + span, events.size() + " records"));
        List<Event> left = ofItsLog(conditions);
        left = wanted(conditions, left);
        lists(conditions, left, intelligence);
        if (habits != null) {
            conditions.addAll(habits.conditions());
        }
        if (type.source() == FindingType.DataSource.CORRELATION) {
            conditions.addAll(ofSequence());
        }
        conditions.addAll(judged.conditions());
        if (places != null) {
            conditions.addAll(places.conditions());
        }
        conditions.add(fired(findings, left));
        return untilFailed(conditions);
    }

    private List<Condition> ofSequence() {
        ChainView chain = nearest;
        return chain == null
                ? List.of(new Condition(
                        false,
                        "there are signals: findings, or calls known as attackers' that are unusual for it",
                        "none at that time"))
                : chain.conditions();
    }

    private List<Event> ofItsLog(List<Condition> conditions) {
        List<Event> left = events.stream().filter(this::isOfItsLog).toList();
        conditions.add(new Condition(
                !left.isEmpty(),
                "some of them of the log it is read from: " + type.source(),
                left.size() + " of " + events.size() + " records"));
        return left;
    }

    private boolean isOfItsLog(Event event) {
        if (type.source() == FindingType.DataSource.CORRELATION) {
            return true; // made of what all logs tell
        }
        return switch (event) {
            case ApiCall call ->
                type.source() == (call.isS3Data() ? FindingType.DataSource.S3_DATA : FindingType.DataSource.CLOUDTRAIL);
            case Flow flow ->
                type.source() == FindingType.DataSource.FLOW || type.source() == FindingType.DataSource.LAMBDA_NETWORK;
            case NameQuery query -> type.source() == FindingType.DataSource.DNS;
            case HostEvent host -> type.source() == FindingType.DataSource.RUNTIME;
        };
    }

    private List<Event> wanted(List<Condition> conditions, List<Event> some) {
        Set<String> actions = Detectors.of(ApiCallDetector.class).stream()
                .filter(detector -> detector.types().contains(type))
                .flatMap(detector -> detector.actions().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        if (actions.isEmpty()) {
            return some;
        }
        List<Event> left = some.stream()
                .filter(event -> event instanceof ApiCall call && actions.contains(call.action()))
                .toList();
        conditions.add(new Condition(
                !left.isEmpty(),
                "calls that the type looks at: " + String.join(", ", actions),
                left.isEmpty() ? "only " + names(some) : names(left)));
        return left;
    }

    private void lists(List<Condition> conditions, List<Event> some, Intelligence intelligence) {
        if (type.needs().isEmpty()) {
            return;
        }
        Set<String> needs = new TreeSet<>(type.needs());
        String categories = String.join(" or ", needs);
        Set<String> loaded = intelligence.categories().keySet().stream()
                .map(Category::wireName)
                .collect(Collectors.toCollection(TreeSet::new));
        conditions.add(new Condition(
                needs.stream().anyMatch(loaded::contains),
                "a list of category " + categories + " is loaded",
                loaded.isEmpty()
                        ? "no list at all: give --intel or --threat-list"
                        : "lists of " + String.join(", ", loaded)));
        ListLookup values = new ListLookup(intelligence, some);
        conditions.add(
                new Condition(values.any(), "an address, name or key in these records is listed", values.told()));
        conditions.add(new Condition(values.of(needs), "as " + categories, values.told()));
        conditions.add(
                new Condition(values.fires(needs), "by an entry that counts at the record's time", values.told()));
    }

    private Condition fired(Collection<FindingState> findings, List<Event> left) {
        Set<String> places = left.stream()
                .map(event -> Story.place(
                        event.origin().object().source(), event.origin().position()))
                .collect(Collectors.toSet());
        String id = findings.stream()
                .filter(finding -> finding.type().equals(type.name()))
                .filter(finding -> Story.records(finding).stream().anyMatch(record -> places.contains(place(record))))
                .map(FindingState::id)
                .findFirst()
                .orElse(null);
        return new Condition(
                id != null,
                "fires when " + type.firesWhen() + " It leaves out: " + type.doesNotSee(),
                id != null ? "it did fire: finding " + id : "none of " + names(left) + " met it" + closest(left));
    }

    /** Of types that add look-ups up: the values of the ten minutes that came closest. */
    private String closest(List<Event> left) {
        Map<Long, LookupWindow> windows = new TreeMap<>();
        for (Event event : left) {
            if (event instanceof NameQuery query) {
                long start = Math.floorDiv(query.at(), LookupWindow.SECONDS) * LookupWindow.SECONDS;
                windows.computeIfAbsent(start, LookupWindow::new).add(query);
            }
        }
        String told = "";
        for (LookupDetector detector : Detectors.of(LookupDetector.class)) {
            long most = -1;
            for (LookupWindow window : detector.types().contains(type) ? windows.values() : List.<LookupWindow>of()) {
                LookupDetector.Closest closest = detector.closest(window);
                if (closest.hundredths() > most) {
                    most = closest.hundredths();
                    told = "; closest in the ten minutes from " + Times.iso(window.start()) + ": " + closest.text();
                }
            }
        }
        return told;
    }

    private static String place(Doc record) {
        return Story.place(String.valueOf(record.text("source")), record.number("position", -1));
    }

    private static List<Condition> untilFailed(List<Condition> conditions) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).met()) {
                return conditions.subList(0, i + 1);
            }
        }
        return conditions;
    }

    private static String names(List<Event> some) {
        List<String> names = some.stream().map(WhyNot::name).distinct().toList();
        String shown = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " and " + (names.size() - NAMED) + " others" : shown;
    }

    private static String name(Event event) {
        return event instanceof ApiCall call
                ? call.action() + (call.failed() ? " (" + call.errorCode() + ")" : "")
                : Told.line(event);
    }
}
