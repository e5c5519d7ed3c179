package dev.tocsin.server.host;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The event time before which no record is awaited any more, while sources go on delivering: the lowest, over the logs of
 * all sources, of the log's clock less its lateness. A log of which nothing came for a while is left out; a source that
 * cannot be read holds time where it is (design: Order). It never falls.
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

        boolean isIdle(long now) {
            return toCome == 0 && (clock == Long.MIN_VALUE || now - heardAt >= IDLE_SECONDS);
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

    /** Says whether {@code source} holds time back because it did not answer. */
    void holds(String source, boolean back) {
        if (back) {
            holding.add(source);
        } else {
            holding.remove(source);
        }
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
        if (expected != null) {
            State state = state(new Log(source, expected), steadyNow);
            state.toCome = Math.max(0, state.toCome - 1);
        }
        pass(now);
    }

    /** Lets time go on as far as what is known and the host's time, epoch seconds, allow. */
    void pass(long now) {
        if (!holding.isEmpty()) {
            return;
        }
        long lowest = Long.MAX_VALUE;
        long steadyNow = steady(now);
        for (Map.Entry<Log, State> log : logs.entrySet()) {
            if (!log.getValue().isIdle(steadyNow)) {
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
                .filter(log -> log.getKey().source().equals(source))
                .mapToLong(log -> log.getValue().clock)
                .max()
                .orElse(Long.MIN_VALUE);
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
