package dev.tocsin.server.store;

import dev.tocsin.core.finding.FindingCondition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which findings.
 *
 * @param accounts theirs
 * @param region the detector's
 * @param conditions all must hold; of attributes that findings are listed by, without patterns
 */
public record FindingQuery(Set<String> accounts, String region, List<FindingCondition> conditions) {

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
