package dev.tocsin.core.credential;

import org.jspecify.annotations.Nullable;

/**
 * Where a call came from, if not from within the account's networks.
 *
 * @param kind of place
 * @param origin what its uses are counted under: of an address, an IPv6 network or an endpoint's account
 * @param owner account that owns the VPC endpoint, or null
 * @param told what tells which kind of place it is, for people
 * @param rangesAge age of the list of AWS's ranges at the call, in days; negative where no dated list is loaded
 * @param unsure whether an old list of AWS's ranges alone says that it is none of AWS's
 */
public record Place(Kind kind, long origin, @Nullable String owner, String told, long rangesAge, boolean unsure) {

    /** Whose a place is. */
    public enum Kind {
        /** A public address that is none of AWS's. */
        OUTSIDE,
        /** A public address of AWS's; whose of its customers, no list says. */
        AWS,
        /** A VPC endpoint of another account. */
        ENDPOINT
    }

    /** The same origin number, marked by whether it is an address of IPv6: addresses of both families are used at once. */
    public static long origin(long digest, boolean v6) {
        return (digest & ~1L) | (v6 ? 1 : 0);
    }

    /** Whether {@code one} and {@code other} are of one address family. */
    static boolean alike(long one, long other) {
        return ((one ^ other) & 1) == 0;
    }
}
