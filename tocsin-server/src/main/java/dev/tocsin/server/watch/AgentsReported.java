package dev.tocsin.server.watch;

import dev.tocsin.server.receive.AgentEndpoint;
import dev.tocsin.server.source.FirehoseSource;
import dev.tocsin.server.store.StoreException;
import dev.tocsin.server.usage.AgentReport;
import dev.tocsin.server.usage.Agents;
import java.time.InstantSource;

/**
 * Keeps what agents report of themselves; lost lines are an alarm.
 *
 * @param agents what they report
 * @param alarms told of losses
 * @param clock the host's time
 */
public record AgentsReported(Agents agents, Alarms alarms, InstantSource clock) implements AgentEndpoint.Reports {

    @Override
    public void take(FirehoseSource source, AgentReport report) throws StoreException {
        long now = clock.instant().getEpochSecond();
        agents.take(report, now);
        if (report.lost() > 0) {
            String text = "the agent " + report.agentId() + " of " + report.watched() + " in " + report.account()
                    + " has lost " + report.lost() + " lines: its buffer was full or the service refused them";
            alarms.raise(source.name(), Alarms.Kind.LOST, report.agentId(), text, now);
        }
    }
}
