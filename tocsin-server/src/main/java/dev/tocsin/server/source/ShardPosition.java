package dev.tocsin.server.source;

import org.jspecify.annotations.Nullable;

/**
 * Where to go on in a shard.
 *
 * @param after the sequence number of the last record read
 * @param seenAt epoch seconds up to which nothing that arrived was missed: the last record's arrival, or when the shard was
 *     last seen to hold no more
 */
record ShardPosition(String after, long seenAt) {

    private static final char DIVIDER = '@';

    /** What {@link #text} gave, or null. */
    static @Nullable ShardPosition parse(@Nullable String text) {
        int divider = text == null ? -1 : text.indexOf(DIVIDER);
        return text == null || divider < 0
                ? null
                : new ShardPosition(text.substring(0, divider), Long.parseLong(text.substring(divider + 1)));
    }

    /** As it is kept. */
    String text() {
        return after + DIVIDER + seenAt;
    }
}
