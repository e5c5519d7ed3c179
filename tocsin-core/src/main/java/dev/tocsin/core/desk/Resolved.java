package dev.tocsin.core.desk;

import dev.tocsin.core.finding.Doc;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signal is about, as the desk knows it as of the event's time.
 *
 * @param kind how sure that is
 * @param key the resource's part of the finding's id
 * @param name the resource's name for texts
 * @param entities inventory ids whose facts change {@link #resource}, for enrichment
 * @param resource the finding's resource member
 * @param marks members of {@code tocsin} that say who the owner is and what is not known
 */
record Resolved(Kind kind, String key, @Nullable String name, List<String> entities, Doc resource, Doc marks) {

    /** How sure the answer is. */
    enum Kind {
        /** Known; what is not yet known of it only enriches. */
        HOST,
        /** Functions stand behind it. */
        FUNCTIONS,
        /** A middle box: somebody else's traffic. */
        BOX,
        /** Not known yet; a later fact may tell. */
        UNKNOWN
    }
}
