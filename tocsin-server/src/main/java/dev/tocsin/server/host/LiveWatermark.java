package dev.tocsin.server.host;

import dev.tocsin.input.order.EventTime;
import dev.tocsin.input.order.LogKind;
import dev.tocsin.input.order.ObjectTimes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The event time before which no record is awaited any more, while sources go on delivering: the lowest, over the logs of
 * all sources, of the log's clock less its lateness. A log of which nothing came for a while is left out; a source that
 * cannot be read holds time where it is (design: Order). Each lane of a stream has clocks of its own, and is not left out
 * while it holds more. It never falls.
 */
final class LiveWatermark implements EventTime {

    /** Host's time after which a log that brings nothing is left out, in seconds (design: Order). */
    static final long IDLE_SECONDS = 60;

    /**
     * How far time goes beyond the last record once all logs are idle, in seconds: past the end of the longest window that
     * a verdict waits for. Not to the present at once, so that old logs may be brought piece by piece.
     */
    static final long BEYOND_SECONDS = 3 * 60 * 60;

    /** What the host's clock may go on between two looks at it, in seconds; a jump beyond is not believed. */
    static final long MOST_STEP_SECONDS = 15 * 60;

    private static final String CLOCK = "clock.";

    private final Map<Log, State> logs = new HashMap<>();
    private final Set<String> holding = new HashSet<>();

    /** Lanes that hold more, each with when it was last heard of, by {@link #steady}; {@link #NEVER} before the first time. */
    private final Map<String, Long> behind = new HashMap<>();

    /** When each lane was first told of, by {@link #steady}, until a log of it is heard of. */
    private final Map<String, Long> silent = new HashMap<>();

    private final Set<String> heard = new HashSet<>();

    private static final long NEVER = Long.MIN_VALUE;

    /** Divides the name of a source from that of its lane. */
    private static final char LANE = '#';

    private long value;

    /** The host's clock as last seen, and one without its jumps; epoch seconds. */
    private long lastNow;

    private long steady;

    private record Log(String source, LogKind kind) {}

    private static final class State {
        private long clock = Long.MIN_VALUE;
        private long heardAt;
        private int toCome;

        State(long now) {
            heardAt = now;
        }

        /** Whether it is left out; {@code laneHeardAt} is when its lane, which holds more, was heard of, or null. */
        boolean isIdle(long now, @Nullable Long laneHeardAt) {
            if (clock == Long.MIN_VALUE) {
                return toCome == 0;
            }
            long until = laneHeardAt == null ? now : laneHeardAt;
            return toCome == 0 && until != NEVER && until - heardAt >= IDLE_SECONDS;
        }

        long held(LogKind kind) {
            return clock == Long.MIN_VALUE ? clock : clock - kind.latenessSeconds();
        }
    }

    /**
     * Goes on from where a checkpoint stood.
     *
     * @param earlier where the watermark stood
     * @param positions what {@link #positions} gave
     * @param now the host's time, epoch seconds
     */
    LiveWatermark(long earlier, Map<String, Long> positions, long now) {
        value = earlier;
        lastNow = now;
        steady = now;
        for (LogKind kind : LogKind.values()) {
            String prefix = CLOCK + kind.name() + ".";
            positions.forEach((name, clock) -> {
                if (name.startsWith(prefix)) {
                    state(new Log(name.substring(prefix.length()), kind), now).clock = clock;
                }
            });
        }
    }

    private long steady(long now) {
        steady += Math.clamp(now - lastNow, 0, MOST_STEP_SECONDS);
        lastNow = now;
        return steady;
    }

    private State state(Log log, long now) {
        return logs.computeIfAbsent(log, ignored -> new State(now));
    }

    /**
     * Says whether {@code source} holds time back because it did not answer. That it brings nothing counts from when it answers
     * again: what it kept meanwhile may be on its way.
     */
    void holds(String source, boolean back) {
        if (back) {
            holding.add(source);
        } else if (holding.remove(source)) {
            logs.forEach((log, state) -> {
                if (isOf(log.source(), source)) {
                    state.heardAt = Math.max(state.heardAt, steady);
                }
            });
        }
    }

    /** What a lane of a stream is called here, as if it were a source. */
    static String lane(String source, String lane) {
        return source + LANE + lane;
    }

    /** Says whether {@code lane} holds more than was read of it. */
    void isBehind(String lane, boolean so) {
        if (!heard.contains(lane)) {
            if (heardOf(lane) == NEVER) {
                silent.putIfAbsent(lane, steady);
            } else {
                hear(lane);
            }
        }
        if (so) {
            behind.putIfAbsent(lane, heardOf(lane));
        } else {
            behind.remove(lane);
        }
    }

    private void hear(String lane) {
        heard.add(lane);
        silent.remove(lane);
    }

    /** When any log of {@code lane} was heard of. */
    private long heardOf(String lane) {
        return logs.entrySet().stream()
                .filter(log -> log.getKey().source().equals(lane))
                .mapToLong(log -> log.getValue().heardAt)
                .max()
                .orElse(NEVER);
    }

    /** An object of {@code source} that is expected to hold {@code kind} is to come. */
    void expect(String source, @Nullable LogKind kind, long now) {
        if (kind != null) {
            state(new Log(source, kind), steady(now)).toCome++;
        }
    }

    /** What was expected and did not come is not awaited any more. */
    void expectNothing() {
        logs.values().forEach(state -> state.toCome = 0);
    }

    /**
     * Takes the times of an object whose records have all been processed.
     *
     * @param expected the log that it was expected to hold, or null
     * @param believedUntil event time, epoch seconds, beyond which the object's records move no clock
     * @param now the host's time, epoch seconds
     */
    void finished(String source, @Nullable LogKind expected, ObjectTimes times, long believedUntil, long now) {
        long steadyNow = steady(now);
        for (LogKind kind : times.kinds()) {
            State state = state(new Log(source, kind), steadyNow);
            state.clock = Math.max(state.clock, Math.min(times.clock(kind), believedUntil));
            state.heardAt = steadyNow;
        }
        hear(source);
        behind.computeIfPresent(source, (lane, before) -> steadyNow);
        if (expected != null) {
            State state = state(new Log(source, expected), steadyNow);
            state.toCome = Math.max(0, state.toCome - 1);
        }
        pass(now);
    }

    /** Lets time go on as far as what is known and the host's time, epoch seconds, allow. */
    void pass(long now) {
        long steadyNow = steady(now);
        boolean awaits = silent.values().stream().anyMatch(since -> steadyNow - since < IDLE_SECONDS);
        if (!holding.isEmpty() || behind.containsValue(NEVER) || awaits) {
            return;
        }
        long lowest = Long.MAX_VALUE;
        for (Map.Entry<Log, State> log : logs.entrySet()) {
            if (!log.getValue().isIdle(steadyNow, behind.get(log.getKey().source()))) {
                lowest = Math.min(lowest, log.getValue().held(log.getKey().kind()));
            }
        }
        value = Math.max(value, lowest == Long.MAX_VALUE ? allIdle(now) : lowest);
    }

    /** Where time stands when nothing comes: some way beyond the last record, and on at the host's pace. */
    private long allIdle(long now) {
        long newest = Long.MIN_VALUE;
        long heardAt = Long.MIN_VALUE;
        long lateness = 0;
        for (Map.Entry<Log, State> log : logs.entrySet()) {
            if (log.getValue().clock != Long.MIN_VALUE) {
                newest = Math.max(newest, log.getValue().clock);
                heardAt = Math.max(heardAt, log.getValue().heardAt);
                lateness = Math.max(lateness, log.getKey().kind().latenessSeconds());
            }
        }
        return newest == Long.MIN_VALUE ? newest : Math.min(now - lateness, newest + BEYOND_SECONDS + steady - heardAt);
    }

    /** The time of the newest records of {@code source}, epoch seconds; {@link Long#MIN_VALUE} if none have come. */
    long newest(String source) {
        return logs.entrySet().stream()
                .filter(log -> isOf(log.getKey().source(), source))
                .mapToLong(log -> log.getValue().clock)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static boolean isOf(String name, String source) {
        return name.equals(source) || (name.startsWith(source) && name.charAt(source.length()) == LANE);
    }

    @Override
    public long value() {
        return value;
    }

    @Override
    public Map<String, Long> positions() {
        Map<String, Long> positions = new HashMap<>();
        logs.forEach((log, state) -> {
            if (state.clock != Long.MIN_VALUE) {
                positions.put(CLOCK + log.kind().name() + "." + log.source(), state.clock);
            }
        });
        return positions;
    }
}
