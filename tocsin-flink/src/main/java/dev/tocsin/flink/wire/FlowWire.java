package dev.tocsin.flink.wire;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import java.io.IOException;

/** How a flow travels. */
final class FlowWire {

    private static final int REJECTED = 1;
    private static final int PACKET_ADDRESSES = 2;

    private FlowWire() {}

    static void write(Flow flow, Texts.Writer out) throws IOException {
        boolean packet = flow.packetSourceHigh() != flow.sourceHigh()
                || flow.packetSourceLow() != flow.sourceLow()
                || flow.packetTargetHigh() != flow.targetHigh()
                || flow.packetTargetLow() != flow.targetLow();
        out.number((flow.rejected() ? REJECTED : 0) | (packet ? PACKET_ADDRESSES : 0));
        out.origin(flow.origin());
        out.text(flow.account());
        out.text(flow.region());
        out.text(flow.interfaceId());
        out.text(flow.instanceId());
        out.text(flow.vpcId());
        out.text(flow.subnetId());
        out.text(flow.direction().name());
        out.text(flow.targetService());
        out.number(flow.at());
        out.number(flow.at() - flow.start());
        out.number(flow.sourceHigh());
        out.number(flow.sourceLow());
        out.number(flow.targetHigh());
        out.number(flow.targetLow());
        if (packet) {
            out.number(flow.packetSourceHigh());
            out.number(flow.packetSourceLow());
            out.number(flow.packetTargetHigh());
            out.number(flow.packetTargetLow());
        }
        out.number(flow.sourcePort());
        out.number(flow.targetPort());
        out.number(flow.protocol());
        out.number(flow.packets());
        out.number(flow.bytes());
        out.number(flow.tcpFlags());
        out.hash(flow.contentHash());
    }

    static Event read(LogObject object, Texts.Reader in) throws IOException {
        int marks = (int) in.number();
        Origin origin = in.origin(object);
        String account = in.need();
        String region = in.need();
        String interfaceId = in.need();
        String instanceId = in.text();
        String vpcId = in.text();
        String subnetId = in.text();
        Flow.Direction direction = Flow.Direction.valueOf(in.need());
        String targetService = in.text();
        long at = in.number();
        long start = at - in.number();
        long sourceHigh = in.number();
        long sourceLow = in.number();
        long targetHigh = in.number();
        long targetLow = in.number();
        boolean packet = (marks & PACKET_ADDRESSES) != 0;
        return new Flow(
                origin,
                account,
                region,
                interfaceId,
                instanceId,
                vpcId,
                subnetId,
                start,
                at,
                sourceHigh,
                sourceLow,
                targetHigh,
                targetLow,
                packet ? in.number() : sourceHigh,
                packet ? in.number() : sourceLow,
                packet ? in.number() : targetHigh,
                packet ? in.number() : targetLow,
                (int) in.number(),
                (int) in.number(),
                (int) in.number(),
                in.number(),
                in.number(),
                (int) in.number(),
                direction,
                (marks & REJECTED) != 0,
                targetService,
                in.hash());
    }
}
