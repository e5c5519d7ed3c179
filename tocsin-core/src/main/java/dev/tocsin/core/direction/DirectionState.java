package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What direction must remember of one interface: own addresses, served ports, a few connections. Integers, bounded. */
public final class DirectionState {

    /** A day, in seconds. */
    public static final long DAY_SECONDS = 24 * 60 * 60;

    final OwnAddresses own = new OwnAddresses();
    final ServedPorts served = new ServedPorts();
    final Connections connections = new Connections();

    private long day = Long.MIN_VALUE;

    /** Notes a record of {@code at}, epoch seconds; whether it is of a later day, UTC, than all before. */
    public boolean seenOn(long at) {
        long that = Math.floorDiv(at, DAY_SECONDS);
        boolean later = that > day;
        day = Math.max(day, that);
        return later;
    }

    /** Whether no record was seen on the {@code days} days before {@code at}, epoch seconds. */
    public boolean silentFor(int days, long at) {
        return day < Math.floorDiv(at, DAY_SECONDS) - days;
    }

    /** Nothing known yet. */
    public DirectionState() {}

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        own.write(out);
        served.write(out);
        connections.write(out);
        out.writeNumber(day);
        own.writeCommon(out);
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static DirectionState read(JsonParser in) throws IOException {
        DirectionState state = new DirectionState();
        in.nextToken();
        in.nextToken();
        state.own.read(in);
        in.nextToken();
        state.served.read(in);
        in.nextToken();
        state.connections.read(in);
        state.day = in.nextLongValue(0);
        if (in.nextToken() == JsonToken.START_ARRAY) { // not yet written by the first version
            state.own.readCommon(in);
            in.nextToken();
        }
        return state;
    }
}
