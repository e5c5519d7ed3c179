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
        object(flow.origin().object(), written, out);
        for (String text : texts(flow)) {
            text(text, written, out);
        }
        for (long number : numbers(flow)) {
            out.writeNumber(number);
        }
        out.writeEndArray();
    }

    private static void object(LogObject object, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        if (isWritten(object, written, out)) {
            return;
        }
        out.writeStartArray();
        out.writeNumber(object.index());
        out.writeString(object.source());
        out.writeString(object.account());
        out.writeString(object.region());
        out.writeString(object.flowLog());
        out.writeNumber(object.deliveredAt());
        out.writeEndArray();
    }

    private static void text(@Nullable String text, Map<Object, Integer> written, JsonGenerator out)
            throws IOException {
        if (text == null) {
            out.writeNull();
        } else if (!isWritten(text, written, out)) {
            out.writeString(text);
        }
    }

    /** Writes the number of what was written before; else remembers it and says no. */
    private static boolean isWritten(Object value, Map<Object, Integer> written, JsonGenerator out) throws IOException {
        Integer number = written.putIfAbsent(value, written.size());
        if (number != null) {
            out.writeNumber(number);
        }
        return number != null;
    }

    private static @Nullable String[] texts(Flow flow) {
        return new @Nullable String[] {
            flow.account(),
            flow.region(),
            flow.interfaceId(),
            flow.instanceId(),
            flow.vpcId(),
            flow.subnetId(),
            flow.direction().name()
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

    private static final int TEXTS = 7;
    private static final int NUMBERS = 19;

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    public static Flow read(List<Object> known, JsonParser in) throws IOException {
        in.nextToken();
        LogObject object = (LogObject) Objects.requireNonNull(value(known, in), "a flow's object");
        @Nullable String[] texts = new String[TEXTS];
        for (int i = 0; i < texts.length; i++) {
            in.nextToken();
            texts[i] = (String) value(known, in);
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
                n[18]);
    }

    /** The value at the parser: an object or text, which is known from now on; one known; or null. */
    private static @Nullable Object value(List<Object> known, JsonParser in) throws IOException {
        Object value;
        switch (in.currentToken()) {
            case VALUE_NULL -> {
                return null;
            }
            case VALUE_NUMBER_INT -> {
                return known.get(in.getIntValue());
            }
            case START_ARRAY -> {
                value = new LogObject(
                        in.nextIntValue(0),
                        String.valueOf(in.nextTextValue()),
                        in.nextTextValue(),
                        in.nextTextValue(),
                        in.nextTextValue(),
                        in.nextLongValue(0));
                in.nextToken();
            }
            default -> value = in.getText();
        }
        known.add(value);
        return value;
    }
}
