package dev.tocsin.server.inspect;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** All that one entity did, in order. */
public final class Story {

    /** Most events kept; the rest is counted. */
    static final int EVENTS_KEPT = 200_000;

    /**
     * One line of the story.
     *
     * @param at epoch seconds of the first
     * @param count how many like it came one after the other
     * @param last epoch seconds of the last of them
     * @param text what happened
     * @param firsts what this entity had not done before
     * @param findings the types of findings that it is evidence of
     */
    public record Line(long at, long count, long last, String text, List<String> firsts, Set<String> findings) {}

    private record Moment(long at, String place, String text, List<String> features) {}

    private final Entity entity;
    private final List<Moment> moments = new ArrayList<>();
    private final Set<String> places = new HashSet<>();
    private long left;

    /** A story of {@code entity}, not yet told. */
    public Story(Entity entity) {
        this.entity = entity;
    }

    /** Takes those of {@code events} that the entity is in. */
    public void add(List<Event> events) {
        events.stream().filter(entity::isIn).forEach(this::add);
    }

    private void add(Event event) {
        if (moments.size() >= EVENTS_KEPT) {
            left++;
            return;
        }
        String place = place(event.origin().object().source(), event.origin().position());
        if (places.add(place)) {
            moments.add(new Moment(event.at(), place, Told.line(event), Told.features(event)));
        }
    }

    /** What tells a record from every other: where it stands. */
    static String place(String source, long position) {
        return source + " at " + position;
    }

    /** How many events were beyond what is kept. */
    public long left() {
        return left;
    }

    /** The story, with the records of {@code findings} marked. */
    public List<Line> tell(Collection<FindingState> findings) {
        Map<String, Set<String>> marks = marks(findings);
        Set<String> known = new HashSet<>();
        List<Line> lines = new ArrayList<>();
        moments.sort(Comparator.comparingLong(Moment::at).thenComparing(Moment::place));
        for (Moment moment : moments) {
            List<String> firsts = moment.features().stream().filter(known::add).toList();
            Set<String> types = marks.getOrDefault(moment.place(), Set.of());
            Line last = lines.isEmpty() ? null : lines.getLast();
            if (last != null
                    && last.text().equals(moment.text())
                    && last.findings().equals(types)) {
                lines.set(
                        lines.size() - 1,
                        new Line(last.at(), last.count() + 1, moment.at(), last.text(), last.firsts(), types));
            } else {
                lines.add(new Line(moment.at(), 1, moment.at(), moment.text(), firsts, types));
            }
        }
        return lines;
    }

    /** The types of findings by the place of each record they rest on. */
    private static Map<String, Set<String>> marks(Collection<FindingState> findings) {
        Map<String, Set<String>> marks = new HashMap<>();
        for (FindingState finding : findings) {
            records(finding).forEach(record -> mark(marks, record, finding.type()));
        }
        return marks;
    }

    /** The records that {@code finding} rests on. */
    static List<Doc> records(FindingState finding) {
        Doc evidence = finding.document().part("tocsin").part("evidence");
        List<Doc> records = new ArrayList<>();
        records.add(evidence.part("trigger"));
        if (evidence.get("records") instanceof List<?> list) {
            list.stream().filter(Doc.class::isInstance).map(Doc.class::cast).forEach(records::add);
        }
        return records;
    }

    private static void mark(Map<String, Set<String>> marks, Doc record, String type) {
        String place = place(String.valueOf(record.text("source")), record.number("position", -1));
        marks.computeIfAbsent(place, ignored -> new TreeSet<>()).add(type);
    }
}
