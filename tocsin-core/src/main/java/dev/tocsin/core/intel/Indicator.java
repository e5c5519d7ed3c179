package dev.tocsin.core.intel;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list, as read; which list it is from stands in {@link Hit}.
 *
 * @param value canonical text: an address, a CIDR, a lower-case A-label name without final dot, a key id, a hash
 * @param kind what the value is
 * @param port the port it is listed with, 0 for any; a name's port is kept and not compared
 * @param family threat or malware family, or null
 * @param category what the list says of it
 * @param reference where the list's maker explains it, or null
 * @param cautions why it may be wrong; empty if nothing is known
 * @param firstSeen epoch seconds, 0 if not given
 * @param lastSeen epoch seconds, 0 if not given
 * @param confidence 0 to 100 by the list's own word, {@link #NO_CONFIDENCE} if not given
 */
public record Indicator(
        String value,
        Kind kind,
        int port,
        @Nullable String family,
        Category category,
        @Nullable String reference,
        Set<Caution> cautions,
        long firstSeen,
        long lastSeen,
        int confidence) {

    /** The list gives no confidence. */
    public static final int NO_CONFIDENCE = -1;

    /** What a value is. */
    public enum Kind {
        /** A name and everything below it. */
        DOMAIN,
        /** One address. */
        IP,
        /** A network of addresses. */
        CIDR,
        /** An access key id. */
        ACCESS_KEY,
        /** The SHA-256 of a file, 64 lower-case hex digits. */
        SHA256;

        /** As lists write it: {@code access-key}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** An entry of which only value, kind, port and category are known. */
    public static Indicator of(String value, Kind kind, int port, Category category) {
        return new Indicator(value, kind, port, null, category, null, Set.of(), 0, 0, NO_CONFIDENCE);
    }

    /** The same, seen first and last at these epoch seconds (0 unknown). */
    public Indicator seen(long first, long last) {
        return new Indicator(value, kind, port, family, category, reference, cautions, first, last, confidence);
    }

    /** The same with a threat name. */
    public Indicator named(@Nullable String threat) {
        return new Indicator(value, kind, port, threat, category, reference, cautions, firstSeen, lastSeen, confidence);
    }

    /** The same with these cautions. */
    public Indicator with(Set<Caution> these) {
        return new Indicator(
                value, kind, port, family, category, reference, Set.copyOf(these), firstSeen, lastSeen, confidence);
    }

    /** The category a match supports: a sinkholed entry is a black hole, whatever it was before. */
    public Category effectiveCategory() {
        return cautions.contains(Caution.SINKHOLE) ? Category.BLACKHOLE : category;
    }

    /** Whether a caution keeps it from firing alone. */
    public boolean muted() {
        for (Caution caution : cautions) {
            if (caution.mutes()) {
                return true;
            }
        }
        return false;
    }
}
