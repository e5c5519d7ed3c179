package dev.tocsin.core.desk;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.finding.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A host's signal told as its group's: one finding for all hosts that did the same together. */
final class GroupSignal {

    /** Hosts listed at most. */
    static final int MOST_MEMBERS = 200;

    private GroupSignal() {}

    /** {@code signal} about {@code group}, of which {@code hosts} did the same; {@code about} is the one it was about. */
    static Signal of(Signal signal, String group, List<String> hosts, Resolved about) {
        Map<String, String> facts = new HashMap<>(signal.facts());
        facts.put("host", about.name() + " (with " + (hosts.size() - 1) + " other hosts of " + group + ")");
        Doc additional = new Doc()
                .withAll(signal.additional())
                .with("group", group)
                .with("memberCount", hosts.size())
                .with("members", hosts.stream().limit(MOST_MEMBERS).toList());
        return new Signal(
                signal.type(),
                signal.account(),
                signal.region(),
                new Subject.Known(group, about.resource()),
                signal.aggregation(),
                signal.recordId(),
                signal.first(),
                signal.last(),
                signal.severity(),
                signal.role(),
                signal.action(),
                additional,
                signal.matches(),
                facts,
                signal.evidence(),
                signal.detection(),
                signal.global());
    }
}
