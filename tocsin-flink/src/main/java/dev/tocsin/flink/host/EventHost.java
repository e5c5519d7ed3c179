package dev.tocsin.flink.host;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.Hash;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.KeyedFunction;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.wire.Batch;
import dev.tocsin.flink.wire.DeskItem;
import dev.tocsin.flink.wire.Kind;
import dev.tocsin.flink.wire.RowPart;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Runs the engine's function for one kind of events over its keys. */
abstract class EventHost<I extends Event> extends TurnHost<Batch, DeskItem> {

    private static final long serialVersionUID = 1;

    /** As many as the local host has: it hands what they say to desks in their order. */
    private static final int SHARDS = 16;

    private final Knowledge knowledge;
    private final Kind kind;
    private transient KeyedFunction<I> function;

    @SuppressWarnings("NullAway.Init") // Flink opens it before anything comes
    EventHost(Knowledge knowledge, Kind kind) {
        super(Jobs.BATCHES, false);
        this.knowledge = knowledge;
        this.kind = kind;
    }

    /** The engine's function. */
    abstract KeyedFunction<I> function(Knowledge.Loaded loaded);

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        function = function(knowledge.load());
    }

    @Override
    @SuppressWarnings("unchecked") // a batch of this kind holds its events alone
    void take(List<Batch> taken, KeyContext context, Collector<DeskItem> out, Context flink) {
        Said said = new Said(context.key(), "", out);
        for (Batch batch : taken) {
            said.turn = batch.turn();
            said.chunk = batch.chunk();
            for (Batch.Entry record : batch.records()) {
                said.begin(record.place());
                function.onElement((I) record.event(), context, said);
            }
        }
        said.flush(flink);
    }

    @Override
    void time(long at, long turn, KeyContext context, Collector<DeskItem> out, Context flink) {
        Said said = new Said(context.key(), context.key(), out);
        said.turn = turn;
        said.chunk = DeskItem.OF_TIME;
        said.begin(at);
        function.onTimer(at, context, said);
        said.flush(flink);
    }

    private final class Said implements Output {
        private final int shard;
        private final String name;
        private final Collector<DeskItem> out;
        private final Map<String, Doc> counts = new LinkedHashMap<>();
        private long turn;
        private int chunk;
        private long at;
        private int number;

        Said(String key, String name, Collector<DeskItem> out) {
            this.shard = (int) Long.remainderUnsigned(Hash.of(key), SHARDS);
            this.name = name;
            this.out = out;
        }

        void begin(long place) {
            at = place;
            number = 0;
        }

        private void say(DeskElement element) {
            out.collect(new DeskItem(turn, chunk, kind.number(), shard, at, name, number++, element));
        }

        @Override
        public void signal(Signal signal) {
            say(new DeskElement.Found(signal));
        }

        @Override
        public void summary(DaySummary day) {
            say(new DeskElement.Summarised(day));
        }

        @Override
        public void fact(InventoryFact fact) {
            say(new DeskElement.Learned(fact));
        }

        @Override
        public void finding(FindingState finding) {
            throw new IllegalStateException("only desks make findings");
        }

        @Override
        public void count(LogObject object, Count count) {
            String counted = count.name().toLowerCase(Locale.ROOT);
            Doc row = counts.computeIfAbsent(object.source(), source -> new Doc());
            row.with(counted, row.number(counted, 0) + 1);
        }

        void flush(Context flink) {
            counts.forEach((source, row) -> flink.output(Jobs.ROWS, new RowPart(turn, source, row)));
        }
    }
}
