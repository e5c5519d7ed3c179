package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.Comparator;
import java.util.TreeSet;

/** Flows with listed peers whose opener is not certain yet, of one minute: judged when no record is awaited any more. */
final class HeldFlows {

    /** Flows held a minute; beyond that the earliest are kept, whatever came first. An entry stays under 64 KiB. */
    static final int MAX_FLOWS = 100;

    private static final Comparator<Flow> ORDER =
            Comparator.comparingLong(Flow::at).thenComparingLong(Flow::contentHash);

    private final TreeSet<Flow> flows = new TreeSet<>(ORDER);

    /** Holds {@code flow}, perhaps in the place of a later one. */
    void add(Flow flow) {
        flows.add(flow);
        if (flows.size() > MAX_FLOWS) {
            flows.removeLast();
        }
    }

    /** The flows held, earliest first. */
    Iterable<Flow> inOrder() {
        return flows;
    }

    static final StateKind<HeldFlows> KIND = new StateKind<>("heldFlows", 1, new StateKind.Codec<>() {
        @Override
        public void write(HeldFlows held, JsonGenerator out) throws IOException {
            out.writeStartArray();
            for (Flow flow : held.flows) {
                HeldFlows.write(flow, out);
            }
            out.writeEndArray();
        }

        @Override
        public HeldFlows read(JsonParser in, int version) throws IOException {
            HeldFlows held = new HeldFlows();
            in.nextToken();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                held.flows.add(HeldFlows.read(in));
            }
            return held;
        }
    });

    private static final String[] NUMBERS = {
        "start",
        "at",
        "srcHigh",
        "srcLow",
        "dstHigh",
        "dstLow",
        "pktSrcHigh",
        "pktSrcLow",
        "pktDstHigh",
        "pktDstLow",
        "srcPort",
        "dstPort",
        "protocol",
        "packets",
        "bytes",
        "flags",
        "rejected",
        "hash"
    };

    private static void write(Flow flow, JsonGenerator out) throws IOException {
        LogObject object = flow.origin().object();
        Doc doc = new Doc()
                .with("index", object.index())
                .with("source", object.source())
                .with("objectAccount", object.account())
                .with("objectRegion", object.region())
                .with("flowLog", object.flowLog())
                .with("deliveredAt", object.deliveredAt())
                .with("position", flow.origin().position())
                .with("account", flow.account())
                .with("region", flow.region())
                .with("eni", flow.interfaceId())
                .with("instance", flow.instanceId())
                .with("vpc", flow.vpcId())
                .with("subnet", flow.subnetId())
                .with("flowDirection", flow.direction().name());
        long[] numbers = numbers(flow);
        for (int i = 0; i < numbers.length; i++) {
            doc.with(NUMBERS[i], numbers[i]);
        }
        doc.write(out);
    }

    private static long[] numbers(Flow flow) {
        return new long[] {
            flow.start(),
            flow.at(),
            flow.sourceHigh(),
            flow.sourceLow(),
            flow.targetHigh(),
            flow.targetLow(),
            flow.packetSourceHigh(),
            flow.packetSourceLow(),
            flow.packetTargetHigh(),
            flow.packetTargetLow(),
            flow.sourcePort(),
            flow.targetPort(),
            flow.protocol(),
            flow.packets(),
            flow.bytes(),
            flow.tcpFlags(),
            flow.rejected() ? 1 : 0,
            flow.contentHash()
        };
    }

    private static Flow read(JsonParser in) throws IOException {
        Doc doc = Doc.read(in);
        LogObject object = new LogObject(
                (int) doc.number("index", 0),
                String.valueOf(doc.text("source")),
                doc.text("objectAccount"),
                doc.text("objectRegion"),
                doc.text("flowLog"),
                doc.number("deliveredAt", Long.MAX_VALUE));
        long[] n = new long[NUMBERS.length];
        for (int i = 0; i < n.length; i++) {
            n[i] = doc.number(NUMBERS[i], 0);
        }
        return new Flow(
                new Origin(object, doc.number("position", 0)),
                String.valueOf(doc.text("account")),
                String.valueOf(doc.text("region")),
                String.valueOf(doc.text("eni")),
                doc.text("instance"),
                doc.text("vpc"),
                doc.text("subnet"),
                n[0],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                n[8],
                n[9],
                (int) n[10],
                (int) n[11],
                (int) n[12],
                n[13],
                n[14],
                (int) n[15],
                Flow.Direction.valueOf(String.valueOf(doc.text("flowDirection"))),
                n[16] == 1,
                n[17]);
    }
}
