package dev.tocsin.server.host;

import dev.tocsin.input.container.ObjectReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records of one object that could be read and are not believed, by reason, with the place of the first. */
final class Rejected {

    private final Map<String, long[]> reasons = new LinkedHashMap<>();

    /** Counts the record at {@code position}. */
    void add(String reason, long position) {
        reasons.computeIfAbsent(reason, fresh -> new long[] {0, position})[0]++;
    }

    /** How many there are. */
    long count() {
        return reasons.values().stream().mapToLong(reason -> reason[0]).sum();
    }

    /** All of them in words, each reason once; empty if there are none. */
    String message() {
        StringBuilder text = new StringBuilder();
        reasons.forEach((reason, counted) -> text.append(text.isEmpty() ? "" : "; ")
                .append("rejected ")
                .append(counted[0])
                .append(", first at ")
                .append(counted[1])
                .append(": ")
                .append(reason));
        return text.toString();
    }

    /** What becomes of an object of which {@code others} records are used or ignored. */
    String status(ObjectReport report, long others) {
        if (count() == 0) {
            return report.status().wireName();
        }
        return (others > 0 ? ObjectReport.Status.PARTIAL : ObjectReport.Status.REFUSED).wireName();
    }
}
