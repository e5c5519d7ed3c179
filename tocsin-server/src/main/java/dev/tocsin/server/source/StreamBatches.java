package dev.tocsin.server.source;

import dev.tocsin.input.container.StreamRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes batches of fetched records. Where one ends depends on size too; what it is called and believed does not. */
final class StreamBatches {

    /** Bytes of a batch from which on it takes no more, so that several are decoded at once. */
    static final long MOST_BYTES = 2L << 20;

    /** Records of a batch at most. */
    static final int MOST_RECORDS = 10_000;

    /** Records of one batch were delivered within one such slot: event time is believed by its end. In seconds. */
    static final long SLOT_SECONDS = 300;

    private final String source;
    private final StreamBatch.Form form;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Map<String, Long> orderedAt = new HashMap<>();
    private List<StreamBatch> done = new ArrayList<>();
    private long made;

    private static final class Open {
        private final String name;
        private final long slot;
        private final List<StreamRecord> records = new ArrayList<>();
        private long bytes;
        private String next = "";

        Open(String name, long slot) {
            this.name = name;
            this.slot = slot;
        }
    }

    /** Batches of {@code source}, whose records have {@code form}. */
    StreamBatches(String source, StreamBatch.Form form) {
        this.source = source;
        this.form = form;
    }

    /**
     * Takes the next record of {@code lane}.
     *
     * @param name of the stretch that it lies in
     * @param deliveredAt epoch seconds
     * @param next where to go on behind it
     */
    void add(String lane, String name, StreamRecord record, long deliveredAt, String next) {
        long slot = Math.floorDiv(deliveredAt, SLOT_SECONDS);
        Open batch = open.get(lane);
        if (batch != null
                && (batch.slot != slot
                        || batch.bytes >= MOST_BYTES
                        || batch.records.size() >= MOST_RECORDS
                        || !batch.name.equals(name))) {
            end(lane);
            batch = null;
        }
        if (batch == null) {
            batch = new Open(name, slot);
            open.put(lane, batch);
        }
        batch.records.add(record);
        batch.bytes += record.size();
        batch.next = next;
    }

    /** Says that records of {@code lane}, called {@code name}, are lost; it goes on at {@code next}. */
    void lose(String lane, String name, StreamBatch.Lost lost, String next) {
        end(lane);
        done.add(batch(lane, name, List.of(), Long.MAX_VALUE, orderedAt.getOrDefault(lane, 0L), next, lost));
    }

    /** Says that {@code lane} goes on at {@code next}, though no record says so. */
    void note(String lane, String next) {
        end(lane);
        long at = orderedAt.getOrDefault(lane, 0L);
        done.add(batch(lane, source + " " + lane, List.of(), Long.MAX_VALUE, at, next, null));
    }

    private void end(String lane) {
        Open batch = open.remove(lane);
        if (batch != null) {
            long delivered = batch.slot * SLOT_SECONDS + SLOT_SECONDS - 1;
            long at = orderedAt.merge(lane, batch.slot * SLOT_SECONDS, Math::max);
            done.add(batch(lane, batch.name, batch.records, delivered, at, batch.next, null));
        }
    }

    private StreamBatch batch(
            String lane,
            String name,
            List<StreamRecord> records,
            long deliveredAt,
            long at,
            String next,
            StreamBatch.@Nullable Lost lost) {
        return new StreamBatch(source, lane, name, records, deliveredAt, ++made, at, next, form, lost);
    }

    /** What was taken since the last time. */
    List<StreamBatch> take() {
        List.copyOf(open.keySet()).forEach(this::end);
        List<StreamBatch> taken = done;
        done = new ArrayList<>();
        return taken;
    }
}
