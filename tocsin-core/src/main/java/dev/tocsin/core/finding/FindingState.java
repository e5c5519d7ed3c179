package dev.tocsin.core.finding;

/**
 * A finding as the desk holds it now. A store takes it only if its revision is higher than what it has.
 *
 * @param id 32 lowercase hex digits, made from detector, type, resource and aggregation
 * @param type the finding type's name
 * @param account the detector's account
 * @param region the detector's Region
 * @param revision raised with each change
 * @param firstSeen epoch seconds of the earliest activity
 * @param lastSeen epoch seconds of the latest
 * @param severity 1.0 to 10.0
 * @param document the finding in the export form (additionalInfo expanded), with the member {@code tocsin}
 */
public record FindingState(
        String id,
        String type,
        String account,
        String region,
        long revision,
        long firstSeen,
        long lastSeen,
        double severity,
        Doc document) {

    /** The same with another document. */
    public FindingState with(Doc changed) {
        return new FindingState(id, type, account, region, revision, firstSeen, lastSeen, severity, changed);
    }

    /** Whether it no longer stands by itself but is part of a roll-up: {@code tocsin.foldedInto} names that. */
    public boolean isFolded() {
        return document.part("tocsin").get("foldedInto") != null;
    }
}
