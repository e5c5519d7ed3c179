package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.profile.DaySummary;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a shard says until all shards are done, so that it is passed on in one order. */
final class Collected implements Output {

    private record Counted(LogObject object, Count count) {}

    private final List<Signal> signals = new ArrayList<>();
    private final List<Judged> judgements = new ArrayList<>();
    private final List<DaySummary> summaries = new ArrayList<>();
    private final List<InventoryFact> facts = new ArrayList<>();
    private final List<FindingState> findings = new ArrayList<>();
    private final List<Counted> counts = new ArrayList<>();

    @Override
    public void signal(Signal signal) {
        signals.add(signal);
    }

    @Override
    public void judged(Judged judged) {
        judgements.add(judged);
    }

    @Override
    public void summary(DaySummary day) {
        summaries.add(day);
    }

    @Override
    public void fact(InventoryFact fact) {
        facts.add(fact);
    }

    @Override
    public void finding(FindingState finding) {
        findings.add(finding);
    }

    @Override
    public void count(LogObject object, Count count) {
        counts.add(new Counted(object, count));
    }

    /** Passes all on to {@code output} and forgets it. */
    void passTo(Output output) {
        for (InventoryFact fact : facts) {
            output.fact(fact);
        }
        for (DaySummary day : summaries) {
            output.summary(day);
        }
        for (Signal signal : signals) {
            output.signal(signal);
        }
        for (Judged judged : judgements) {
            output.judged(judged);
        }
        for (FindingState finding : findings) {
            output.finding(finding);
        }
        for (Counted counted : counts) {
            output.count(counted.object(), counted.count());
        }
        facts.clear();
        summaries.clear();
        signals.clear();
        judgements.clear();
        findings.clear();
        counts.clear();
    }
}
