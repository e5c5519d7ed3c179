package dev.tocsin.flink;

import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.KeyedFunctionHostContract;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A small Flink cluster as host. Steps travel as text; a step of time becomes a watermark. */
final class FlinkHostContractTest extends KeyedFunctionHostContract {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    /** The functions under test by number: they cannot be serialised, and the cluster runs in this process. */
    static final Map<Integer, KeyedFunction<String>> FUNCTIONS = new ConcurrentHashMap<>();

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int MOST_LINES = 10_000;
    private static final String TIME = "\ttime";

    @Override
    protected boolean restarts() {
        return false;
    }

    @Override
    protected List<String> run(KeyedFunction<String> function, List<Step> steps) throws Exception {
        int number = NEXT.incrementAndGet();
        FUNCTIONS.put(number, function);
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(1);
        DataStream<String> lines = flink.fromData(Types.STRING, texts(steps))
                .assignTimestampsAndWatermarks(WatermarkStrategy.<String>forGenerator(context -> new Told())
                        .withTimestampAssigner((step, at) -> 0))
                .filter(step -> !step.startsWith(TIME))
                .keyBy(step -> step.substring(0, step.indexOf('\t')), Types.STRING)
                .process(new FlinkHost(number), Types.STRING);
        return lines.executeAndCollect(MOST_LINES);
    }

    private static String[] texts(List<Step> steps) {
        return steps.stream()
                .filter(step -> !(step instanceof Restart))
                .map(step -> switch (step) {
                    case Element element -> element.key() + "\t" + element.text();
                    case Time time -> TIME + time.at();
                    case Restart restart -> "";
                })
                .toArray(String[]::new);
    }

    /** Says the watermark that a step of time tells. */
    private static final class Told implements WatermarkGenerator<String> {
        @Override
        public void onEvent(String step, long timestamp, WatermarkOutput output) {
            if (step.startsWith(TIME)) {
                output.emitWatermark(new Watermark(Long.parseLong(step.substring(TIME.length()))));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }
}
