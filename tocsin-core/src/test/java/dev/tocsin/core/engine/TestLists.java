package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Listed;
import dev.tocsin.core.detect.ThreatLookup;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.ThreatMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Threat lists for tests: exact addresses and networks, every entry fresh. */
public final class TestLists implements ThreatLookup {

    private record Net(long high, long low, int bits) {}

    private final Map<Address, List<Listed>> addresses = new HashMap<>();
    private final Map<Net, List<Listed>> networks = new HashMap<>();
    private final Set<Integer> lengths = new HashSet<>();
    private final Set<Address> trusted = new HashSet<>();

    /** Adds {@code address}, {@code address:port} or an IPv4 network, listed for {@code category}. */
    public TestLists add(String category, String entry) {
        int slash = entry.indexOf('/');
        boolean withPort = slash < 0 && entry.indexOf(':') > 0 && entry.indexOf(':') == entry.lastIndexOf(':');
        String value = withPort ? entry.substring(0, entry.indexOf(':')) : entry;
        int port = withPort ? Integer.parseInt(entry.substring(value.length() + 1)) : 0;
        Listed listed = new Listed(
                category,
                category.equals("custom"),
                port,
                new ThreatMatch(
                        "test-list",
                        "1",
                        category.equals("custom") ? "operator-threat" : "intel",
                        entry,
                        category,
                        "a threat",
                        port,
                        0,
                        0,
                        List.of(),
                        null));
        if (slash < 0) {
            addresses
                    .computeIfAbsent(Address.parse(value), ignored -> new ArrayList<>(1))
                    .add(listed);
        } else {
            int bits = Integer.parseInt(entry.substring(slash + 1));
            Address base = Address.parse(entry.substring(0, slash));
            lengths.add(bits);
            networks.computeIfAbsent(net(base.high(), base.low(), bits), ignored -> new ArrayList<>(1))
                    .add(listed);
        }
        return this;
    }

    /** Makes {@code address} trusted: nothing fires. */
    public TestLists trust(String address) {
        trusted.add(Address.parse(address));
        return this;
    }

    @Override
    public List<Listed> firing(long high, long low, int port, long at) {
        Address address = new Address(high, low);
        List<Listed> found = new ArrayList<>(addresses.getOrDefault(address, List.of()));
        for (int bits : lengths) {
            found.addAll(networks.getOrDefault(net(high, low, bits), List.of()));
        }
        found.removeIf(listed -> listed.port() != 0 && listed.port() != port);
        return trusted.contains(address) || !address.isPublic() ? List.of() : found;
    }

    private static Net net(long high, long low, int bits) {
        return new Net(high, bits == 0 ? 0 : low & -1L << (32 - bits), bits);
    }
}
