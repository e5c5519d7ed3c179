package dev.tocsin.core.detect;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which Tor relays a host talked with in an hour: what a client and a relay are told apart by. A client keeps to a few
 * guards, a relay speaks with hundreds of other relays, both ways.
 */
final class TorRelays {

    /** Length of the window in seconds, from the full hour. Ours. */
    static final long WINDOW_SECONDS = 3_600;

    /** Distinct relays remembered each way in a window; more than any threshold. */
    static final int MOST = 64;

    private static final Set<String> CATEGORIES = Set.of("tor", "tor-guard", "tor-authority", "tor-exit");

    /** Ports on which a relay's address serves other things: mail, names, time. No Tor traffic is read into them. */
    private static final Set<Integer> OTHER_SERVICES = Set.of(25, 53, 123);

    private TorRelays() {}

    /** The entries that call the peer a relay, if this can be Tor traffic at all: TCP, let through, no other service. */
    static List<Listed> entries(Conversation conversation) {
        Flow flow = conversation.flow();
        return flow.protocol() != Flow.TCP || OTHER_SERVICES.contains(conversation.localPort())
                ? List.of()
                : entries(conversation.threats(), conversation.remotePort());
    }

    /** Those of {@code threats} that call the peer of a TCP connection to {@code port} a relay. */
    static List<Listed> entries(List<Listed> threats, int port) {
        if (threats.isEmpty() || OTHER_SERVICES.contains(port)) {
            return List.of();
        }
        return threats.stream()
                .filter(entry -> !entry.own() && CATEGORIES.contains(entry.category()))
                .toList();
    }

    /** The number of the window of {@code seconds} that the flow falls into. */
    static long window(long seconds, Conversation conversation) {
        return Math.floorDiv(conversation.flow().at(), seconds);
    }

    /** The number of the window the flow falls into. */
    static long window(Conversation conversation) {
        return window(WINDOW_SECONDS, conversation);
    }

    /** Notes that the peer was met in the window of the flow, under {@code way}; how many distinct relays that makes. */
    static int meet(Detector detector, String way, Conversation conversation, Context context) {
        return meet(detector, way, WINDOW_SECONDS, conversation, context);
    }

    /** The same in the window of {@code seconds}. */
    static int meet(Detector detector, String way, long seconds, Conversation conversation, Context context) {
        return meet(
                detector,
                way,
                window(seconds, conversation),
                conversation.remote().toString(),
                context);
    }

    /** Notes that {@code relay} was met in {@code window}, under {@code way}; how many distinct relays that makes. */
    static int meet(Detector detector, String way, long window, String relay, Context context) {
        String name = way + "/" + window;
        Doc met = context.recall(detector, name);
        List<Object> relays =
                met != null && met.get("relays") instanceof List<?> known ? new ArrayList<>(known) : new ArrayList<>();
        if (!relays.contains(relay) && relays.size() < MOST) {
            relays.add(relay);
            context.remember(detector, name, new Doc().with("relays", relays));
            context.remember(detector, way + "/" + (window - 2), null);
        }
        return relays.size();
    }

    /** How many distinct relays were met under {@code way} in the window of the flow. */
    static int met(Detector detector, String way, Conversation conversation, Context context) {
        return met(detector, way, window(conversation), context);
    }

    /** How many distinct relays were met under {@code way} in {@code window}. */
    static int met(Detector detector, String way, long window, Context context) {
        Doc met = context.recall(detector, way + "/" + window);
        return met != null && met.get("relays") instanceof List<?> known ? known.size() : 0;
    }

    /** How many distinct relays were met under {@code way} in the window of {@code seconds} and in the one before. */
    static int metInTwo(Detector detector, String way, long seconds, Conversation conversation, Context context) {
        long window = window(seconds, conversation);
        Set<Object> relays = new HashSet<>();
        for (long one = window - 1; one <= window; one++) {
            Doc met = context.recall(detector, way + "/" + one);
            if (met != null && met.get("relays") instanceof List<?> known) {
                relays.addAll(known);
            }
        }
        return relays.size();
    }

    /** Whether nothing was said of the flow's window yet; from then on something was. */
    static boolean first(Detector detector, Conversation conversation, Context context) {
        String name = "said/" + window(conversation);
        if (context.recall(detector, name) != null) {
            return false;
        }
        context.remember(detector, name, new Doc().with("said", true));
        context.remember(detector, "said/" + (window(conversation) - 2), null);
        return true;
    }
}
