package dev.tocsin.core.direction;

import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;

/**
 * Tells from a flow, and from what the interface's other flows said, which side is local and who opened the connection.
 *
 * <p>TCP flags tell at once: a SYN without ACK comes from the opener, SYN-ACK is an answer. Without them the answer
 * hangs on the flow of the other direction, on the ports and on their history, so the caller asks again when no record
 * is awaited any more.
 */
public final class DirectionFinder {

    /** Bytes of a TCP packet over IPv4 that carries nothing, not even the options of an opening. RFC 791, RFC 9293. */
    static final int BARE_V4 = 40;

    /** The same over IPv6. RFC 8200. */
    static final int BARE_V6 = 60;

    /** Packet counts from here on are no count; smaller ones times a header's size do not overflow. */
    private static final long MOST_PACKETS = 1L << 56;

    /** Ports below are services' by convention (IANA: system ports). */
    public static final int SYSTEM_PORTS = 1024;

    /** Ports from here on are handed to clients (Linux: 32768; IANA, Windows: 49152). */
    static final int CLIENT_PORTS = 32_768;

    /** Which side of a flow is the host's own. */
    public enum Side {
        /** The source: the flow leaves the host. */
        SOURCE,
        /** The target: the flow comes in. */
        TARGET,
        /** Not known yet. */
        UNKNOWN
    }

    private DirectionFinder() {}

    /** Learns from {@code flow}, which belongs to the interface of {@code state}; whether the state changed. */
    public static boolean learn(Flow flow, DirectionState state) {
        if (flow.direction() == Flow.Direction.UNKNOWN) {
            state.own.see(flow.sourceHigh(), flow.sourceLow(), flow.targetHigh(), flow.targetLow());
        }
        Side side = side(flow, state);
        boolean ports = flow.sourcePort() > 0 && flow.targetPort() > 0 && !flow.rejected();
        if (side == Side.UNKNOWN || !ports) {
            return flow.direction() == Flow.Direction.UNKNOWN;
        }
        boolean outbound = side == Side.SOURCE;
        if (flow.protocol() == Flow.TCP && flow.tcpFlags() >= 0) {
            boolean answer = outbound && isAnswer(flow);
            if (answer) {
                state.served.answered(flow.sourcePort());
            }
            return answer || flow.direction() == Flow.Direction.UNKNOWN;
        }
        int local = outbound ? flow.sourcePort() : flow.targetPort();
        int remote = outbound ? flow.targetPort() : flow.sourcePort();
        if (local >= SYSTEM_PORTS && remote <= local) {
            return flow.direction() == Flow.Direction.UNKNOWN; // one source port for many targets, as scanners have
        }
        long key =
                remoteKey(flow, outbound, local < CLIENT_PORTS ? remote : 0); // a client's port needs other addresses
        state.served.talked(local, (int) (key ^ key >>> 32));
        return true;
    }

    /** Which side is local: by flow-direction, else the private end, else the address that the records share. */
    public static Side side(Flow flow, DirectionState state) {
        switch (flow.direction()) {
            case EGRESS -> {
                return Side.SOURCE;
            }
            case INGRESS -> {
                return Side.TARGET;
            }
            case UNKNOWN -> {}
        }
        boolean sourcePublic = new Address(flow.packetSourceHigh(), flow.packetSourceLow()).isPublic();
        boolean targetPublic = new Address(flow.packetTargetHigh(), flow.packetTargetLow()).isPublic();
        if (sourcePublic != targetPublic) {
            return sourcePublic ? Side.TARGET : Side.SOURCE;
        }
        if (state.own.owns(flow.sourceHigh(), flow.sourceLow())) {
            return Side.SOURCE;
        }
        return state.own.owns(flow.targetHigh(), flow.targetLow()) ? Side.TARGET : Side.UNKNOWN;
    }

    /** Who opened the connection, as far as this record says so for certain; else {@link Opener#UNKNOWN}. */
    public static Opener certain(Flow flow, boolean outbound) {
        if (flow.protocol() != Flow.TCP || flow.tcpFlags() < 0) {
            return Opener.UNKNOWN;
        }
        if (isAnswer(flow)) {
            return outbound ? Opener.REMOTE : Opener.LOCAL;
        }
        if ((flow.tcpFlags() & Flow.SYN) != 0) {
            return outbound ? Opener.LOCAL : Opener.REMOTE;
        }
        return Opener.UNKNOWN;
    }

    /** Remembers {@code flow} as part of a connection that a detector cares for. */
    public static void remember(Flow flow, boolean outbound, DirectionState state) {
        int mark = 0;
        Opener certain = certain(flow, outbound);
        if (certain == Opener.REMOTE) {
            mark = Connections.OPENED_REMOTELY;
        } else if (certain == Opener.LOCAL && outbound) {
            mark = Connections.OPENED_LOCALLY; // a stray answer from outside proves no opening
        }
        if (outbound && !isBare(flow)) {
            mark |= Connections.SENT_CONTENT;
        }
        state.connections.add(connectionKey(flow, outbound), outbound, flow.start(), flow.at(), mark);
    }

    /** Whether another record of the connection told for certain who opened it. */
    public static boolean known(Flow flow, boolean outbound, DirectionState state) {
        int place = state.connections.find(connectionKey(flow, outbound));
        return place >= 0
                && (state.connections.marked(place, Connections.OPENED_REMOTELY)
                        || state.connections.marked(place, Connections.OPENED_LOCALLY));
    }

    /**
     * Who opened the connection, by everything known so far: this record's flags, the connection's other records, then
     * the ports. To be believed once no record is awaited any more.
     */
    public static Opener likely(Flow flow, boolean outbound, DirectionState state) {
        Opener certain = certain(flow, outbound);
        if (certain != Opener.UNKNOWN) {
            return certain;
        }
        int place = state.connections.find(connectionKey(flow, outbound));
        if (place >= 0 && state.connections.marked(place, Connections.OPENED_REMOTELY)) {
            return Opener.REMOTE;
        }
        if (place >= 0 && state.connections.marked(place, Connections.OPENED_LOCALLY)) {
            return Opener.LOCAL;
        }
        Opener guess = unflagged(flow, outbound, state, place);
        boolean spoke = place < 0 ? !(outbound && isBare(flow)) : spoke(state.connections, place);
        return guess == Opener.LOCAL && !spoke ? Opener.UNKNOWN : guess;
    }

    /** A host that sends resets and acknowledgements alone, in answer to stray packets, opened nothing. */
    private static boolean spoke(Connections connections, int place) {
        return connections.marked(place, Connections.SENT_CONTENT) || connections.firstOut(place) == Long.MAX_VALUE;
    }

    private static Opener unflagged(Flow flow, boolean outbound, DirectionState state, int place) {
        int local = outbound ? flow.sourcePort() : flow.targetPort();
        int remote = outbound ? flow.targetPort() : flow.sourcePort();
        if (local <= 0 || remote <= 0) {
            return Opener.UNKNOWN;
        }
        if (place >= 0 && flow.protocol() == Flow.UDP) {
            Opener first = first(state.connections, place);
            if (first != Opener.UNKNOWN) {
                return first;
            }
        }
        Opener ports = byPorts(local, remote, state.served);
        return ports == Opener.UNKNOWN && place >= 0 ? first(state.connections, place) : ports;
    }

    private static Opener byPorts(int local, int remote, ServedPorts served) {
        if (served.contains(local)) {
            return Opener.REMOTE;
        }
        boolean localSystem = local < SYSTEM_PORTS;
        if (localSystem != remote < SYSTEM_PORTS) {
            return localSystem ? Opener.REMOTE : Opener.LOCAL;
        }
        boolean localClient = local >= CLIENT_PORTS;
        if (localClient != remote >= CLIENT_PORTS) {
            return localClient ? Opener.LOCAL : Opener.REMOTE;
        }
        return Opener.UNKNOWN;
    }

    /** Who sent the first packet; the records' times tell it only if they differ. */
    private static Opener first(Connections connections, int place) {
        long out = connections.firstOut(place);
        long in = connections.firstIn(place);
        if (out == in) {
            return Opener.UNKNOWN;
        }
        return out < in ? Opener.LOCAL : Opener.REMOTE;
    }

    /** Whether the record holds an answer in kind from the side that did not open: more than a reset. */
    public static boolean answers(Flow flow, boolean outbound, Opener opener) {
        return opener == (outbound ? Opener.REMOTE : Opener.LOCAL) && holdsAnswer(flow);
    }

    /** Whether the record shows a TCP opening by its sender. */
    public static boolean opens(Flow flow) {
        return flow.protocol() == Flow.TCP
                && flow.tcpFlags() > 0
                && (flow.tcpFlags() & Flow.SYN) != 0
                && !isAnswer(flow);
    }

    /** Whether its sender, if it did not open, answers in kind: more than resets and bare acknowledgements. */
    public static boolean holdsAnswer(Flow flow) {
        return !flow.rejected() && (flow.protocol() != Flow.TCP || isAnswer(flow) || !isBare(flow));
    }

    /**
     * Whether {@code local} is the service's port of the two, from the ports alone, so that all records of a connection
     * agree: system ports are services', then the one that is no client port, then the lower one; else the peer's.
     */
    public static boolean isServedByPorts(int local, int remote) {
        if (local <= 0 || remote <= 0) {
            return false;
        }
        if (local < SYSTEM_PORTS != remote < SYSTEM_PORTS) {
            return local < SYSTEM_PORTS;
        }
        if (local >= CLIENT_PORTS != remote >= CLIENT_PORTS) {
            return remote >= CLIENT_PORTS;
        }
        return local < CLIENT_PORTS && local < remote;
    }

    private static boolean isAnswer(Flow flow) {
        return flow.tcpFlags() >= 0 && (flow.tcpFlags() & Flow.SYN_ACK) == Flow.SYN_ACK;
    }

    /** Whether every TCP packet was as small as a packet can be: no opening with options, no data. */
    private static boolean isBare(Flow flow) {
        int bare = Address.isV4(flow.sourceHigh(), flow.sourceLow()) ? BARE_V4 : BARE_V6;
        return flow.protocol() == Flow.TCP
                && flow.packets() > 0
                && flow.packets() < MOST_PACKETS
                && flow.bytes() <= flow.packets() * bare;
    }

    private static long connectionKey(Flow flow, boolean outbound) {
        int local = outbound ? flow.sourcePort() : flow.targetPort();
        return mix(remoteKey(flow, outbound) ^ ((long) local << 8 | (flow.protocol() & 0xFF)));
    }

    private static long remoteKey(Flow flow, boolean outbound) {
        return remoteKey(flow, outbound, outbound ? flow.targetPort() : flow.sourcePort());
    }

    private static long remoteKey(Flow flow, boolean outbound, int port) {
        long high = outbound ? flow.packetTargetHigh() : flow.packetSourceHigh();
        long low = outbound ? flow.packetTargetLow() : flow.packetSourceLow();
        return mix(mix(high) + low * 31 + port);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0x9E37_79B9_7F4A_7C15L;
        return mixed ^ mixed >>> 29;
    }
}
