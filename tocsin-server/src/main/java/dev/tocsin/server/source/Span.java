package dev.tocsin.server.source;

import dev.tocsin.core.finding.Times;
import org.jspecify.annotations.Nullable;

/**
 * The time that is asked about; all in epoch seconds, both ends taken in.
 *
 * @param teachSince earlier events are left out; {@link Long#MIN_VALUE} for none
 * @param since events from there on make findings, those before only teach; {@link Long#MIN_VALUE} for all
 * @param until later events are left out; {@link Long#MAX_VALUE} for none
 */
public record Span(long teachSince, long since, long until) {

    /** What is taken in before {@code since} unless it is said, in seconds: 35 days (commands: --teach-since). */
    public static final long TEACH_SECONDS = 35L * 24 * 60 * 60;

    /** No bound. */
    public static final Span ALL = new Span(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    /** Why an event at {@code at} is left out, or null if it is wanted. */
    public @Nullable String leavesOut(long at) {
        if (at < teachSince) {
            return "before " + Times.iso(teachSince) + ", where teaching begins";
        }
        return at > until ? "after " + Times.iso(until) + ", the end of the time asked for" : null;
    }
}
