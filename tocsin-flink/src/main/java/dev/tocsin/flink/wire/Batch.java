package dev.tocsin.flink.wire;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.flink.order.Turned;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Records of one key that stand near each other in one object. They travel together, so that what they share is written
 * once.
 *
 * @param turn the stamp of the object's turn
 * @param chunk which part of the object's records, from 0
 * @param kind of the records
 * @param key the engine's
 * @param object they stand in
 * @param records in their order
 */
public record Batch(long turn, int chunk, Kind kind, String key, LogObject object, List<Entry> records)
        implements Turned {

    /**
     * A record.
     *
     * @param place in its chunk, from 0
     * @param event what it tells
     */
    public record Entry(int place, Event event) {}

    private record Of(Kind kind, String key, LogObject object) {}

    /** {@code events}, which are {@code chunk} of an object whose turn is {@code turn}, by key. */
    public static Collection<Batch> of(long turn, int chunk, List<Event> events) {
        Map<Of, Batch> batches = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Of of = new Of(Kind.of(event), Kind.key(event), event.origin().object());
            batches.computeIfAbsent(
                            of, one -> new Batch(turn, chunk, one.kind(), one.key(), one.object(), new ArrayList<>()))
                    .records()
                    .add(new Entry(i, event));
        }
        return batches.values();
    }
}
