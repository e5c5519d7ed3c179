package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingCondition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which findings.
 *
 * @param accounts theirs
 * @param regions their detectors'
 * @param conditions all must hold; of attributes that findings are listed by, without patterns
 * @param originals whether copies of a global service's finding in other Regions are left out
 */
public record FindingQuery(
        Set<String> accounts, Set<String> regions, List<FindingCondition> conditions, boolean originals) {

    /** Those of the detectors in {@code region}. */
    public FindingQuery(Set<String> accounts, String region, List<FindingCondition> conditions) {
        this(accounts, Set.of(region), conditions, false);
    }

    /**
     * In which order.
     *
     * @param attribute one that findings are listed by; null for the order in which they came, which never changes
     */
    public record Sort(@Nullable String attribute, boolean descending) {}

    /**
     * Some of the ids that were asked for.
     *
     * @param next where the next page begins, or null if this is the last
     */
    public record Page(List<String> ids, @Nullable String next) {}
}
