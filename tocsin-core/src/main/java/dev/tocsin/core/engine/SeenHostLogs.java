package dev.tocsin.core.engine;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.finding.Doc;

/** Which host logs of an agent were seen, by their sequence: a log that comes again in another object is a duplicate. */
final class SeenHostLogs {

    /** Sequences remembered of an agent; an agent sends again what was not acknowledged, which is never long ago. Ours. */
    static final int MOST_SEQUENCES = 64;

    private static final StateKind<Doc> KIND = StateKind.ofDocs("hostLogs", 1);

    private SeenHostLogs() {}

    /** Whether {@code event} is of a log that another object brought; remembers its object. */
    static boolean check(HostEvent event, KeyContext context) {
        Host host = event.host();
        String agent = host.agentId();
        if (agent == null || host.sequence() < 0) {
            return false;
        }
        String source = event.origin().object().source();
        String sequence = Long.toString(host.sequence());
        Doc known = context.get(KIND, agent);
        String first = known == null ? null : known.text(sequence);
        if (first != null) {
            return !first.equals(source);
        }
        Doc now = new Doc();
        if (known != null) {
            now.withAll(known);
        }
        now.with(sequence, source);
        if (now.members().size() > MOST_SEQUENCES) {
            now.without(now.members().keySet().iterator().next());
        }
        context.put(KIND, agent, now);
        return false;
    }
}
