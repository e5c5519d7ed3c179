package dev.tocsin.core.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An IP address as a 128-bit number. IPv4 lies in the mapped range {@code ::ffff:0:0/96}, so one address has one
 * spelling inside.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record Address(long high, long low) {

    /** The prefix that marks an IPv4 address in {@link #low}. */
    public static final long V4_PREFIX = 0xFFFF_0000_0000L;

    private static final long V4_MASK = 0xFFFF_FFFFL;

    /** The IPv4 address with these 32 bits. */
    public static Address v4(int bits) {
        return new Address(0, V4_PREFIX | (bits & V4_MASK));
    }

    /** Whether {@code (high, low)} is an IPv4 address. */
    public static boolean isV4(long high, long low) {
        return high == 0 && (low & ~V4_MASK) == V4_PREFIX;
    }

    /** Whether this is an IPv4 address. */
    public boolean isV4() {
        return isV4(high, low);
    }

    /**
     * Reads a dotted quad or any IPv6 spelling (compressed, mapped, upper case); no port, zone, brackets or mask. Four
     * octets with leading zeros are not an address: they are read differently by different tools.
     *
     * @return null if {@code text} is no address
     */
    public static @Nullable Address parse(String text) {
        return AddressText.parse(text);
    }

    /** The canonical spelling: dotted quad, or RFC 5952 for IPv6. */
    @Override
    public String toString() {
        return AddressText.format(high, low).toLowerCase(Locale.ROOT);
    }

    /**
     * Whether it can be reached over the public internet: not private, shared (100.64/10), loopback, link-local,
     * multicast, broadcast, zero or unique-local. Documentation ranges count as public: test lists and samples use them.
     */
    public boolean isPublic() {
        return AddressText.isPublic(high, low);
    }
}
