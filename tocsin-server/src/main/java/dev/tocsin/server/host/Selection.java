package dev.tocsin.server.host;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.GlobalServices;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.FindingType.Feature;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.server.source.Span;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which records a run takes, and of which it speaks.
 *
 * @param span the time asked for
 * @param off features that are switched off
 * @param regions that have a detector; empty if each Region met has one
 * @param ofFunction tells flow records of functions' interfaces
 */
public record Selection(Span span, Set<Feature> off, Set<String> regions, Predicate<Flow> ofFunction)
        implements Wanted {

    /** Everything. */
    public static final Selection ALL = new Selection(Span.ALL, Set.of(), Set.of());

    /** One that knows of no function's interface. */
    public Selection(Span span, Set<Feature> off, Set<String> regions) {
        this(span, off, regions, flow -> false);
    }

    @Override
    public @Nullable String leavesOut(Event event) {
        String feature = off.isEmpty() ? null : offFeature(event, off, ofFunction);
        if (feature != null) {
            return feature;
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

    /**
     * Why {@code event} is not analysed while the features {@code off} are switched off, or null if it is.
     *
     * @param ofFunction tells flow records of functions' interfaces
     */
    public static @Nullable String offFeature(Event event, Set<Feature> off, Predicate<Flow> ofFunction) {
        if (event instanceof ApiCall call) {
            return call.isS3Data() && off.contains(Feature.S3_DATA_EVENTS) ? "feature S3_DATA_EVENTS off" : null;
        }
        if (event instanceof Flow flow) {
            return off.contains(Feature.LAMBDA_NETWORK_LOGS) && ofFunction.test(flow)
                    ? "feature LAMBDA_NETWORK_LOGS off"
                    : null;
        }
        if (event instanceof HostEvent) {
            return off.contains(Feature.RUNTIME_MONITORING) ? "feature RUNTIME_MONITORING off" : null;
        }
        return null;
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
