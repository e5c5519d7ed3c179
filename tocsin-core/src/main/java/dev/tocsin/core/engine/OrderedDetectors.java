package dev.tocsin.core.engine;

import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.finding.Signal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the detectors whose verdict hangs on earlier calls. Each call is shown to them twice: when it comes, against what
 * was known by then, for a word that is provisional; and in the order of time once
 * no earlier call is awaited, for the last word.
 */
final class OrderedDetectors {

    private final EngineServices services;
    private final Map<String, List<ApiCallDetector>> byAction = new HashMap<>();

    OrderedDetectors(EngineServices services) {
        this.services = services;
    }

    void add(ApiCallDetector detector) {
        detector.actions()
                .forEach(action -> byAction.computeIfAbsent(action, none -> new ArrayList<>())
                        .add(detector));
    }

    void observe(ApiCall call, KeyContext context, Output out) {
        List<ApiCallDetector> asked = byAction.get(call.action());
        if (asked == null) {
            return;
        }
        EarlyContext early = new EarlyContext(services, context);
        if (call.origin().object().isFuture(call.at())) {
            asked.forEach(detector -> detector.observe(call, early.withoutMemory(), out::signal));
        } else if (OrderedCalls.add(call, context)) {
            String due = String.valueOf(OrderedCalls.due(call.at()));
            asked.forEach(detector ->
                    detector.observe(call, early, signal -> out.signal(signal.withFact(Signal.ORDER, due))));
        } else {
            asked.forEach(detector -> detector.observe(call, early, ignored -> {}));
            decide(call, asked, context, out);
        }
    }

    /** Says the last word on the calls that {@code at} was the time for. */
    void judge(long at, KeyContext context, Output out) {
        List<ApiCall> calls = OrderedCalls.take(at, context);
        calls.forEach(call -> decide(call, byAction.getOrDefault(call.action(), List.of()), context, out));
        if (!calls.isEmpty() && OrderedCalls.isEmpty(context)) {
            EarlyContext.forget(context);
        }
    }

    private void decide(ApiCall call, List<ApiCallDetector> asked, KeyContext context, Output out) {
        DetectorContext settled = new DetectorContext(services, context);
        asked.forEach(detector ->
                detector.observe(call, settled, signal -> out.signal(signal.withFact(Signal.ORDER, Signal.SETTLED))));
    }
}
