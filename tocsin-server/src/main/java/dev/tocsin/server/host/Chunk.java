package dev.tocsin.server.host;

import dev.tocsin.core.event.Event;
import java.util.List;

/**
 * Part of an object's records, in their order.
 *
 * @param events the records
 * @param last whether it is the object's last chunk
 */
record Chunk(List<Event> events, boolean last) {

    /** Records in a chunk: small enough that a large object streams, large enough to cost nothing. */
    static final int SIZE = 2_048;
}
