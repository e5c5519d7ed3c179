package dev.tocsin.core.desk;

import dev.tocsin.core.detect.NewPeer;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.intel.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Networks outside that hosts of the account turn to regularly: since when, and how many hosts. What all hosts call, or what
 * was called from the beginning, is an agent, an update or monitoring. The verdict waits for those that begin at the same
 * time, as after a deployment.
 */
final class NewPeers {

    /** How long a verdict waits for other hosts, in seconds. Ours: a deployment rolls over a group within two hours. */
    static final long WAIT_SECONDS = 7_200;

    /** Hosts from which on a network is everybody's. Ours: one compromised host is the rule, two may be. */
    static final int HOSTS = 3;

    /** Networks remembered, in shares; of a full share the one that was silent for longest goes. */
    static final int NETWORKS_A_SHARE = 128;

    private static final int SHARES = 64;
    private static final int V4_PREFIX = 96 + 24;
    private static final int V6_PREFIX = 48;
    private static final long DAY_SECONDS = 86_400;

    private static final String HEAD = "head";
    private static final StateKind<Doc> KIND = StateKind.ofDocs("newPeers", 1);

    private NewPeers() {}

    /** Notes that the host {@code key} turns to the peer of {@code signal}. */
    static void note(Signal signal, String key, KeyContext context) {
        long since = (Math.floorDiv(signal.last(), DAY_SECONDS) - number(signal, NewPeer.KNOWN_DAYS)) * DAY_SECONDS;
        Doc head = context.get(KIND, HEAD);
        if (head == null || head.number("since", Long.MAX_VALUE) > since) {
            context.put(KIND, HEAD, new Doc().with("since", since));
        }
        String network = network(signal);
        if (network == null) {
            return;
        }
        Doc share = context.get(KIND, share(network));
        Doc networks = new Doc().withAll(share == null ? new Doc() : share);
        Doc known = networks.part(network);
        List<Object> hosts = known.get("hosts") instanceof List<?> list ? new ArrayList<>(list) : new ArrayList<>();
        String host = Long.toHexString(Hash.of(key));
        if (hosts.size() < HOSTS && !hosts.contains(host)) {
            hosts.add(host);
        }
        networks.with(
                network,
                new Doc()
                        .with("first", Math.min(known.number("first", Long.MAX_VALUE), signal.first()))
                        .with("last", Math.max(known.number("last", Long.MIN_VALUE), signal.last()))
                        .with("hosts", hosts));
        context.put(KIND, share(network), bounded(networks));
    }

    private static Doc bounded(Doc networks) {
        if (networks.members().size() <= NETWORKS_A_SHARE) {
            return networks;
        }
        Doc kept = new Doc();
        networks.members().keySet().stream()
                .sorted(Comparator.<String>comparingLong(
                                name -> -networks.part(name).number("last", 0))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NETWORKS_A_SHARE)
                .forEach(name -> kept.with(name, networks.get(name)));
        return kept;
    }

    /** Whether the peer of {@code signal} came after the account was learned, and few turn to it. */
    static boolean isNew(Signal signal, KeyContext context) {
        String network = network(signal);
        Doc head = context.get(KIND, HEAD);
        Doc share = network == null ? null : context.get(KIND, share(network));
        if (network == null || head == null || share == null) {
            return false;
        }
        Doc known = share.part(network);
        long learned = head.number("since", 0) + number(signal, NewPeer.LEARN_DAYS) * DAY_SECONDS;
        boolean few = known.get("hosts") instanceof List<?> hosts && hosts.size() < HOSTS;
        return few && known.number("first", Long.MIN_VALUE) >= learned;
    }

    private static long number(Signal signal, String fact) {
        String text = signal.facts().get(fact);
        return text == null ? 0 : Long.parseLong(text);
    }

    private static @Nullable String network(Signal signal) {
        Doc remote = signal.action().part("networkConnectionAction").part("remoteIpDetails");
        String text = remote.text("ipAddressV4") != null ? remote.text("ipAddressV4") : remote.text("ipAddressV6");
        Address address = text == null ? null : Address.parse(text);
        if (address == null) {
            return null;
        }
        return Network.of(address.high(), address.low(), address.isV4() ? V4_PREFIX : V6_PREFIX)
                .toString();
    }

    private static String share(String network) {
        return "networks/" + Math.floorMod(Hash.of(network), SHARES);
    }
}
