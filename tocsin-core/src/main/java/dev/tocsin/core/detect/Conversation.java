package dev.tocsin.core.detect;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import java.util.List;

/**
 * A flow seen from the host: which side is local, which remote, and who opened the connection.
 *
 * @param flow the record
 * @param outbound whether the record's packets leave the host
 * @param opener who opened the connection
 * @param localHigh upper half of the host's address
 * @param localLow lower half
 * @param remoteHigh upper half of the peer's address at packet level, behind any NAT gateway
 * @param remoteLow lower half
 * @param localPort the host's port, -1 if not known
 * @param remotePort the peer's port, -1 if not known
 * @param answered whether this record holds an answer in kind from the side that did not open
 * @param threats the list entries that fire against the peer; empty for nearly all
 */
public record Conversation(
        Flow flow,
        boolean outbound,
        Opener opener,
        long localHigh,
        long localLow,
        long remoteHigh,
        long remoteLow,
        int localPort,
        int remotePort,
        boolean answered,
        List<Listed> threats) {

    /** {@code flow} with its sides told apart: it left the host if {@code outbound}. */
    public static Conversation of(Flow flow, boolean outbound, Opener opener, boolean answered, List<Listed> threats) {
        return new Conversation(
                flow,
                outbound,
                opener,
                outbound ? flow.packetSourceHigh() : flow.packetTargetHigh(),
                outbound ? flow.packetSourceLow() : flow.packetTargetLow(),
                outbound ? flow.packetTargetHigh() : flow.packetSourceHigh(),
                outbound ? flow.packetTargetLow() : flow.packetSourceLow(),
                outbound ? flow.sourcePort() : flow.targetPort(),
                outbound ? flow.targetPort() : flow.sourcePort(),
                answered,
                threats);
    }

    /** Who opened a connection. */
    public enum Opener {
        /** The host. */
        LOCAL,
        /** The peer. */
        REMOTE,
        /** Nothing in the records says; it may be known later. */
        UNKNOWN
    }

    /** The host's address. */
    public Address local() {
        return new Address(localHigh, localLow);
    }

    /** The peer's address. */
    public Address remote() {
        return new Address(remoteHigh, remoteLow);
    }

    /** Whether the host opened it, or tried to, and this record is the host's own part of it. */
    public boolean opensOutward() {
        return outbound && opener == Opener.LOCAL;
    }
}
