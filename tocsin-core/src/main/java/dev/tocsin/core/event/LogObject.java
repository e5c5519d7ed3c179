package dev.tocsin.core.event;

import org.jspecify.annotations.Nullable;

/**
 * One object of a source (a file, an S3 object, an archive's member) as records refer to it.
 *
 * @param index its place in the order of processing, from 0; ledger counts refer to it
 * @param source its name as the ledger shows it: PATH as given joined with the rest by {@code /}, or an S3 URI
 * @param account the account that its key names, or null
 * @param region the Region that its key names, or null
 * @param flowLog the {@code fl-} id that its key names, or null
 * @param deliveredAt epoch seconds at which it was delivered: from the key, else its modified time; event time is
 *     believed only up to this plus {@link #BELIEF_SECONDS}; {@link Long#MAX_VALUE} if nothing is known
 */
public record LogObject(
        int index,
        String source,
        @Nullable String account,
        @Nullable String region,
        @Nullable String flowLog,
        long deliveredAt) {

    /** How far past its delivery a record's own time is believed, in seconds (design: Order). */
    public static final long BELIEF_SECONDS = 15 * 60;

    /** An object of which only the name is known, for tests and single records. */
    public static LogObject named(String source) {
        return new LogObject(0, source, null, null, null, Long.MAX_VALUE);
    }

    /** Whether it is a stretch of a stream, whose records were written one by one, by producers that may repeat them. */
    public boolean isStream() {
        return source.startsWith("kafka://") || source.startsWith("kinesis://");
    }

    /** Whether an event at {@code at} claims to lie beyond what this object's delivery makes believable. */
    public boolean isFuture(long at) {
        return at > believedUntil();
    }

    /** The last event time, epoch seconds, that this object's delivery makes believable. */
    public long believedUntil() {
        return deliveredAt == Long.MAX_VALUE ? Long.MAX_VALUE : deliveredAt + BELIEF_SECONDS;
    }
}
