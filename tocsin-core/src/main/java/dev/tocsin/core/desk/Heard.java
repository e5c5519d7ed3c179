package dev.tocsin.core.desk;

import dev.tocsin.core.detect.FlowSignal;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.StateKind;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What hosts were found to do lately, by type and peer: so that the same traffic seen at a NAT gateway or balancer makes
 * no second finding.
 */
final class Heard {

    /** How far the same traffic's signals from two interfaces lie apart at most, in seconds of event time. */
    static final long JOIN_SECONDS = 900;

    /**
     * The same for what many records add up to, in seconds: a box, which sees them more than once and those of other hosts
     * too, may reach a threshold some windows before the host does.
     */
    static final long ACTIVITY_SECONDS = 3 * JOIN_SECONDS;

    /** Pairs of type and peer kept for a share of {@link #JOIN_SECONDS}; beyond that a box may speak again. */
    static final int MAX_PAIRS = 2_000;

    /** Spans of {@link #JOIN_SECONDS} noted of a signal about a long time: its last ones, in which others hear of it. */
    static final int MOST_SPANS = 4;

    private static final int SPANS_KEPT = 8;
    private static final int SHARES = 16;
    private static final StateKind<Doc> KIND = StateKind.ofDocs("heard", 1);

    private Heard() {}

    /** Notes that a host is the subject of {@code signal}. */
    static void note(Signal signal, KeyContext context) {
        String peer = peer(signal);
        if (peer == null) {
            return;
        }
        long hash = Hash.of(signal.type().name() + "|" + peer);
        long from = Math.max(signal.first(), signal.last() - MOST_SPANS * JOIN_SECONDS);
        for (long span = span(from); span <= span(signal.last()); span++) {
            String name = name(span, hash);
            Doc pairs = context.get(KIND, name);
            if (pairs == null) {
                pairs = new Doc();
                context.timerAt(end(span));
            }
            if (pairs.members().size() < MAX_PAIRS) {
                context.put(KIND, name, pairs.with(Long.toHexString(hash), true));
            }
        }
    }

    /** How long a box's {@code signal} waits for the same of a host, in seconds after its last packet. */
    static long waitSeconds(Signal signal) {
        boolean addsUp = signal.facts().containsKey(FlowSignal.ACTIVITY)
                || signal.facts().containsKey(Signal.AMOUNT);
        return addsUp ? ACTIVITY_SECONDS : JOIN_SECONDS;
    }

    /**
     * Whether a host is the subject of what {@code signal} says too. What comes into a box on its way from a host is outbound
     * there.
     */
    static boolean of(Signal signal, KeyContext context) {
        String peer = peer(signal);
        return peer != null && (isHeard(signal, peer, context) || isHeard(signal, turned(peer), context));
    }

    private static String turned(String activity) {
        return activity.startsWith(FlowSignal.INWARD)
                ? FlowSignal.OUTWARD + activity.substring(FlowSignal.INWARD.length())
                : activity;
    }

    private static boolean isHeard(Signal signal, String peer, KeyContext context) {
        long hash = Hash.of(signal.type().name() + "|" + peer);
        long behind = waitSeconds(signal) / JOIN_SECONDS;
        for (long span = span(signal.first()) - 1; span <= span(signal.last()) + behind; span++) {
            Doc pairs = context.get(KIND, name(span, hash));
            if (pairs != null && pairs.get(Long.toHexString(hash)) != null) {
                return true;
            }
        }
        return false;
    }

    /** Forgets the span that ends to matter at {@code at}. */
    static void forget(long at, KeyContext context) {
        long span = span(at) - SPANS_KEPT;
        if (end(span) == at) {
            for (int share = 0; share < SHARES; share++) {
                context.remove(KIND, span + "/" + share);
            }
        }
    }

    private static long span(long at) {
        return Math.floorDiv(at, JOIN_SECONDS);
    }

    private static long end(long span) {
        return (span + SPANS_KEPT) * JOIN_SECONDS;
    }

    private static String name(long span, long hash) {
        return span + "/" + (hash & (SHARES - 1));
    }

    /** The other side: what the host does to many, where the signal says that; else a remote address or the name asked. */
    static @Nullable String peer(Signal signal) {
        String activity = signal.facts().get(FlowSignal.ACTIVITY);
        return activity == null ? peer(signal.action()) : activity;
    }

    private static @Nullable String peer(Doc action) {
        for (Object part : action.members().values()) {
            if (part instanceof Doc doc) {
                String found = inPart(doc);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable String inPart(Doc part) {
        if (part.get("portProbeDetails") instanceof List<?> probes && probes.getFirst() instanceof Doc first) {
            return inPart(first);
        }
        Doc remote = part.part("remoteIpDetails");
        String address = remote.text("ipAddressV4") != null ? remote.text("ipAddressV4") : remote.text("ipAddressV6");
        return address != null ? address : part.text("domain");
    }
}
