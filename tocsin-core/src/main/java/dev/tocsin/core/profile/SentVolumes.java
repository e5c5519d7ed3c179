package dev.tocsin.core.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much the host sends: to the peers that it sends much to, each for itself, and to all of them together. Of the days
 * before, the busiest hour and the sum of each are remembered.
 */
public final class SentVolumes {

    /** Peers remembered; of more, those heard of last stay. */
    static final int MOST_PEERS = 12;

    /** Days whose busiest hours and sums are remembered. */
    static final int MOST_DAYS = 28;

    private static final Comparator<HeavyPeer> STALEST =
            Comparator.<HeavyPeer>comparingLong(peer -> peer.now.lastStart()).thenComparingLong(peer -> peer.key);

    private final List<HeavyPeer> peers = new ArrayList<>();
    private final Rolling all = new Rolling();
    private final List<Long> hours = new ArrayList<>();
    private final List<Long> sums = new ArrayList<>();

    /** Adds {@code bytes} sent to {@code key} in the window that begins at {@code start}. */
    public HeavyPeer add(long key, long start, long bytes) {
        all.add(start, bytes);
        HeavyPeer peer = find(key);
        if (peer == null) {
            peer = new HeavyPeer(key);
            peers.add(peer);
            if (peers.size() > MOST_PEERS) {
                peers.remove(peers.subList(0, MOST_PEERS).stream().min(STALEST).orElseThrow());
            }
        }
        peer.now.add(start, bytes);
        return peer;
    }

    /** What is remembered of {@code key}, or null. */
    public @Nullable HeavyPeer peer(long key) {
        return find(key);
    }

    private @Nullable HeavyPeer find(long key) {
        for (HeavyPeer peer : peers) {
            if (peer.key == key) {
                return peer;
            }
        }
        return null;
    }

    /** The most that was sent in an hour, the busiest day left out: what happened once is no habit. Bytes. */
    public long usualHour() {
        return secondOf(hours);
    }

    /** The most that was sent on a day, the busiest one left out. Bytes. */
    public long usualDay() {
        return secondOf(sums);
    }

    private static long secondOf(List<Long> values) {
        long most = 0;
        long second = 0;
        for (long value : values) {
            if (value > most) {
                second = most;
                most = value;
            } else {
                second = Math.max(second, value);
            }
        }
        return second;
    }

    /** The busiest hours of the last days before, earliest first; at most {@code most}. */
    public List<Long> busiestHours(int most) {
        return List.copyOf(hours.subList(Math.max(0, hours.size() - most), hours.size()));
    }

    /** Bytes of the day's busiest hour. */
    long busiestHourToday() {
        return all.busiestHour();
    }

    /** Ends {@code day}, which {@code days} quiet ones may follow before the next. */
    void rollDay(long day, long days) {
        boolean disputed = peers.stream().anyMatch(peer -> peer.isDisputedOn(day));
        hours.add(disputed ? 0 : all.busiestHour());
        sums.add(disputed ? 0 : all.day());
        for (long i = 1; i < Math.min(days, MOST_DAYS); i++) {
            hours.add(0L);
            sums.add(0L);
        }
        while (hours.size() > MOST_DAYS) {
            hours.removeFirst();
            sums.removeFirst();
        }
        all.rollDay();
        peers.forEach(peer -> peer.rollDay(day));
        peers.removeIf(peer -> Days.of(peer.now.lastStart()) < day - MOST_DAYS);
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        all.write(out);
        out.writeNumber(hours.size());
        for (int i = 0; i < hours.size(); i++) {
            out.writeNumber(hours.get(i));
            out.writeNumber(sums.get(i));
        }
        for (HeavyPeer peer : peers) {
            peer.write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    void read(JsonParser in) throws IOException {
        all.read(in);
        int days = in.nextIntValue(0);
        for (int i = 0; i < days; i++) {
            hours.add(in.nextLongValue(0));
            sums.add(in.nextLongValue(0));
        }
        while (in.nextToken() != JsonToken.END_ARRAY) {
            peers.add(HeavyPeer.read(in));
        }
    }
}
