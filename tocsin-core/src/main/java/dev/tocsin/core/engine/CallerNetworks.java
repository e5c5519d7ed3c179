package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Context;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Caller;
import dev.tocsin.core.finding.Doc;
import org.jspecify.annotations.Nullable;

/**
 * The network that a call came from, as a number (design: Decisions): an AS where a table knows it, else the address's
 * provider-sized prefix; callers without a public address have numbers of their own below zero.
 */
final class CallerNetworks {

    /** An AWS service, or AWS itself. */
    private static final long SERVICE = -1;

    /** An endpoint in a VPC. */
    private static final long ENDPOINT = -2;

    /** A private address. */
    private static final long PRIVATE = -3;

    /** A network that the operator named as their own. */
    private static final long OWN = -4;

    /** No caller is named. */
    private static final long NOBODY = -5;

    /**
     * Prefixes that stand for an unknown AS: /{@link #IPV4_BITS} of IPv4, /32 of IPv6 (the usual size of a provider's
     * allocation; ours).
     */
    private static final long PREFIX = 1L << 40;

    /**
     * Ours: access providers have blocks of /10 to /13, several each, within which customers change their addresses; docs/identity.md has what
     * longer prefixes cost.
     */
    private static final int IPV4_BITS = 8;

    /** As GuardDuty's findings number private networks. */
    private static final String PRIVATE_AS = "65534";

    /** The first octet from which on IPv4 addresses are multicast or reserved (RFC 5771, RFC 1112). */
    private static final int FIRST_MULTICAST = 224;

    private static final int PLACES = 4_096;

    private final @Nullable Known[] known = new Known[PLACES];

    /** One caller's network. */
    private record Known(Caller caller, long network) {}

    /** The network of {@code call}; callers come again and again, so what was found for the last ones is remembered. */
    long of(ApiCall call, Context context) {
        if (call.vpcEndpointId() != null) {
            return ENDPOINT;
        }
        Caller caller = call.caller();
        if (caller == null) {
            return NOBODY;
        }
        int hash = caller.text().hashCode();
        int place = (hash ^ hash >>> 16) & (PLACES - 1);
        Known near = known[place];
        if (near == null || !near.caller().text().equals(caller.text())) {
            near = new Known(caller, find(caller, context));
            known[place] = near;
        }
        return near.network();
    }

    /**
     * How GuardDuty names the network of {@code call} (F92); what has no AS stands under one that is reserved: 65534 for
     * private ones as in GuardDuty's findings, 0 for the rest. Empty if no caller is named.
     */
    String name(ApiCall call, Context context) {
        long network = of(call, context);
        Caller caller = call.caller();
        Address address = caller == null ? null : caller.address();
        Doc organization = address == null ? null : context.geography(address).at("organization");
        if (network >= 0 && organization != null && organization.text("asn") != null) {
            return named(String.valueOf(organization.text("asn")), String.valueOf(organization.text("asnOrg")));
        }
        if (network == NOBODY || network == SERVICE) {
            return network == NOBODY ? "" : named("0", "AWS-SERVICE");
        }
        if (network == ENDPOINT || network == PRIVATE || network == OWN) {
            return named(
                    PRIVATE_AS, network == ENDPOINT ? "VPC-ENDPOINT" : network == PRIVATE ? "PRIVATE" : "OWN-NETWORK");
        }
        return named("0", "UNKNOWN-" + (address == null ? "" : prefix(address)));
    }

    private static String named(String number, String organization) {
        return "asnNumber: " + number + " asnOrg: " + organization;
    }

    private static String prefix(Address address) {
        return address.isV4()
                ? Address.v4((int) address.low() & -1 << (32 - IPV4_BITS)) + "/" + IPV4_BITS
                : new Address(address.high() & 0xFFFF_FFFF_0000_0000L, 0) + "/32";
    }

    /** Whether no host can have it: multicast or reserved, so a damaged or forged record, and no private network. */
    private static boolean isNobodys(Address address) {
        return address.isV4() ? (address.low() >>> 24 & 0xFF) >= FIRST_MULTICAST : address.high() >>> 56 == 0xFF;
    }

    private static long find(Caller caller, Context context) {
        Address address = caller.address();
        if (address == null) {
            return caller.isService() ? SERVICE : NOBODY;
        }
        if (context.isOwn(address)) {
            return OWN;
        }
        if (!address.isPublic() && !isNobodys(address)) {
            return PRIVATE;
        }
        Doc organization = context.geography(address).at("organization");
        String asn = organization == null ? null : organization.text("asn");
        if (asn != null && asn.matches("\\d{1,10}")) {
            return Long.parseLong(asn);
        }
        return PREFIX | (address.isV4() ? (address.low() & 0xFFFF_FFFFL) >>> (32 - IPV4_BITS) : address.high() >>> 32);
    }
}
