package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** What direction must remember of one interface: own addresses, served ports, a few connections. Integers, bounded. */
public final class DirectionState {

    final OwnAddresses own = new OwnAddresses();
    final ServedPorts served = new ServedPorts();
    final Connections connections = new Connections();

    /** Nothing known yet. */
    public DirectionState() {}

    /** Writes it as one CBOR array. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        own.write(out);
        served.write(out);
        connections.write(out);
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
        in.nextToken();
        return state;
    }
}
