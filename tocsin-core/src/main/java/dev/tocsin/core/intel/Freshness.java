package dev.tocsin.core.intel;

/**
 * How fresh the entries of one category are.
 *
 * @param seen when the newest was last seen, epoch seconds; 0 if none is dated
 * @param until the last time at which any still fires, epoch seconds; {@link Long#MAX_VALUE} if one never ages, {@link
 *     Long#MIN_VALUE} if none can fire
 */
public record Freshness(long seen, long until) {

    /** Nothing so far. */
    static final Freshness NONE = new Freshness(0, Long.MIN_VALUE);

    /** The fresher of both. */
    Freshness or(long lastSeen, long fires) {
        return lastSeen <= seen && fires <= until
                ? this
                : new Freshness(Math.max(seen, lastSeen), Math.max(until, fires));
    }
}
