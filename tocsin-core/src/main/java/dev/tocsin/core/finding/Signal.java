package dev.tocsin.core.finding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a detector says of one record or window that met its condition. The desk makes findings of signals; merging is
 * the same in any order.
 *
 * @param type what was found
 * @param account whose detector speaks
 * @param region the event's Region
 * @param subject what it is about
 * @param aggregation the type's own part of the finding's id beside the subject; empty for most
 * @param recordId the record or window, counted once however often it is signalled
 * @param first time of the activity's start, epoch seconds
 * @param last time of its end
 * @param severity 1.0 to 10.0
 * @param role target or actor
 * @param action service.action
 * @param additional service.additionalInfo, in its expanded form
 * @param matches list entries that matched
 * @param facts what the type's texts name in braces
 * @param evidence the records, the trigger last
 * @param detection service.detection: a part of {@code sequence}, which those of a finding add up to, or {@code anomaly}, of
 *     which the latest counts; empty for most
 * @param global whether it is a global service's event, which every enabled Region's detector reports
 */
public record Signal(
        FindingType type,
        String account,
        String region,
        Subject subject,
        String aggregation,
        String recordId,
        long first,
        long last,
        double severity,
        FindingType.Role role,
        Doc action,
        Doc additional,
        List<ThreatMatch> matches,
        Map<String, String> facts,
        List<Evidence> evidence,
        Doc detection,
        boolean global) {

    /** One without {@link #detection}. */
    public Signal(
            FindingType type,
            String account,
            String region,
            Subject subject,
            String aggregation,
            String recordId,
            long first,
            long last,
            double severity,
            FindingType.Role role,
            Doc action,
            Doc additional,
            List<ThreatMatch> matches,
            Map<String, String> facts,
            List<Evidence> evidence,
            boolean global) {
        this(
                type,
                account,
                region,
                subject,
                aggregation,
                recordId,
                first,
                last,
                severity,
                role,
                action,
                additional,
                matches,
                facts,
                evidence,
                new Doc(),
                global);
    }

    /** The record that made it a finding, or null if the signal brings none. */
    public @Nullable Evidence trigger() {
        return evidence.isEmpty() ? null : evidence.getLast();
    }

    /** The fact that names whose habits the call belongs to, by which attack sequences are put together. */
    public static final String ACTOR = "actor";

    /** The fact that says how much of something the signal counts, such as sessions; 1 where it is absent. */
    public static final String AMOUNT = "amount";

    /** The fact that names what {@link #AMOUNT} counts. */
    public static final String AMOUNT_OF = "amountOf";

    /**
     * The fact of a signal that is told twice, as an earlier record may take it back: when that is settled in epoch seconds,
     * or {@link #SETTLED}.
     */
    public static final String ORDER = "order";

    /** The {@link #ORDER} of the last word. */
    public static final String SETTLED = "settled";

    /** When it is settled whether the signal stands, epoch seconds; null for one that stands. */
    public @Nullable Long provisionalUntil() {
        String order = facts.get(ORDER);
        return order == null || order.equals(SETTLED) ? null : Long.valueOf(order);
    }

    /** Whether it is told twice. */
    public boolean isInOrder() {
        return facts.containsKey(ORDER);
    }

    /** The same without {@link #ORDER}. */
    public Signal withoutOrder() {
        Map<String, String> rest = new HashMap<>(facts);
        rest.remove(ORDER);
        return with(type, subject, severity, rest);
    }

    /** How much of what the finding counts this signal adds. */
    long amount() {
        String amount = facts.get(AMOUNT);
        return amount == null ? 1 : Long.parseLong(amount);
    }

    /** The same, told as {@code other}: a host's type becomes a function's, with that type's severity. */
    public Signal withType(FindingType other) {
        return with(other, subject, other.name().equals(type.name()) ? severity : other.severity(), facts);
    }

    /** The same as part of a finding of {@code other}, which is as severe as its parts. */
    public Signal asPartOf(FindingType other) {
        return with(other, subject, severity, facts);
    }

    /** The same about another subject. */
    public Signal withSubject(Subject other) {
        return with(type, other, severity, facts);
    }

    /** The same with a fact for the texts, unless it is there or null. */
    public Signal withFact(String name, @Nullable String value) {
        if (value == null || facts.containsKey(name)) {
            return this;
        }
        Map<String, String> more = new HashMap<>(facts);
        more.put(name, value);
        return with(type, subject, severity, more);
    }

    private Signal with(FindingType otherType, Subject other, double level, Map<String, String> texts) {
        return new Signal(
                otherType,
                account,
                region,
                other,
                aggregation,
                recordId,
                first,
                last,
                level,
                role,
                action,
                additional,
                matches,
                texts,
                evidence,
                detection,
                global);
    }
}
