package dev.tocsin.core.profile;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A value that the host used for the first time within a day: how often and how much, window by window. */
public final class Fresh {

    /** Windows remembered of a value; the last ones stay. */
    static final int MOST_BINS = 12;

    final long key;
    private final long first;
    private long sessions;
    private long bytes;
    private boolean told;
    private final List<long[]> bins = new ArrayList<>();

    Fresh(long key, long first) {
        this.key = key;
        this.first = first;
    }

    void add(long window, long moreSessions, long moreBytes) {
        sessions += moreSessions;
        bytes += moreBytes;
        long[] last = bins.isEmpty() ? null : bins.getLast();
        if (last == null || last[0] != window) {
            last = new long[] {window, 0, 0};
            bins.add(last);
            if (bins.size() > MOST_BINS) {
                bins.removeFirst();
            }
        }
        last[1] += moreSessions;
        last[2] += moreBytes;
    }

    /** Epoch seconds of the first use. */
    public long first() {
        return first;
    }

    /** Connections since, about. */
    public long sessions() {
        return sessions;
    }

    /** Bytes both ways since. */
    public long bytes() {
        return bytes;
    }

    /** Whether it was told once. */
    public boolean isTold() {
        return told;
    }

    /** Notes that it was told. */
    public void tell() {
        told = true;
    }

    /** The windows as a small time series: their starts, connections and bytes. */
    public Doc series() {
        return new Doc()
                .with("starts", bins.stream().map(bin -> bin[0]).toList())
                .with("connections", bins.stream().map(bin -> bin[1]).toList())
                .with("bytes", bins.stream().map(bin -> bin[2]).toList());
    }

    void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(key);
        out.writeNumber(first);
        out.writeNumber(sessions);
        out.writeNumber(bytes);
        out.writeNumber(told ? 1 : 0);
        for (long[] bin : bins) {
            for (long number : bin) {
                out.writeNumber(number);
            }
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote; the parser stands at the array's start. */
    static Fresh read(JsonParser in) throws IOException {
        long key = in.nextLongValue(0);
        Fresh fresh = new Fresh(key, in.nextLongValue(0));
        fresh.sessions = in.nextLongValue(0);
        fresh.bytes = in.nextLongValue(0);
        fresh.told = in.nextIntValue(0) == 1;
        while (in.nextToken() != JsonToken.END_ARRAY) {
            fresh.bins.add(new long[] {in.getLongValue(), in.nextLongValue(0), in.nextLongValue(0)});
        }
        return fresh;
    }
}
