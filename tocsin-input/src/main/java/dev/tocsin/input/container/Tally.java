package dev.tocsin.input.container;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.RecordSink;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Counts what passes to another sink, and keeps the first reasons for the ledger. */
final class Tally implements RecordSink {

    private final RecordSink next;
    private final List<String> places = new ArrayList<>();
    private final TreeMap<String, Long> reasons = new TreeMap<>();
    private long accepted;
    private long ignored;
    private long rejected;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    Tally(RecordSink next) {
        this.next = next;
    }

    @Override
    public void accept(Event event) {
        accepted++;
        first = Math.min(first, event.at());
        last = Math.max(last, event.at());
        next.accept(event);
    }

    @Override
    public void ignore(long count, String reason) {
        ignored += count;
        reasons.merge(reason, count, Long::sum);
        next.ignore(count, reason);
    }

    @Override
    public void reject(long position, String reason) {
        rejected++;
        name("rejected at " + position + ": " + reason);
        next.reject(position, reason);
    }

    @Override
    public void note(long position, String text) {
        name("note at " + position + ": " + text);
        next.note(position, text);
    }

    private void name(String text) {
        if (places.size() < ParseLimits.MAX_REJECTIONS_NAMED) {
            places.add(text);
        }
    }

    long accepted() {
        return accepted;
    }

    ObjectReport report(ObjectReport.Kind kind) {
        List<String> lines = new ArrayList<>();
        reasons.forEach((reason, count) -> lines.add("ignored " + count + ": " + reason));
        lines.addAll(places);
        return new ObjectReport(
                kind,
                status(),
                accepted,
                ignored,
                rejected,
                0,
                first,
                last,
                lines.isEmpty() ? null : String.join("; ", lines));
    }

    private ObjectReport.Status status() {
        if (rejected > 0) {
            return accepted > 0 ? ObjectReport.Status.PARTIAL : ObjectReport.Status.REFUSED;
        }
        return accepted == 0 && ignored > 0 ? ObjectReport.Status.SKIPPED : ObjectReport.Status.ACCEPTED;
    }
}
