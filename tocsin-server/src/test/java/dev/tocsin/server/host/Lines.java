package dev.tocsin.server.host;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.engine.Output;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.profile.DaySummary;
import java.util.List;

/** Keeps the names of counted objects: the lines that a function under contract says. */
record Lines(List<String> lines) implements Output {

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
        lines.add(object.source());
    }
}
