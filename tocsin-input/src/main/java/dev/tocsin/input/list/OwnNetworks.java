package dev.tocsin.input.list;

import dev.tocsin.core.intel.Network;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The operator's own public networks: an entry that touches one would accuse the operator. */
public final class OwnNetworks {

    /** None is known. */
    public static final OwnNetworks NONE = new OwnNetworks(List.of());

    private static final Comparator<Network> BY_START = (a, b) -> {
        int high = Long.compareUnsigned(a.high(), b.high());
        int start = high != 0 ? high : Long.compareUnsigned(a.low(), b.low());
        return start != 0 ? start : Integer.compare(a.prefix(), b.prefix());
    };

    private final Set<Network> networks;
    private final TreeSet<Network> byStart = new TreeSet<>(BY_START);
    private final Set<Integer> prefixes = new HashSet<>();

    /** These. */
    public OwnNetworks(List<Network> own) {
        networks = Set.copyOf(own);
        byStart.addAll(networks);
        networks.forEach(network -> prefixes.add(network.prefix()));
    }

    /** The own network that {@code entry} lies in or holds, or null. */
    @Nullable
    Network touched(Network entry) {
        for (int prefix : prefixes) {
            Network around = prefix <= entry.prefix() ? Network.of(entry.high(), entry.low(), prefix) : null;
            if (around != null && networks.contains(around)) {
                return around;
            }
        }
        // What lies within begins at or after the entry, and the first of these lies within or none does.
        Network next = entry.single() ? null : byStart.ceiling(entry);
        boolean within = next != null
                && Network.of(next.high(), next.low(), entry.prefix()).equals(entry);
        return within ? next : null;
    }
}
