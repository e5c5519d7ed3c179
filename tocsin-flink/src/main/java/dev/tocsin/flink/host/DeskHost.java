package dev.tocsin.flink.host;

import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.KeyContext;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.profile.DaySummary;
import dev.tocsin.flink.wire.DeskItem;
import dev.tocsin.flink.wire.Said;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.util.Collector;

/** Runs the desks of accounts: each takes what a turn brought in the order of all hosts. */
final class DeskHost extends TurnHost<DeskItem, Said> {

    private static final long serialVersionUID = 1;

    private transient DeskFunction function;

    @SuppressWarnings("NullAway.Init") // Flink opens it before anything comes
    DeskHost() {
        super(Jobs.DESK_ITEMS, true);
    }

    @Override
    public void open(OpenContext context) throws Exception {
        super.open(context);
        function = new DeskFunction();
    }

    @Override
    void take(List<DeskItem> taken, KeyContext context, Collector<Said> out, Context flink) {
        List<DeskItem> sorted = new ArrayList<>(taken);
        sorted.sort(DeskItem.ORDER);
        Findings findings = new Findings();
        for (DeskItem item : sorted) {
            function.onElement(item.element(), context, findings);
        }
        findings.flush(out);
    }

    @Override
    void time(long at, long turn, KeyContext context, Collector<Said> out, Context flink) {
        Findings findings = new Findings();
        function.onTimer(at, context, findings);
        findings.flush(out);
    }

    /** Puts a finding into words once a turn, however often it changed. */
    private static final class Findings implements Output {
        private final Map<String, FindingState> states = new LinkedHashMap<>();

        @Override
        public void finding(FindingState state) {
            states.put(state.id(), state);
        }

        void flush(Collector<Said> out) {
            for (FindingState state : states.values()) {
                Doc doc = new Doc()
                        .with("id", state.id())
                        .with("type", state.type())
                        .with("account", state.account())
                        .with("region", state.region())
                        .with("revision", state.revision())
                        .with("firstSeen", Times.iso(state.firstSeen()))
                        .with("lastSeen", Times.iso(state.lastSeen()))
                        .with("severity", state.severity())
                        .with("document", state.document());
                out.collect(new Said(Said.Form.FINDING, state.account(), doc));
            }
        }

        @Override
        public void signal(Signal signal) {
            throw new IllegalStateException("a desk hands nothing to desks");
        }

        @Override
        public void summary(DaySummary day) {
            throw new IllegalStateException("a desk hands nothing to desks");
        }

        @Override
        public void fact(InventoryFact fact) {
            throw new IllegalStateException("a desk hands nothing to desks");
        }

        @Override
        public void count(LogObject object, Count count) {
            throw new IllegalStateException("a desk counts no records");
        }
    }
}
