package dev.tocsin.core.engine;

import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.LookupDetector;
import dev.tocsin.core.detect.NameQueryDetector;
import dev.tocsin.core.event.NameQuery;
import java.util.List;

/** Name queries of one host or forwarder: drops duplicates, then shows each query to the detectors. */
public final class NameFunction implements KeyedFunction<NameQuery> {

    private final EngineServices services;
    private final List<NameQueryDetector> detectors;
    private final LookupWindows windows;
    private final SeenQueries seen = new SeenQueries();

    /** A function that runs {@code detectors}. */
    public NameFunction(EngineServices services, List<Detector> detectors) {
        this.services = services;
        this.detectors = Detectors.of(NameQueryDetector.class, detectors);
        this.windows = new LookupWindows(services, Detectors.of(LookupDetector.class, detectors));
    }

    /**
     * The key of {@code query}: account and Region, then the instance; else the resolver endpoint, behind which a whole
     * network asks; else VPC and client address.
     */
    public static String key(NameQuery query) {
        String place = query.account() + "/" + query.region() + "/";
        if (query.instanceId() != null) {
            return place + query.instanceId();
        }
        return query.resolverEndpoint() != null
                ? place + query.resolverEndpoint()
                : place + query.vpcId() + "/" + query.sourceAddress();
    }

    /** Whether {@code key} is that of an instance. */
    static boolean isInstance(String key) {
        return key.startsWith("i-", key.lastIndexOf('/') + 1);
    }

    @Override
    public void onElement(NameQuery query, KeyContext context, Output out) {
        if (seen.check(query, context)) {
            out.count(query.origin().object(), Output.Count.DUPLICATE);
            return;
        }
        if (query.origin().object().isFuture(query.at())) {
            out.count(query.origin().object(), Output.Count.FUTURE);
        } else if (query.at() < context.watermark()) {
            out.count(query.origin().object(), Output.Count.LATE);
        } else {
            windows.add(query, context); // of those behind the watermark nobody knows whether they are duplicates
        }
        DetectorContext detectorContext = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        for (NameQueryDetector detector : detectors) {
            detector.observe(query, detectorContext, signals);
        }
    }

    @Override
    public void onTimer(long at, KeyContext context, Output out) {
        seen.forget(at, context);
        windows.onTimer(at, context, out);
    }
}
