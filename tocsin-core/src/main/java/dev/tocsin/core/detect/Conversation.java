package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;

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
 * @param answered whether the other side is known to have answered in kind
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
        boolean answered) {

    /** Who opened a connection. */
    public enum Opener {
        /** The host. */
        LOCAL,
        /** The peer. */
        REMOTE,
        /** Nothing in the records says; it may be known later. */
        UNKNOWN
    }
}
