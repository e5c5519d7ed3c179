package dev.tocsin.core.intel;

import java.util.Locale;

/**
 * One list.
 *
 * @param name as the operator or the feed calls it; findings name it
 * @param kind whose it is
 * @param dated the time for which the list says that all its entries hold, epoch seconds, 0 if it says none; stands in
 *     for the last-seen time of entries without one
 * @param loadedAt when it was read, epoch seconds by the host, 0 if the host does not say
 * @param version a digest of its contents
 */
public record IndicatorList(String name, Kind kind, long dated, long loadedAt, String version) {

    /** Whose list it is. */
    public enum Kind {
        /** Intelligence with categories: entries age. */
        INTEL,
        /** The operator's own threat list: entries do not age. */
        OPERATOR_THREAT,
        /** The operator's own list of what must not fire; beats every threat list. */
        OPERATOR_TRUSTED;

        /** As reports write it. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether entries keep an event from firing. */
    public boolean trusted() {
        return kind == Kind.OPERATOR_TRUSTED;
    }
}
