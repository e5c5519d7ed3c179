package dev.tocsin.server.inspect;

import dev.tocsin.input.container.ObjectReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Stretches of time of which a log has no record. */
public final class TimeGaps {

    /** Silence of a flow or query log that is told, in seconds: even a quiet network says something in an hour. */
    static final long NETWORK_SECONDS = 60 * 60;

    /** Silence of a trail that is told, in seconds: small accounts are quiet at night. */
    static final long TRAIL_SECONDS = 12 * 60 * 60;

    /**
     * One gap.
     *
     * @param log which log, as {@code kind account Region}
     * @param from its last record before, epoch seconds
     * @param to its first record after
     */
    public record Gap(String log, long from, long to) {}

    private record Span(long first, long last) {}

    private TimeGaps() {}

    /** The gaps in {@code objects}, by log and time. */
    public static List<Gap> of(List<Inspection.Found> objects) {
        Map<String, List<Span>> logs = new TreeMap<>();
        for (Inspection.Found object : objects) {
            ObjectReport report = object.report();
            if (report == null || report.accepted() == 0) {
                continue;
            }
            Span span = new Span(report.firstEvent(), report.lastEvent());
            object.scopes()
                    .forEach(scope -> logs.computeIfAbsent(object.kind() + " " + scope, ignored -> new ArrayList<>())
                            .add(span));
        }
        List<Gap> gaps = new ArrayList<>();
        logs.forEach((log, spans) -> gaps(log, spans, gaps));
        return gaps;
    }

    /** Silence that is told of a log whose name begins with its kind, in seconds. */
    public static long least(String log) {
        return log.startsWith("cloudtrail") ? TRAIL_SECONDS : NETWORK_SECONDS;
    }

    private static void gaps(String log, List<Span> spans, List<Gap> gaps) {
        spans.sort(Comparator.comparingLong(Span::first));
        long least = least(log);
        long end = spans.getFirst().last();
        for (Span span : spans) {
            if (span.first() - end > least) {
                gaps.add(new Gap(log, end, span.first()));
            }
            end = Math.max(end, span.last());
        }
    }
}
