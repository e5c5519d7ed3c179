package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The types that a connection of a process to a listed address makes: the matches of {@link ListedServer} and of Tor. */
final class ListedHostPeer implements HostDetector {

    private static final List<FindingType> OF_INSTANCES =
            List.of(ListedServer.MINING, ListedServer.C2, ListedServer.BLACKHOLE, ListedServer.DROP);

    private static final Map<FindingType, FindingType> SERVERS = new LinkedHashMap<>();

    static {
        OF_INSTANCES.forEach(type -> SERVERS.put(type, HostTypes.of(type)));
    }

    static final FindingType TOR_CLIENT = HostTypes.of(TorClient.TYPE);
    static final FindingType TOR_RELAY = HostTypes.of(TorRelay.TYPE);

    private static final Set<String> TOR_ENTRIES = Set.of("tor-guard", "tor-authority", "tor");
    private static final String OUT = "out";
    private static final String IN = "in";

    @Override
    public List<FindingType> types() {
        List<FindingType> types = new java.util.ArrayList<>(SERVERS.values());
        types.add(TOR_CLIENT);
        types.add(TOR_RELAY);
        return types;
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.CONNECT, Action.ACCEPT);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        HostEvent.Peer peer = event.peer();
        if (peer == null
                || context.intelligence().size() == 0
                || !peer.address().isPublic()) {
            return;
        }
        Address address = peer.address();
        List<Listed> threats =
                Listed.firing(context.intelligence(), address.high(), address.low(), peer.port(), event.at());
        if (threats.isEmpty()) {
            return;
        }
        if (event.action() == Action.CONNECT) {
            SERVERS.forEach((type, twin) -> {
                List<Listed> listed = threats.stream()
                        .filter(entry -> ListedServer.makes(type, entry, peer.port()))
                        .toList();
                say(twin, listed, event, view, context, out);
            });
        }
        if (peer.protocol() != Flow.UDP) {
            tor(TorRelays.entries(threats, peer.port()), event, view, context, out);
        }
    }

    private void tor(List<Listed> relays, HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        HostEvent.Peer peer = event.peer();
        if (relays.isEmpty() || peer == null) {
            return;
        }
        boolean outward = event.action() == Action.CONNECT;
        long window = Math.floorDiv(event.at(), TorRelays.WINDOW_SECONDS);
        String relay = peer.address().toString();
        int met = TorRelays.meet(this, outward ? OUT : IN, window, relay, context);
        int other = TorRelays.met(this, outward ? IN : OUT, window, context);
        boolean both = outward
                ? met >= TorRelay.RELAYS_OUT && other >= TorRelay.RELAYS_IN
                : met >= TorRelay.RELAYS_IN && other >= TorRelay.RELAYS_OUT;
        if (both) {
            say(TOR_RELAY, relays, event, view, context, out);
        }
        if (outward) {
            List<Listed> entries = relays.stream()
                    .filter(entry -> TOR_ENTRIES.contains(entry.category()))
                    .toList();
            say(TOR_CLIENT, entries, event, view, context, out);
        }
    }

    private static void say(
            FindingType type,
            List<Listed> listed,
            HostEvent event,
            HostView view,
            Context context,
            Consumer<Signal> out) {
        HostEvent.Peer peer = event.peer();
        if (listed.isEmpty() || peer == null) {
            return;
        }
        out.accept(HostSignal.of(type, event, view)
                .matches(listed.stream().map(Listed::match).toList())
                .fact("address", peer.address())
                .fact("port", peer.port())
                .context("addressFamily", peer.address().isV4() ? "AF_INET" : "AF_INET6")
                .context("ianaProtocolNumber", peer.protocol() < 0 ? null : peer.protocol())
                .action(connection(event, peer, context))
                .build());
    }

    private static Doc connection(HostEvent event, HostEvent.Peer peer, Context context) {
        String protocol = peer.protocol() < 0 ? "TCP" : PortNames.protocol(peer.protocol());
        return new Doc()
                .with("actionType", "NETWORK_CONNECTION")
                .with(
                        "networkConnectionAction",
                        new Doc()
                                .with("connectionDirection", event.action() == Action.CONNECT ? "OUTBOUND" : "INBOUND")
                                .with("protocol", protocol)
                                .with("blocked", event.failed())
                                .with("remotePortDetails", FlowSignal.portDetails(peer.port()))
                                .with("remoteIpDetails", ApiCallSignal.remoteIpDetails(peer.address(), context)));
    }
}
