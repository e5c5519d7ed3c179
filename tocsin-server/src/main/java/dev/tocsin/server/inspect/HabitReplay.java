package dev.tocsin.server.inspect;

import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Context;
import dev.tocsin.core.detect.HabitDetector;
import dev.tocsin.core.direction.DirectionFinder;
import dev.tocsin.core.direction.DirectionFinder.Side;
import dev.tocsin.core.direction.DirectionState;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.profile.HostProfile;
import dev.tocsin.core.traffic.TrafficWindow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Goes through a host's flows as the engine does, window by window, and keeps what came nearest to a type of habits. */
final class HabitReplay {

    /** Windows held open for records that come late: an hour of them. */
    private static final int OPEN_WINDOWS = 6;

    private final FindingType type;
    private final HabitDetector detector;
    private final Context context;
    private final long from;
    private final long to;
    private final Map<String, Host> hosts = new HashMap<>();
    private List<Condition> nearest = List.of();

    private static final class Host {
        private final DirectionState direction = new DirectionState();
        private final HostProfile profile = new HostProfile();
        private final TreeMap<Long, TrafficWindow> windows = new TreeMap<>();
        private long closed = Long.MIN_VALUE;
    }

    /** For {@code type}, which {@code detector} speaks; only windows that touch the time {@code from} to {@code to} are shown. */
    HabitReplay(FindingType type, HabitDetector detector, EngineServices services, long from, long to) {
        this.type = type;
        this.detector = detector;
        this.context = new Asked(services);
        this.from = from;
        this.to = to;
    }

    /** Takes a flow of one of the host's interfaces. */
    void add(Flow flow) {
        Host host = hosts.computeIfAbsent(flow.interfaceId(), ignored -> new Host());
        DirectionFinder.learn(flow, host.direction);
        long number = Math.floorDiv(flow.at(), TrafficWindow.SECONDS);
        if (number <= host.closed) {
            return;
        }
        TrafficWindow window =
                host.windows.computeIfAbsent(number, ignored -> new TrafficWindow(number * TrafficWindow.SECONDS));
        Side side = DirectionFinder.side(flow, host.direction);
        if (side == Side.UNKNOWN) {
            window.addSideless(flow);
        } else {
            window.add(flow, side == Side.SOURCE);
        }
        while (host.windows.firstKey() < host.windows.lastKey() - OPEN_WINDOWS) {
            close(host);
        }
    }

    private void close(Host host) {
        Map.Entry<Long, TrafficWindow> first = host.windows.pollFirstEntry();
        TrafficWindow window = first.getValue();
        host.closed = first.getKey();
        for (Flow flow : window.takeSideless()) {
            Side side = DirectionFinder.side(flow, host.direction);
            if (side != Side.UNKNOWN) {
                window.add(flow, side == Side.SOURCE);
            }
        }
        window.followedBy(host.windows.get(host.closed + 1));
        host.profile.begin(window.start());
        detector.observe(window, host.profile, context, signal -> {});
        if (window.start() + TrafficWindow.SECONDS > from && window.start() <= to) {
            List<Condition> found = detector.conditions(type, window, host.profile, context);
            if (nearest.isEmpty() || HabitDetector.met(found) >= HabitDetector.met(nearest)) {
                nearest = found.isEmpty() ? nearest : found;
            }
        }
    }

    /** The conditions of what came nearest, the last one of several; empty if there was nothing to judge. */
    List<Condition> conditions() {
        hosts.values().forEach(host -> {
            while (!host.windows.isEmpty()) {
                close(host);
            }
        });
        List<Condition> all = new ArrayList<>(nearest);
        if (all.isEmpty()) {
            all.add(new Condition(false, "there is traffic to public peers that the type judges", "none"));
        }
        return all;
    }
}
