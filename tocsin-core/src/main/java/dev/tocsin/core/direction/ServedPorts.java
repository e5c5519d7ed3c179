package dev.tocsin.core.direction;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** The ports on which a host answers: those that many peers use, or that were seen to answer an opening. */
final class ServedPorts {

    /** Ports kept at once; a host that serves more is known by its most used ones. */
    static final int PLACES = 48;

    /** Different conversations on one local port before it counts as served. Ours: a client's port has one. */
    static final int LEAST_PEERS = 3;

    private static final int MOST = 1_000;

    private final int[] ports = new int[PLACES];
    private final int[] scores = new int[PLACES];
    private final int[] lastPeers = new int[PLACES];

    /** Notes that {@code port} was seen to answer an opening. */
    void answered(int port) {
        add(port, 0, LEAST_PEERS);
    }

    /** Notes a conversation of {@code port} with a peer, told from the last one by its digest. */
    void talked(int port, int peer) {
        add(port, peer, 1);
    }

    private void add(int port, int peer, int weight) {
        int free = -1;
        for (int i = 0; i < PLACES; i++) {
            if (scores[i] == 0) {
                free = free < 0 ? i : free;
            } else if (ports[i] == port) {
                if (weight > 1 || lastPeers[i] != peer) {
                    scores[i] = Math.min(MOST, scores[i] + weight);
                    lastPeers[i] = peer;
                }
                return;
            }
        }
        if (free >= 0) {
            ports[free] = port;
            scores[free] = weight;
            lastPeers[free] = peer;
            return;
        }
        for (int i = 0; i < PLACES; i++) {
            scores[i]--;
        }
    }

    /** Whether the host is known to answer on {@code port}. */
    boolean contains(int port) {
        for (int i = 0; i < PLACES; i++) {
            if (ports[i] == port && scores[i] >= LEAST_PEERS) {
                return true;
            }
        }
        return false;
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (int i = 0; i < PLACES; i++) {
            if (scores[i] > 0) {
                out.writeNumber(ports[i]);
                out.writeNumber(scores[i]);
                out.writeNumber(lastPeers[i]);
            }
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(JsonParser in) throws IOException {
        for (int i = 0; in.nextToken() != JsonToken.END_ARRAY; i++) {
            ports[i] = in.getIntValue();
            scores[i] = in.nextIntValue(0);
            lastPeers[i] = in.nextIntValue(0);
        }
    }
}
