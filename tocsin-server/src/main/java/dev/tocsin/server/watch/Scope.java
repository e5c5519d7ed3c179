package dev.tocsin.server.watch;

import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Times;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.source.Binding;
import dev.tocsin.server.source.Span;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which accounts, Regions and times are analysed.
 *
 * @param accounts empty for all
 * @param regions empty for all
 * @param from of each source, epoch seconds: earlier events only teach; {@link Long#MIN_VALUE} for none
 * @param bindings of sources that may bring some logs only
 */
public record Scope(Set<String> accounts, Set<String> regions, Map<String, Long> from, Map<String, Binding> bindings) {

    /** Whether {@code source} brings functions' flow records alone, as its binding says. */
    boolean bringsFunctions(String source) {
        return bindings.getOrDefault(source, Binding.NONE).log() == ObjectReport.Kind.LAMBDA;
    }

    /** What speaks: from the earliest begin of a source on. */
    Span speaks() {
        long since = from.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
        return span(since);
    }

    /** What of a source that begins at {@code from} teaches and speaks. */
    static Span span(long from) {
        long teach = from == Long.MIN_VALUE ? from : from - Span.TEACH_SECONDS;
        return new Span(teach, from, Long.MAX_VALUE);
    }

    /**
     * Why {@code event} is not believed, or null: it says another account or Region than the key of its {@code object},
     * under which only AWS writes, is not what its {@code source} may bring, or is of an account that nobody configured.
     */
    @Nullable
    String rejects(String source, LogObject object, Event event) {
        String unbound = bindings.getOrDefault(source, Binding.NONE).rejects(event);
        if (unbound != null) {
            return unbound;
        }
        if (disagree(object.account(), event.account())) {
            return "account " + event.account() + " in an object of account " + object.account();
        }
        if (disagree(object.region(), event.region())) {
            return "Region " + event.region() + " in an object of Region " + object.region();
        }
        return accounts.isEmpty() || accounts.contains(event.account())
                ? null
                : "account " + event.account() + " is not configured";
    }

    private static boolean disagree(@Nullable String key, String event) {
        return key != null && Event.known(event) && !key.equals(event);
    }

    /**
     * Why {@code event} of {@code source} is left out, or null. What is older than the begin of its own source, but not of
     * another, would speak, and so it does not teach either.
     */
    @Nullable
    String leavesOut(String source, Event event) {
        if (!regions.isEmpty() && Event.known(event.region()) && !regions.contains(event.region())) {
            return "Region not configured";
        }
        long begin = from.getOrDefault(source, Long.MIN_VALUE);
        if (begin > speaks().since() && event.at() < begin) {
            return "before " + Times.iso(begin) + ", where its source begins";
        }
        return speaks().leavesOut(event.at());
    }
}
