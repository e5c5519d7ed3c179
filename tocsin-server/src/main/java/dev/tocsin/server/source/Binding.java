package dev.tocsin.server.source;

import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.input.container.ObjectReport.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a source may bring. Who holds the key of one source cannot speak for other accounts, logs or Regions.
 *
 * @param accounts whose logs; empty for all
 * @param log which log; null for all
 * @param region of which Region; null for all
 */
public record Binding(
        Set<String> accounts, @Nullable Kind log, @Nullable String region) {

    /** To nothing in particular. */
    public static final Binding NONE = new Binding(Set.of(), null, null);

    /** Why {@code event} is not believed, or null if it is one that the source may bring. */
    public @Nullable String rejects(Event event) {
        if (log != null && !isOf(log, event)) {
            return "no record of the log " + log.wireName() + ", to which its source is bound";
        }
        if (!accounts.isEmpty() && Event.known(event.account()) && !accounts.contains(event.account())) {
            return "account " + event.account() + ", to which its source is not bound";
        }
        if (region != null && Event.known(event.region()) && !region.equals(event.region())) {
            return "Region " + event.region() + ", to which its source is not bound";
        }
        return null;
    }

    private static boolean isOf(Kind log, Event event) {
        return switch (log) {
            case CLOUDTRAIL -> event instanceof ApiCall;
            case DNS -> event instanceof NameQuery;
            case VPCFLOW, LAMBDA -> event instanceof Flow;
            case RUNTIME -> event instanceof HostEvent;
            case NOTIFICATION, UNKNOWN -> false;
        };
    }

    /**
     * A folder, in the layout of AWS's keys, for objects of such a source: records that name no account or Region have
     * these.
     */
    String folder() {
        String account =
                accounts.size() == 1 ? "aws-account-id=" + accounts.iterator().next() + "/" : "";
        return account + (region == null ? "" : "aws-region=" + region + "/") + (log == null ? "" : folder(log) + "/");
    }

    private static String folder(Kind log) {
        return switch (log) {
            case CLOUDTRAIL -> "CloudTrail";
            case VPCFLOW -> "vpcflowlogs";
            case DNS -> "vpcdnsquerylogs";
            case LAMBDA, RUNTIME, NOTIFICATION, UNKNOWN -> log.wireName();
        };
    }
}
