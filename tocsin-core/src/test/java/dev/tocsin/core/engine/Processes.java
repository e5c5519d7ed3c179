package dev.tocsin.core.engine;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;

/** Events of hosts made from others. */
public final class Processes {

    private Processes() {}

    /** A program that starts as process {@code pid}, child of the one before, at {@code at}, like {@code like}. */
    public static HostEvent started(HostEvent like, int pid, long at) {
        HostProcess process = new HostProcess(
                pid,
                pid % 50 == 0 ? 1 : pid - 1,
                0,
                at * 1000,
                0,
                0,
                -1,
                "/opt/program",
                "program",
                "/opt/program --with an argument --number " + pid + " --and-a-longer-one /var/lib/program/" + pid,
                "/var/lib/program",
                null,
                null,
                false,
                null,
                null);
        return new HostEvent(
                like.origin(),
                at * 1000,
                like.host(),
                HostEvent.Action.EXEC,
                process,
                "/opt/program",
                null,
                0,
                null,
                null,
                false,
                null,
                pid);
    }

    /** {@code event} of a log {@code sequence} of {@code agent}, which object {@code source} brought. */
    static HostEvent of(HostEvent event, String agent, long sequence, String source) {
        Host host = event.host();
        return new HostEvent(
                new Origin(LogObject.named(source), event.origin().position()),
                event.millis(),
                new Host(
                        host.account(),
                        host.region(),
                        null,
                        host.hostname(),
                        host.tool(),
                        agent,
                        sequence,
                        null,
                        null,
                        null,
                        null),
                event.action(),
                event.process(),
                event.path(),
                event.other(),
                event.number(),
                event.peer(),
                event.query(),
                event.failed(),
                event.rule(),
                event.contentHash());
    }
}
