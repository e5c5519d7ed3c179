package dev.tocsin.core.intel;

import dev.tocsin.core.finding.ThreatMatch;

/**
 * One entry that matched.
 *
 * @param indicator the entry
 * @param list the list it is from
 * @param verdict whether it fires, and if not why
 */
public record Hit(Indicator indicator, IndicatorList list, Verdict verdict) {

    /** Whether it makes a finding. */
    public boolean fires() {
        return verdict == Verdict.FIRES;
    }

    /** Last seen by the entry's own word, else the list's date, epoch seconds; 0 if neither says. */
    public long lastSeen() {
        return indicator.lastSeen() != 0 ? indicator.lastSeen() : list.dated();
    }

    /** The form a finding carries. */
    public ThreatMatch evidence() {
        return new ThreatMatch(
                list.name(),
                list.version(),
                list.kind().wireName(),
                indicator.value(),
                indicator.effectiveCategory().wireName(),
                indicator.family(),
                indicator.port(),
                indicator.firstSeen(),
                lastSeen(),
                indicator.cautions().stream().map(Caution::wireName).sorted().toList(),
                indicator.reference());
    }
}
