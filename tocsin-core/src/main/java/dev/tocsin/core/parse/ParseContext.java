package dev.tocsin.core.parse;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.FieldPlan;
import dev.tocsin.core.event.LogObject;
import org.jspecify.annotations.Nullable;

/**
 * What a parser must know beside the bytes.
 *
 * @param object the object the bytes are of
 * @param plan the fields to take from API calls
 * @param defaultAccount for records whose account neither record nor key names, or null
 * @param defaultRegion likewise
 */
public record ParseContext(
        LogObject object,
        FieldPlan plan,
        @Nullable String defaultAccount,
        @Nullable String defaultRegion) {

    /** The account of a record that names none. */
    public String account() {
        if (object.account() != null) {
            return object.account();
        }
        return defaultAccount != null ? defaultAccount : Event.UNKNOWN;
    }

    /** The Region of a record that names none. */
    public String region() {
        if (object.region() != null) {
            return object.region();
        }
        return defaultRegion != null ? defaultRegion : Event.UNKNOWN;
    }
}
