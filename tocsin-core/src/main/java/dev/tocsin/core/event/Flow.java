package dev.tocsin.core.event;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * One VPC flow log record: what one interface saw of one 5-tuple in one direction during one aggregation window.
 *
 * @param origin where the record stands
 * @param account the account it belongs to
 * @param region the Region it belongs to
 * @param interfaceId {@code eni-...}
 * @param instanceId {@code i-...}; {@code -} if the format has the field and the interface is no instance's; null if the
 *     format does not have it
 * @param vpcId null if absent
 * @param subnetId null if absent
 * @param start first packet, epoch seconds
 * @param at last packet, epoch seconds: the flow's time
 * @param sourceHigh upper half of srcaddr
 * @param sourceLow lower half of srcaddr
 * @param targetHigh upper half of dstaddr
 * @param targetLow lower half of dstaddr
 * @param packetSourceHigh upper half of pkt-srcaddr, srcaddr's where absent
 * @param packetSourceLow lower half of pkt-srcaddr
 * @param packetTargetHigh upper half of pkt-dstaddr, dstaddr's where absent
 * @param packetTargetLow lower half of pkt-dstaddr
 * @param sourcePort 0 to 65535; 0 for protocols without ports; -1 if the format does not have it
 * @param targetPort likewise
 * @param protocol IANA number, or -1 if the format does not have it
 * @param packets 0 or more
 * @param bytes 0 or more
 * @param tcpFlags OR of the window's flags, or -1 if the format does not have it
 * @param direction of flow-direction
 * @param rejected whether a security group or network ACL refused it
 * @param targetService AWS service of the target, as pkt-dst-aws-service names it, with {@link #OF_OWN_REGION} behind a
 *     gateway endpoint; null if the format does not say or it is none
 * @param contentHash a digest of all its fields, which tells duplicates
 */
public record Flow(
        Origin origin,
        String account,
        String region,
        String interfaceId,
        @Nullable String instanceId,
        @Nullable String vpcId,
        @Nullable String subnetId,
        long start,
        long at,
        long sourceHigh,
        long sourceLow,
        long targetHigh,
        long targetLow,
        long packetSourceHigh,
        long packetSourceLow,
        long packetTargetHigh,
        long packetTargetLow,
        int sourcePort,
        int targetPort,
        int protocol,
        long packets,
        long bytes,
        int tcpFlags,
        Direction direction,
        boolean rejected,
        @Nullable String targetService,
        long contentHash)
        implements Event {

    @Override
    public void giveTo(Taker taker) {
        taker.flow(this);
    }

    /** By time, then by content: the same whatever was read first. */
    public static final Comparator<Flow> EARLIEST = (one, other) ->
            one.at != other.at ? Long.compare(one.at, other.at) : Long.compare(one.contentHash, other.contentHash);

    /** The flow-direction field: as seen from the interface. */
    public enum Direction {
        /** Into the interface. */
        INGRESS,
        /** Out of the interface. */
        EGRESS,
        /** The format does not say. */
        UNKNOWN
    }

    /** Marks a service that is reached through a gateway endpoint. */
    public static final String OF_OWN_REGION = " of the own Region";

    /** TCP's IANA protocol number. */
    public static final int TCP = 6;

    /** UDP's IANA protocol number. */
    public static final int UDP = 17;

    /** The SYN bit of {@link #tcpFlags}. */
    public static final int SYN = 2;

    /** SYN and ACK together, the only case in which flow logs show ACK. */
    public static final int SYN_ACK = 18;
}
