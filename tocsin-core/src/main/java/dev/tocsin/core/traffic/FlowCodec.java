package dev.tocsin.core.traffic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a flow is written into state entries: what several flows of an entry share stands there once. */
public final class FlowCodec {

    private FlowCodec() {}

    /** An array: object, texts, then numbers. An object or text stands whole once, then by its number. */
    public static void write(Flow flow, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        out.writeStartArray();
        SharedValues.object(flow.origin().object(), written, out);
        for (String text : texts(flow)) {
            SharedValues.text(text, written, out);
        }
        for (long number : numbers(flow)) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    private static @Nullable String[] texts(Flow flow) {
        return new @Nullable String[] {
            flow.account(),
            flow.region(),
            flow.interfaceId(),
            flow.instanceId(),
            flow.vpcId(),
            flow.subnetId(),
            flow.direction().name(),
            flow.targetService()
        };
    }

    private static long[] numbers(Flow flow) {
        return new long[] {
            flow.origin().position(),
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

    private static final int TEXTS = 8;
    private static final int NUMBERS = 19;

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    public static Flow read(List<Object> known, JsonParser in) throws IOException {
        in.nextToken();
        LogObject object = (LogObject) Objects.requireNonNull(SharedValues.read(known, in), "a flow's object");
        @Nullable String[] texts = new String[TEXTS];
        for (int i = 0; i < texts.length; i++) {
            in.nextToken();
            texts[i] = (String) SharedValues.read(known, in);
        }
        long[] n = new long[NUMBERS];
        for (int i = 0; i < n.length; i++) {
            n[i] = in.nextLongValue(0);
        }
        in.nextToken();
        return new Flow(
                new Origin(object, n[0]),
                String.valueOf(texts[0]),
                String.valueOf(texts[1]),
                String.valueOf(texts[2]),
                texts[3],
                texts[4],
                texts[5],
                n[1],
                n[2],
                n[3],
                n[4],
                n[5],
                n[6],
                n[7],
                n[8],
                n[9],
                n[10],
                (int) n[11],
                (int) n[12],
                (int) n[13],
                n[14],
                n[15],
                (int) n[16],
                Flow.Direction.valueOf(String.valueOf(texts[6])),
                n[17] == 1,
                texts[7],
                n[18]);
    }
}
