package dev.tocsin.server.host;

import dev.tocsin.core.desk.DeskElement;
import dev.tocsin.core.desk.DeskFunction;
import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.detect.ApiCallDetector;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.engine.AccountFunction;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.ApiCall;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.NameQuery;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.server.ledger.LedgerRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the engine on this machine. Events come in the order of their objects; findings are kept by id. */
public final class LocalHost {

    private final Map<String, FindingState> findings = new LinkedHashMap<>();
    private final Map<LogObject, LedgerRow> rows = new HashMap<>();
    private final List<DeskElement> forDesks = new ArrayList<>();
    private final FunctionRunner<ApiCall> accounts;
    private final FunctionRunner<DeskElement> desks;

    /** A host without state. */
    public LocalHost(EngineServices services) {
        Output output = new HostOutput();
        accounts = new FunctionRunner<>(new AccountFunction(services, Detectors.of(ApiCallDetector.class)), output);
        desks = new FunctionRunner<>(new DeskFunction(), output);
    }

    /** Tells the host where the counts of {@code object} go. */
    public void open(LogObject object, LedgerRow row) {
        rows.put(object, row);
    }

    /** Takes {@code events}, which follow all that were taken before. */
    public void take(List<Event> events) {
        for (Event event : events) {
            switch (event) {
                case ApiCall call -> accounts.accept(AccountFunction.key(call), call);
                case Flow flow -> {}
                case NameQuery query -> {}
            }
        }
        deliverToDesks();
    }

    /** Tells the desks what is known before the first event. */
    public void learn(List<InventoryFact> facts) {
        facts.forEach(fact -> forDesks.add(new DeskElement.Learned(fact)));
        deliverToDesks();
    }

    /** Moves event time on: no record before {@code watermark} is awaited any more. */
    public void advance(long watermark) {
        accounts.advance(watermark);
        deliverToDesks();
        desks.advance(watermark);
    }

    /** All findings so far. */
    public Collection<FindingState> findings() {
        return findings.values();
    }

    private void deliverToDesks() {
        forDesks.forEach(element -> desks.accept(DeskFunction.key(element), element));
        forDesks.clear();
    }

    private final class HostOutput implements Output {
        @Override
        public void signal(Signal signal) {
            forDesks.add(new DeskElement.Found(signal));
        }

        @Override
        public void fact(InventoryFact fact) {
            forDesks.add(new DeskElement.Learned(fact));
        }

        @Override
        public void finding(FindingState finding) {
            if (finding.isFolded()) {
                findings.remove(finding.id());
                return;
            }
            findings.merge(
                    finding.id(), finding, (old, changed) -> changed.revision() > old.revision() ? changed : old);
        }

        @Override
        public void count(LogObject object, Count count) {
            LedgerRow row = rows.get(object);
            if (row == null) {
                throw new IllegalStateException("no ledger row for " + object.source());
            }
            switch (count) {
                case DUPLICATE -> row.duplicate();
                case CONFLICT -> row.conflict();
                case FUTURE -> row.future();
                case LATE -> row.late();
            }
        }
    }
}
