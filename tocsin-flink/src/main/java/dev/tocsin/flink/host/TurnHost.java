package dev.tocsin.flink.host;

import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.flink.order.Turn;
import dev.tocsin.flink.order.Turned;
import dev.tocsin.flink.state.FlinkKey;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Flink as a host of the engine, for one kind of key: what comes is taken in its turn, timers between turns
 * ({@link Turn}). What comes ahead of its turn waits.
 *
 * @param <E> what comes in
 * @param <O> what goes out
 */
abstract class TurnHost<E extends Turned, O> extends KeyedProcessFunction<String, E, O> {

    private static final long serialVersionUID = 1;

    private final TypeInformation<E> elements;
    private final boolean whole;
    private long before = Long.MIN_VALUE;
    private transient FlinkKey key;
    private transient ListState<E> waiting;
    private transient MapState<Long, Boolean> behind;

    /**
     * A host.
     *
     * @param elements what comes in
     * @param whole whether a turn's elements are taken together once all are there; else each as soon as the turns before
     *     are over
     */
    @SuppressWarnings("NullAway.Init") // Flink opens it before anything comes
    TurnHost(TypeInformation<E> elements, boolean whole) {
        this.elements = elements;
        this.whole = whole;
    }

    /** Takes elements of one turn, in the order in which they came. */
    abstract void take(List<E> taken, KeyContext context, Collector<O> out, Context flink) throws Exception;

    /** Takes the timer set for {@code at}, in the turn of {@code turn}. */
    abstract void time(long at, long turn, KeyContext context, Collector<O> out, Context flink) throws Exception;

    /** The last turn that was over is {@code stamp}; time moves on now. */
    void movesFrom(long stamp) {
        before = stamp;
    }

    @Override
    public void open(OpenContext context) throws Exception {
        key = new FlinkKey(getRuntimeContext());
        waiting = getRuntimeContext().getListState(new ListStateDescriptor<>("waiting", elements));
        behind = getRuntimeContext().getMapState(new MapStateDescriptor<>("behind", Types.LONG, Types.BOOLEAN));
    }

    private long due(E element) {
        return element.turn() == Turn.NONE || whole ? element.turn() : element.turn() - 1;
    }

    @Override
    public void processElement(E element, Context flink, Collector<O> out) throws Exception {
        TimerService timers = flink.timerService();
        if (due(element) <= timers.currentWatermark()) {
            take(List.of(element), key(flink, element.turn()), out, flink);
        } else {
            waiting.add(element);
            timers.registerEventTimeTimer(due(element));
        }
    }

    @Override
    public void onTimer(long stamp, OnTimerContext flink, Collector<O> out) throws Exception {
        long now = Turn.watermark(flink.timerService().currentWatermark());
        if (Turn.number(stamp) == 0) {
            time(Turn.watermark(stamp), now, flink, out);
        } else if (Turn.number(stamp) == Turn.LAST_NUMBER) {
            for (long at : takeBehind(stamp)) {
                time(at, now, flink, out);
            }
        } else {
            takeWaiting(stamp, flink, out);
        }
    }

    private void time(long at, long now, OnTimerContext flink, Collector<O> out) throws Exception {
        TimerService timers = flink.timerService();
        key.at(flink.getCurrentKey(), now, next -> {
            if (next > 0 && next < Turn.LATEST) {
                timers.registerEventTimeTimer(Turn.stamp(next, 0));
            } else {
                behind(next, now, timers);
            }
        });
        time(at, Turn.after(Math.max(before, Turn.START)), key, out, flink);
    }

    private void takeWaiting(long stamp, OnTimerContext flink, Collector<O> out) throws Exception {
        List<E> taken = new ArrayList<>();
        List<E> left = new ArrayList<>();
        for (E element : waiting.get()) {
            (due(element) <= stamp ? taken : left).add(element);
        }
        waiting.update(left);
        if (!taken.isEmpty()) {
            take(taken, key(flink, taken.getFirst().turn()), out, flink);
        }
    }

    /** Timers that were set for a time already behind, or that no stamp tells, and are due by {@code stamp}. */
    private List<Long> takeBehind(long stamp) throws Exception {
        long by = Turn.watermark(stamp) >= Turn.LATEST ? Long.MAX_VALUE : Turn.watermark(stamp);
        TreeSet<Long> due = new TreeSet<>();
        for (long at : behind.keys()) {
            if (at <= by) {
                due.add(at);
            }
        }
        for (long at : due) {
            behind.remove(at);
        }
        return List.copyOf(due);
    }

    private KeyContext key(Context flink, long turn) {
        TimerService timers = flink.timerService();
        long now = Turn.watermark(turn == Turn.NONE ? timers.currentWatermark() : turn);
        return key.at(flink.getCurrentKey(), now, at -> {
            if (at > now && at > 0 && at < Turn.LATEST) {
                timers.registerEventTimeTimer(Turn.stamp(at, 0));
            } else {
                behind(at, now, timers);
            }
        });
    }

    /** Sets a timer that is called when time next moves or, of one too far ahead for a stamp, at the end. */
    private void behind(long at, long now, TimerService timers) {
        try {
            behind.put(at, true);
        } catch (Exception e) {
            throw new IllegalStateException("Flink's state failed", e);
        }
        timers.registerEventTimeTimer(Turn.stamp(at >= Turn.LATEST ? Turn.LATEST : Math.max(now, 1), Turn.LAST_NUMBER));
    }
}
