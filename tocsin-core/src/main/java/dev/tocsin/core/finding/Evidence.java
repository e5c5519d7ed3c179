package dev.tocsin.core.finding;

import dev.tocsin.core.event.Origin;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One record that led to a finding.
 *
 * @param source the object it stands in
 * @param position its place there, see {@link Origin#position}
 * @param eventId CloudTrail's eventID, or null
 * @param at the record's time, epoch seconds
 * @param recordId tells it from every other record, in any order of reading
 * @param fields the extracted fields that mattered, values cut at {@link #VALUE_LIMIT}
 */
public record Evidence(
        String source, long position, @Nullable String eventId, long at, String recordId, Doc fields) {

    /** Longest value shown, in characters; what is longer is cut (design: Decisions on open points). */
    public static final int VALUE_LIMIT = 256;

    /** First by time, then by record: the same whatever was read first. */
    public static final Comparator<Evidence> ORDER =
            Comparator.comparingLong(Evidence::at).thenComparing(Evidence::recordId);

    /** {@code value}, cut to {@link #VALUE_LIMIT}. */
    public static @Nullable String cut(@Nullable String value) {
        return value == null || value.length() <= VALUE_LIMIT ? value : value.substring(0, VALUE_LIMIT) + "…";
    }

    /** The form that {@code tocsin.evidence.records} has. */
    public Doc toDoc() {
        return new Doc()
                .with("source", source)
                .with("position", position)
                .with("eventID", eventId)
                .with("time", Times.iso(at))
                .with("fields", fields);
    }

    /** The form that state entries have. */
    public Doc toState() {
        return new Doc()
                .with("source", source)
                .with("position", position)
                .with("eventId", eventId)
                .with("at", at)
                .with("recordId", recordId)
                .with("fields", fields);
    }

    /** What {@link #toState} wrote. */
    public static Evidence fromState(Doc state) {
        return new Evidence(
                String.valueOf(state.text("source")),
                state.number("position", 0),
                state.text("eventId"),
                state.number("at", 0),
                String.valueOf(state.text("recordId")),
                state.part("fields"));
    }
}
