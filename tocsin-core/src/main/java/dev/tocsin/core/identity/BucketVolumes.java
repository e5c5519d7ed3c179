package dev.tocsin.core.identity;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How much somebody, or everybody at a bucket, calls: by bucket and purpose. */
public final class BucketVolumes {

    /** Buckets and purposes kept of one identity; beyond that those not used longest go. */
    static final int MOST = 64;

    /** All buckets together. */
    public static final String ALL = "";

    private final Map<Long, CallVolume> volumes = new TreeMap<>();

    private static long key(String bucket, BucketPurpose purpose) {
        return (long) bucket.hashCode() << 3 | purpose.number();
    }

    /** Adds {@code calls} of {@code purpose} to {@code bucket} at {@code at}. */
    public void add(String bucket, BucketPurpose purpose, long at, int calls) {
        long key = key(bucket, purpose);
        CallVolume volume = volumes.get(key);
        if (volume == null) {
            if (volumes.size() >= MOST) {
                volumes.remove(volumes.entrySet().stream()
                        .min(Comparator.comparingLong((Map.Entry<Long, CallVolume> one) ->
                                one.getValue().hour()))
                        .orElseThrow()
                        .getKey());
            }
            volume = new CallVolume();
            volumes.put(key, volume);
        }
        volume.add(at, calls);
    }

    CallVolume of(String bucket, BucketPurpose purpose) {
        return volumes.getOrDefault(key(bucket, purpose), new CallVolume());
    }

    /** The hour of the newest calls, since the epoch. */
    public long newest() {
        return volumes.values().stream().mapToLong(CallVolume::hour).max().orElse(Long.MIN_VALUE);
    }

    /** Writes it. */
    public void write(JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (Map.Entry<Long, CallVolume> one : volumes.entrySet()) {
            out.writeNumber(one.getKey());
            one.getValue().write(out);
        }
        out.writeEndArray();
    }

    /** Reads what {@link #write} wrote. */
    public static BucketVolumes read(JsonParser in) throws IOException {
        BucketVolumes read = new BucketVolumes();
        in.nextToken();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            long key = in.getLongValue();
            in.nextToken();
            read.volumes.put(key, CallVolume.read(in));
        }
        return read;
    }
}
