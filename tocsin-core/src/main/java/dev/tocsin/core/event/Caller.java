package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * Where an API call came from: CloudTrail's {@code sourceIPAddress}, which is not always an address.
 *
 * @param text as it stands in the record
 * @param address the address in it (port and zone taken off), or null where it is a name or nothing readable
 */
public record Caller(String text, @Nullable Address address) {

    /** Reads any form seen in real logs: address, address with port or zone, a list (its first), a service's name. */
    public static Caller of(String text) {
        String first = text.indexOf(',') < 0 ? text : text.substring(0, text.indexOf(','));
        return new Caller(text, addressIn(first.strip()));
    }

    private static @Nullable Address addressIn(String text) {
        String bare = text;
        int zone = bare.indexOf('%');
        if (zone > 0) {
            bare = bare.substring(0, zone);
        }
        if (bare.startsWith("[")) {
            int end = bare.indexOf(']');
            return end < 0 ? null : Address.parse(bare.substring(1, end));
        }
        int colon = bare.indexOf(':');
        if (colon > 0 && colon == bare.lastIndexOf(':')) {
            bare = bare.substring(0, colon);
        }
        return Address.parse(bare);
    }

    /** Whether a public address stands behind it; only then lists, geography and networks say anything. */
    public boolean isPublic() {
        return address != null && address.isPublic();
    }

    /** Whether AWS itself was the caller: a service's name or {@code AWS Internal}. */
    public boolean isService() {
        return address == null
                && (endsWith(".amazonaws.com")
                        || endsWith(".amazonaws.com.cn")
                        || text.equalsIgnoreCase("aws internal"));
    }

    private boolean endsWith(String end) {
        return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
    }
}
