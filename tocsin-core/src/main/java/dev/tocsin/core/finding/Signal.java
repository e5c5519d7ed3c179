package dev.tocsin.core.finding;

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
        boolean global) {

    /** The record that made it a finding, or null if the signal brings none. */
    public @Nullable Evidence trigger() {
        return evidence.isEmpty() ? null : evidence.getLast();
    }
}
