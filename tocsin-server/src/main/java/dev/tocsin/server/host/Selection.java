package dev.tocsin.server.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.GlobalServices;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.server.source.Span;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records a run takes, and of which it speaks.
 *
 * @param span the time asked for
 * @param off features that are switched off
 * @param regions that have a detector; empty if each Region met has one
 */
public record Selection(Span span, Set<Feature> off, Set<String> regions) implements Wanted {

    /** Everything. */
    public static final Selection ALL = new Selection(Span.ALL, Set.of(), Set.of());

    @Override
    public @Nullable String leavesOut(Event event) {
        Feature feature = off.isEmpty() ? null : optional(event);
        if (feature != null && off.contains(feature)) {
            return "feature " + feature + " off";
        }
        if (!regions.isEmpty() && !isWatched(event)) {
            return "Region without a detector";
        }
        return span.leavesOut(event.at());
    }

    /** A global service's event belongs to every Region's detector. */
    private boolean isWatched(Event event) {
        return !Event.known(event.region())
                || regions.contains(event.region())
                || (event instanceof ApiCall call && GlobalServices.isGlobal(call));
    }

    /** The feature without which {@code event} is not analysed, or null if it always is. */
    public static @Nullable Feature optional(Event event) {
        if (event instanceof HostEvent) {
            return Feature.RUNTIME_MONITORING;
        }
        return event instanceof ApiCall call && call.isS3Data() ? Feature.S3_DATA_EVENTS : null;
    }

    /** Whether {@code signal} is of an event that only teaches. */
    boolean onlyTeaches(Signal signal) {
        return signal.last() < span.since();
    }

    /** Whether {@code finding} is of a type that is switched off, as a function's is told only once it is made. */
    boolean silences(FindingState finding) {
        if (off.isEmpty()) {
            return false;
        }
        FindingType type = Detectors.types().get(finding.type());
        return type != null && off.contains(type.feature());
    }
}
