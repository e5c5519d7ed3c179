package dev.tocsin.server.watch;

import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.source.StreamLane;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one source brought since the service started. Safe for use by many threads. */
public final class SourceCounts {

    private final Map<String, Long> objects = new TreeMap<>();
    private final Map<String, Long> records = new TreeMap<>();
    private final Map<String, Long> messages = new TreeMap<>();
    private List<StreamLane> lanes = List.of();
    private long newest = Long.MIN_VALUE;
    private @Nullable Long last;
    private @Nullable String trouble = "not asked yet";

    /** An object is done at {@code now}. {@code newestEvent} is the time of the source's newest records; both epoch seconds. */
    synchronized void add(LedgerRow row, long newestEvent, long now) {
        last = now;
        objects.merge(row.status(), 1L, Long::sum);
        records.merge("accepted", row.accepted(), Long::sum);
        records.merge("ignored", row.ignored(), Long::sum);
        records.merge("rejected", row.rejected(), Long::sum);
        newest = Math.max(newest, newestEvent);
    }

    /** A message of the source's queue is {@code done}, {@code ignored}, {@code set aside} or was {@code redelivered}. */
    synchronized void message(String result) {
        messages.merge(result, 1L, Long::sum);
    }

    /** How far reading has come in the lanes of the source's stream. */
    synchronized void lanes(List<StreamLane> now) {
        lanes = List.copyOf(now);
    }

    /** The lanes of the source's stream; of other sources none. */
    public synchronized List<StreamLane> lanes() {
        return lanes;
    }

    /** Messages by what became of them. */
    public synchronized Map<String, Long> messages() {
        return new TreeMap<>(messages);
    }

    /** The source answered, or did not: then why. */
    synchronized void answered(@Nullable String why) {
        trouble = why;
    }

    /** Why the source does not answer, or null. */
    public synchronized @Nullable String trouble() {
        return trouble;
    }

    /** Objects by status. */
    public synchronized Map<String, Long> objects() {
        return new TreeMap<>(objects);
    }

    /** Records by what became of them. */
    public synchronized Map<String, Long> records() {
        return new TreeMap<>(records);
    }

    /** When the last object was done, epoch seconds; null if none was. */
    public synchronized @Nullable Long last() {
        return last;
    }

    /** How far the newest records lie behind {@code now}, epoch seconds; null if none have come. */
    public synchronized @Nullable Long lag(long now) {
        return newest == Long.MIN_VALUE ? null : Math.max(0, now - newest);
    }
}
