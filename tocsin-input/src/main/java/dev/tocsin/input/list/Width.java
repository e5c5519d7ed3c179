package dev.tocsin.input.list;

import dev.tocsin.core.event.RegisteredDomain;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.Network;
import org.jspecify.annotations.Nullable;

/** Entries that would flag or hide too much: a guard against poisoned and broken lists. */
final class Width {

    /** The widest IPv4 network that is taken without being forced, in mask bits (design: list entries). */
    static final int WIDEST_V4 = 8;

    /** The same for IPv6, where a /16 holds all allocations of several regions. Ours. */
    static final int WIDEST_V6 = 16;

    private Width() {}

    /** Whether the network is wider than any single owner's. */
    static boolean wide(Network network) {
        return network.bits() < (network.isV4() ? WIDEST_V4 : WIDEST_V6);
    }

    /** Why the network is refused, or null. */
    static @Nullable String refusal(Network network, ListRequest request) {
        if (request.force()) {
            return null;
        }
        if (network.bits() == 0) {
            return "/0 means every address";
        }
        Network own = request.trusted() ? null : request.own().touched(network);
        if (own != null) {
            return "your own addresses: " + own;
        }
        return wide(network) && !request.trusted()
                ? "wider than /" + (network.isV4() ? WIDEST_V4 : WIDEST_V6)
                        + ": it would flag a large part of the internet"
                : null;
    }

    /** Below {@code amazonaws.com} a wildcard suffix stands for a Region, elsewhere for one user of the service. */
    private static boolean isService(String name) {
        return RegisteredDomain.isServiceSuffix(name)
                || (name.endsWith(".amazonaws.com") && RegisteredDomain.isPublicSuffix(name));
    }

    /** Why the name is refused, or null; {@code abused} means just those services that give names to their users. */
    static @Nullable String refusal(String name, Category category, ListRequest request) {
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return "localhost is every host";
        }
        if (request.force()) {
            return null;
        }
        if (RegisteredDomain.isRegistrySuffix(name)) {
            return "a public suffix: it would flag everybody's names below it";
        }
        if (isService(name) && category != Category.ABUSED) {
            return "a service's suffix, below which are its users' names";
        }
        return name.indexOf('.') < 0 ? "a single label is no public name" : null;
    }
}
