package dev.tocsin.core.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.tocsin.core.detect.TrafficDetector;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.direction.DirectionFinder.Side;
import dev.tocsin.core.direction.DirectionState;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.traffic.TrafficWindow;
import java.io.IOException;
import java.util.List;

/**
 * The open windows of an interface: flows are added as they come; a window is judged when its own records and the answers
 * to them, which may be logged one window later, are all there.
 */
final class TrafficWindows {

    static final StateKind<TrafficWindow> KIND = new StateKind<>("traffic", 1, new StateKind.Codec<>() {
        @Override
        public void write(TrafficWindow window, JsonGenerator out) throws IOException {
            window.write(out);
        }

        @Override
        public TrafficWindow read(JsonParser in, int version) throws IOException {
            return TrafficWindow.read(in);
        }
    });

    private final EngineServices services;
    private final List<TrafficDetector> detectors;
    private final Profiles profiles;
    private final BinNames names = new BinNames();

    TrafficWindows(EngineServices services, List<TrafficDetector> detectors, Profiles profiles) {
        this.services = services;
        this.detectors = detectors;
        this.profiles = profiles;
    }

    private static long dueAt(long number) {
        return (number + 1) * TrafficWindow.SECONDS + InterfaceFunction.PAIR_SECONDS;
    }

    /** Adds {@code flow}, unless its window has been judged. */
    void add(Flow flow, Side side, KeyContext context) {
        long number = Math.floorDiv(flow.at(), TrafficWindow.SECONDS);
        if ((detectors.isEmpty() && profiles.isIdle()) || dueAt(number) <= context.watermark()) {
            return;
        }
        String name = names.of(number);
        TrafficWindow window = context.get(KIND, name);
        if (window == null) {
            window = new TrafficWindow(number * TrafficWindow.SECONDS);
            context.timerAt(dueAt(number));
        }
        if (side == Side.UNKNOWN) {
            window.addSideless(flow);
        } else {
            window.add(flow, side == Side.SOURCE);
        }
        context.put(KIND, name, window);
    }

    /** Judges the window that is due at {@code at}, if there is one. */
    void judge(long at, KeyContext context, Output out) {
        if (Math.floorMod(at, TrafficWindow.SECONDS) != 0) {
            return;
        }
        long number = (at - InterfaceFunction.PAIR_SECONDS) / TrafficWindow.SECONDS - 1;
        TrafficWindow window = context.get(KIND, Long.toString(number));
        if (window == null) {
            return;
        }
        DirectionState state = context.get(InterfaceFunction.DIRECTION, InterfaceFunction.ONLY);
        settle(window, state == null ? new DirectionState() : state);
        TrafficWindow next = context.get(KIND, Long.toString(number + 1));
        window.followedBy(next);
        DetectorContext detectorContext = new DetectorContext(services, context);
        for (TrafficDetector detector : detectors) {
            detector.observe(window, detectorContext, out::signal);
        }
        profiles.judge(window, context, out);
        context.remove(KIND, Long.toString(number));
    }

    private static void settle(TrafficWindow window, DirectionState state) {
        for (Flow flow : window.takeSideless()) {
            Side side = DirectionFinder.side(flow, state);
            if (side != Side.UNKNOWN) {
                window.add(flow, side == Side.SOURCE);
            }
        }
    }
}
