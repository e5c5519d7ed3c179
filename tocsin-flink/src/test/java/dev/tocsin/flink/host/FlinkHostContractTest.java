package dev.tocsin.flink.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.KeyedFunctionHostContract;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.flink.order.Turn;
import dev.tocsin.flink.order.Turned;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The host of the job, on a small cluster. Steps travel as text; a step of time becomes a watermark. */
final class FlinkHostContractTest extends KeyedFunctionHostContract {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER = new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
            .setNumberTaskManagers(1)
            .setNumberSlotsPerTaskManager(1)
            .build());

    /** The functions under test by number: they cannot be serialised, and the cluster runs in this process. */
    static final Map<Integer, KeyedFunction<String>> FUNCTIONS = new ConcurrentHashMap<>();

    private static final TypeInformation<Line> LINES = Types.GENERIC(Line.class);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final int MOST_LINES = 10_000;

    @Override
    protected boolean restarts() {
        return false;
    }

    @Override
    protected boolean forgetsChanges() {
        return false;
    }

    @Override
    protected List<String> run(KeyedFunction<String> function, List<Step> steps) throws Exception {
        int number = NEXT.incrementAndGet();
        FUNCTIONS.put(number, function);
        StreamExecutionEnvironment flink = StreamExecutionEnvironment.getExecutionEnvironment();
        flink.setParallelism(1);
        DataStream<String> lines = flink.fromData(
                        LINES,
                        steps.stream()
                                .filter(step -> !(step instanceof Restart))
                                .map(FlinkHostContractTest::line)
                                .toArray(Line[]::new))
                .assignTimestampsAndWatermarks(WatermarkStrategy.<Line>forGenerator(context -> new Told())
                        .withTimestampAssigner((step, at) -> 0))
                .filter(line -> line.key != null)
                .keyBy(line -> line.key, Types.STRING)
                .transform("host", Types.STRING, new TurnOperator<>(new Host(number)));
        return lines.executeAndCollect(MOST_LINES);
    }

    private static Line line(Step step) {
        Line line = new Line();
        switch (step) {
            case Element element -> {
                line.key = element.key();
                line.text = element.text();
            }
            case Time time -> line.at = time.at();
            case Restart restart -> throw new IllegalStateException("passed over");
        }
        return line;
    }

    /** A step as it travels: an element, or without a key a time. */
    public static final class Line implements Turned {
        /** Null for a time. */
        public String key;

        /** The element. */
        public String text;

        /** The time. */
        public long at;

        @Override
        public long turn() {
            return Turn.NONE;
        }
    }

    /** Says the watermark that a step of time tells. */
    private static final class Told implements WatermarkGenerator<Line> {
        @Override
        public void onEvent(Line step, long timestamp, WatermarkOutput output) {
            if (step.key == null) {
                output.emitWatermark(new Watermark(Turn.stamp(step.at, Turn.START)));
            }
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {}
    }

    private static final class Host extends TurnHost<Line, String> {
        private final int number;

        Host(int number) {
            super(LINES, false);
            this.number = number;
        }

        @Override
        void take(List<Line> taken, KeyContext context, Collector<String> out, Context flink) {
            taken.forEach(line -> FUNCTIONS.get(number).onElement(line.text, context, new Lines(out)));
        }

        @Override
        void time(long at, long turn, KeyContext context, Collector<String> out, Context flink) {
            FUNCTIONS.get(number).onTimer(at, context, new Lines(out));
        }
    }

    private record Lines(Collector<String> out) implements Output {
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
    }
}
