package dev.tocsin.core.intel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the threat lists say of one value: at least one entry.
 *
 * @param hits the entries, the weightiest first, at most {@link #MAX_HITS}
 * @param trusted whether a trusted list holds the value too: then nothing fires
 */
public record Match(List<Hit> hits, boolean trusted) {

    /** Entries given for one value; further ones add nothing that a reader would use. Ours. */
    public static final int MAX_HITS = 32;

    /** Whether an entry makes a finding. */
    public boolean fires() {
        return best().fires();
    }

    /** The weightiest entry. */
    public Hit best() {
        return hits.getFirst();
    }

    /** Why nothing fires, in words; null if something does. */
    public @Nullable String reason() {
        return fires() ? null : best().verdict().text();
    }

    /** The weightiest entry that fires and supports {@code category}, or null. */
    public @Nullable Hit firing(Category category) {
        for (Hit hit : hits) {
            if (hit.fires() && hit.indicator().effectiveCategory() == category) {
                return hit;
            }
        }
        return null;
    }

    /** The weightiest entry that fires and is from a list of {@code kind}, or null. */
    public @Nullable Hit firing(IndicatorList.Kind kind) {
        for (Hit hit : hits) {
            if (hit.fires() && hit.list().kind() == kind) {
                return hit;
            }
        }
        return null;
    }
}
