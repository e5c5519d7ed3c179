package dev.tocsin.server.store;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which findings.
 *
 * @param accounts theirs
 * @param region the detector's
 * @param conditions all must hold
 */
public record FindingQuery(Set<String> accounts, String region, List<Condition> conditions) {

    /**
     * What an attribute must be.
     *
     * @param attribute one that findings are listed by
     * @param anyOf one of its values is one of these; empty: whatever
     * @param noneOf none of its values is one of these
     */
    public record Condition(
            String attribute,
            List<String> anyOf,
            List<String> noneOf,
            @Nullable Long above,
            @Nullable Long atLeast,
            @Nullable Long below,
            @Nullable Long atMost) {}

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
