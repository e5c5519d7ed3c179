package dev.tocsin.flink.host;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.flink.Knowledge;
import dev.tocsin.flink.order.Turn;
import dev.tocsin.flink.order.Turned;
import dev.tocsin.flink.source.Read;
import dev.tocsin.flink.wire.Batch;
import dev.tocsin.flink.wire.BatchSerializer;
import dev.tocsin.flink.wire.DeskItem;
import dev.tocsin.flink.wire.DeskItemSerializer;
import dev.tocsin.flink.wire.RowPart;
import dev.tocsin.flink.wire.RowPartSerializer;
import dev.tocsin.flink.wire.Said;
import dev.tocsin.flink.wire.SaidSerializer;
import dev.tocsin.flink.wire.WireType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/** The graph of the job, from what sources read to what is said. Names of operators are those of savepoints: they stay. */
public final class Jobs {

    /** Batches of events. */
    public static final TypeInformation<Batch> BATCHES = new WireType<>(Batch.class, new BatchSerializer());

    /** Parts of ledger rows. */
    public static final TypeInformation<RowPart> ROW_PARTS = new WireType<>(RowPart.class, new RowPartSerializer());

    /** What is said. */
    public static final TypeInformation<Said> SAID = new WireType<>(Said.class, new SaidSerializer());

    static final TypeInformation<DeskItem> DESK_ITEMS = new WireType<>(DeskItem.class, new DeskItemSerializer());
    static final OutputTag<RowPart> ROWS = new OutputTag<>("rows", ROW_PARTS);

    private Jobs() {}

    /** What the engine says of what {@code read} brings. */
    public static DataStream<Said> of(DataStream<Read> read, Knowledge knowledge) {
        SingleOutputStreamOperator<Batch> batches =
                read.process(new ByKind(), BATCHES).name("by kind").uid("kinds");
        SingleOutputStreamOperator<DeskItem> accounts =
                hosted(batches, Batch::key, new AccountHost(knowledge), DESK_ITEMS, "accounts");
        SingleOutputStreamOperator<DeskItem> interfaces = hosted(
                batches.getSideOutput(ByKind.FLOWS),
                Batch::key,
                new InterfaceHost(knowledge),
                DESK_ITEMS,
                "interfaces");
        SingleOutputStreamOperator<DeskItem> names =
                hosted(batches.getSideOutput(ByKind.QUERIES), Batch::key, new NameHost(knowledge), DESK_ITEMS, "names");
        SingleOutputStreamOperator<DeskItem> hosts = hosted(
                batches.getSideOutput(ByKind.HOSTS), Batch::key, new MachineHost(knowledge), DESK_ITEMS, "hosts");
        DataStream<DeskItem> forDesks = accounts.union(interfaces, names, hosts);
        List<DeskItem> facts = facts(knowledge.load().facts());
        if (!facts.isEmpty()) {
            forDesks = forDesks.union(read.getExecutionEnvironment()
                    .fromData(DESK_ITEMS, facts.toArray(DeskItem[]::new))
                    .name("inventory")
                    .uid("inventory"));
        }
        DataStream<Said> findings =
                hosted(forDesks, item -> DeskFunction.key(item.element()), new DeskHost(), SAID, "desks");
        DataStream<RowPart> parts = batches.getSideOutput(ROWS)
                .union(
                        accounts.getSideOutput(ROWS),
                        interfaces.getSideOutput(ROWS),
                        names.getSideOutput(ROWS),
                        hosts.getSideOutput(ROWS));
        return findings.union(hosted(parts, RowPart::source, new LedgerHost(), SAID, "ledger"));
    }

    private static <E extends Turned, O> SingleOutputStreamOperator<O> hosted(
            DataStream<E> from, KeySelector<E, String> key, TurnHost<E, O> host, TypeInformation<O> out, String name) {
        return from.keyBy(key, Types.STRING)
                .transform(name, out, new TurnOperator<>(host))
                .uid(name);
    }

    /** Desks know it before the first turn. */
    private static List<DeskItem> facts(List<InventoryFact> facts) {
        List<DeskItem> items = new ArrayList<>(facts.size());
        for (InventoryFact fact : facts) {
            items.add(new DeskItem(Turn.START, 0, 0, 0, items.size(), "", 0, new DeskElement.Learned(fact)));
        }
        return items;
    }
}
