package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.Conversation;
import dev.tocsin.core.detect.Conversation.Opener;
import dev.tocsin.core.detect.Detector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.detect.FlowDetector;
import dev.tocsin.core.detect.HabitDetector;
import dev.tocsin.core.detect.Listed;
import dev.tocsin.core.detect.ThreatLookup;
import dev.tocsin.core.detect.TrafficDetector;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.direction.DirectionFinder.Side;
import dev.tocsin.core.direction.DirectionState;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import java.io.IOException;
import java.util.List;

/**
 * Flows of one interface: drops duplicates and second flow logs, finds out whose side is whose and who opened, then
 * shows each flow to the detectors and adds it to its window. A flow with a listed peer whose opener a later record could still change waits for
 * the watermark; all others are shown at once.
 */
public final class InterfaceFunction implements KeyedFunction<Flow> {

    /** How much later the record of a connection's other direction may end, in seconds: the longest aggregation window. */
    static final long PAIR_SECONDS = 600;

    /** Days of silence after which an interface is forgotten: many live for minutes. Ours. */
    static final int FORGOTTEN_DAYS = 7;

    private static final long MINUTE = 60;
    static final String ONLY = "";

    static final StateKind<DirectionState> DIRECTION = new StateKind<>("direction", 2, new StateKind.Codec<>() {
        @Override
        public void write(DirectionState state, JsonGenerator out) throws IOException {
            state.write(out);
        }

        @Override
        public DirectionState read(JsonParser in, int version) throws IOException {
            return DirectionState.read(in);
        }
    });

    private final EngineServices services;
    private final ThreatLookup threats;
    private final List<FlowDetector> detectors;
    private final TrafficWindows windows;
    private final Profiles profiles;
    private final SeenFlows seen = new SeenFlows();

    /** A function that runs {@code detectors} over flows whose peers {@code threats} knows. */
    public InterfaceFunction(EngineServices services, ThreatLookup threats, List<Detector> detectors) {
        this.services = services;
        this.threats = threats;
        this.detectors = Detectors.of(FlowDetector.class, detectors);
        this.profiles = new Profiles(services, Detectors.of(HabitDetector.class, detectors));
        this.windows = new TrafficWindows(services, Detectors.of(TrafficDetector.class, detectors), profiles);
    }

    /** The key of {@code flow}: account, Region and interface. */
    public static String key(Flow flow) {
        return flow.account() + "/" + flow.region() + "/" + flow.interfaceId();
    }

    @Override
    public void onElement(Flow flow, KeyContext context, Output out) {
        LogObject object = flow.origin().object();
        if (!seen.add(flow, context)) {
            out.count(object, Output.Count.DUPLICATE);
            return;
        }
        if (!ofBestLog(flow, context, true)) {
            out.count(object, Output.Count.SECOND_LOG);
            return;
        }
        boolean future = object.isFuture(flow.at());
        if (future) {
            out.count(object, Output.Count.FUTURE);
        } else if (flow.at() < context.watermark()) {
            out.count(object, Output.Count.LATE);
        }
        DirectionState state = context.get(DIRECTION, ONLY);
        if (state == null) {
            state = new DirectionState();
        }
        boolean laterDay = !future && state.seenOn(flow.at());
        if (laterDay) {
            long day = Math.floorDiv(flow.at(), DirectionState.DAY_SECONDS);
            context.timerAt((day + FORGOTTEN_DAYS + 1) * DirectionState.DAY_SECONDS);
        }
        if (DirectionFinder.learn(flow, state) || laterDay) {
            context.put(DIRECTION, ONLY, state);
        }
        if (!future) {
            windows.add(flow, DirectionFinder.side(flow, state), context);
        }
        judge(flow, state, !future, context, out);
    }

    /** Shows {@code flow} to the detectors, or holds it if {@code mayWait} and it needs to. */
    private void judge(Flow flow, DirectionState state, boolean mayWait, KeyContext context, Output out) {
        Side side = DirectionFinder.side(flow, state);
        boolean outbound = side == Side.UNKNOWN ? sourceIsLocal(flow) : side == Side.SOURCE;
        List<Listed> listed = threats(flow, outbound);
        if (mayWait && !listed.isEmpty()) {
            DirectionFinder.remember(flow, outbound, state);
            context.put(DIRECTION, ONLY, state);
            if (side == Side.UNKNOWN || waits(flow, outbound, state) || isPerhapsSecond(flow, context)) {
                if (hold(flow, context)) {
                    return;
                }
                out.count(flow.origin().object(), Output.Count.EARLY);
            }
        }
        Opener opener = DirectionFinder.likely(flow, outbound, state);
        boolean answered = DirectionFinder.answers(flow, outbound, opener);
        show(Conversation.of(flow, outbound, opener, answered, listed), context, out);
    }

    private static boolean waits(Flow flow, boolean outbound, DirectionState state) {
        return DirectionFinder.certain(flow, outbound) == Opener.UNKNOWN
                && !DirectionFinder.known(flow, outbound, state);
    }

    /** Where nothing else tells: one's own address is on no list, so the listed end is the remote one. */
    private boolean sourceIsLocal(Flow flow) {
        return threats(flow, false).isEmpty() || !threats(flow, true).isEmpty();
    }

    private List<Listed> threats(Flow flow, boolean outbound) {
        return outbound
                ? threats.firing(flow.packetTargetHigh(), flow.packetTargetLow(), flow.targetPort(), flow.at())
                : threats.firing(flow.packetSourceHigh(), flow.packetSourceLow(), flow.sourcePort(), flow.at());
    }

    /** Whether a better log of the same interface may still come for the time in which its first log began. */
    private static boolean isPerhapsSecond(Flow flow, KeyContext context) {
        FlowLogs logs = context.get(FlowLogs.KIND, ONLY);
        return logs != null && logs.mayBeBettered(flow);
    }

    private static boolean hold(Flow flow, KeyContext context) {
        long minute = Math.floorDiv(flow.at(), MINUTE);
        context.timerAt((minute + 1) * MINUTE + PAIR_SECONDS);
        return HeldFlows.hold(flow, Long.toString(minute), context);
    }

    private static void forgetIfSilent(long at, KeyContext context) {
        DirectionState state = Math.floorMod(at, DirectionState.DAY_SECONDS) == 0 ? context.get(DIRECTION, ONLY) : null;
        if (state != null && state.silentFor(FORGOTTEN_DAYS, at)) {
            context.remove(DIRECTION, ONLY);
            context.remove(FlowLogs.KIND, ONLY);
            Memory.clear(context);
            Profiles.forget(context);
        }
    }

    @Override
    public void onTimer(long at, KeyContext context, Output out) {
        SeenFlows.forget(at, context);
        release(at, context, out);
        windows.judge(at, context, out);
        profiles.summarise(at, context, out);
        forgetIfSilent(at, context);
    }

    private void release(long at, KeyContext context, Output out) {
        String minute = Long.toString(Math.floorDiv(at - PAIR_SECONDS, MINUTE) - 1);
        List<Flow> held = HeldFlows.release(minute, context);
        DirectionState state = held.isEmpty() ? null : context.get(DIRECTION, ONLY);
        if (state == null) {
            return;
        }
        for (Flow flow : held) {
            if (ofBestLog(flow, context, false)) {
                judge(flow, state, false, context, out);
            } else {
                out.count(flow.origin().object(), Output.Count.SECOND_LOG);
            }
        }
    }

    private static boolean ofBestLog(Flow flow, KeyContext context, boolean note) {
        String id = flow.origin().object().flowLog();
        if (id == null) {
            return true;
        }
        FlowLogs logs = context.get(FlowLogs.KIND, ONLY);
        if (logs == null) {
            logs = new FlowLogs();
        }
        if (note && logs.see(id, flow)) {
            context.put(FlowLogs.KIND, ONLY, logs);
        }
        return logs.counts(id, flow.at());
    }

    private void show(Conversation conversation, KeyContext context, Output out) {
        DetectorContext detectorContext = new DetectorContext(services, context);
        Signals signals = new Signals(out);
        for (FlowDetector detector : detectors) {
            detector.observe(conversation, detectorContext, signals);
        }
    }
}
