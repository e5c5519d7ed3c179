package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.HostDetector;
import dev.tocsin.core.event.HostEvent;
import java.util.List;

/** What happens on one host: brings its processes forward, then shows the event to the detectors in the order of its log. */
public final class HostFunction implements KeyedFunction<HostEvent> {

    private final EngineServices services;
    private final List<HostDetector> detectors;

    /** A function that runs {@code detectors}. */
    public HostFunction(EngineServices services, List<Detector> detectors) {
        this.services = services;
        this.detectors = Detectors.of(HostDetector.class, detectors);
    }

    @Override
    public void onElement(HostEvent event, KeyContext context, Output out) {
        if (SeenHostLogs.check(event, context)) {
            out.count(event.origin().object(), Output.Count.DUPLICATE);
            return;
        }
        if (event.origin().object().isFuture(event.at())) {
            out.count(event.origin().object(), Output.Count.FUTURE);
        } else if (event.at() < context.watermark()) {
            out.count(event.origin().object(), Output.Count.LATE);
        }
        HostState state = HostState.after(event, context);
        DetectorContext detectorContext = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        for (HostDetector detector : detectors) {
            if (detector.actions().contains(event.action())) {
                detector.observe(event, state, detectorContext, signals);
            }
        }
    }

    @Override
    public void onTimer(long at, KeyContext context, Output out) {}
}
