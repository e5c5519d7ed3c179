package dev.tocsin.flink;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The smallest adapter that runs one of the engine's functions in Flink: state entries are bytes in a map state. */
final class FlinkHost extends KeyedProcessFunction<String, String, String> {

    private final int number;
    private transient MapState<String, byte[]> entries;

    /** A host of the function that is registered under {@code number}. */
    FlinkHost(int number) {
        this.number = number;
    }

    private KeyedFunction<String> function() {
        return FlinkHostContractTest.FUNCTIONS.get(number);
    }

    @Override
    public void open(OpenContext context) {
        entries = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "entries", Types.STRING, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(String step, Context context, Collector<String> out) {
        String text = step.substring(step.indexOf('\t') + 1);
        function().onElement(text, new FlinkKey(context.getCurrentKey(), entries, context.timerService()), say(out));
    }

    @Override
    public void onTimer(long at, OnTimerContext context, Collector<String> out) {
        function().onTimer(at, new FlinkKey(context.getCurrentKey(), entries, context.timerService()), say(out));
    }

    private static Output say(Collector<String> out) {
        return new Output() {
            @Override
            public void signal(Signal signal) {
                throw new IllegalArgumentException("no signal is expected");
            }

            @Override
            public void summary(DaySummary day) {
                throw new IllegalArgumentException("no summary is expected");
            }

            @Override
            public void fact(InventoryFact fact) {
                throw new IllegalArgumentException("no fact is expected");
            }

            @Override
            public void finding(FindingState finding) {
                throw new IllegalArgumentException("no finding is expected");
            }

            @Override
            public void count(LogObject object, Count count) {
                out.collect(object.source());
            }
        };
    }
}
