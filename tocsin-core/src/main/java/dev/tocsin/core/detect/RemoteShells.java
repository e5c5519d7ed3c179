package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Mark;
import dev.tocsin.core.process.ProcessEntry;
import dev.tocsin.core.process.Programs;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of shells that somebody far away types into. */
final class RemoteShells implements HostDetector {

    static final FindingType REVERSE = HostTypes.named("Execution:Runtime/ReverseShell", HostTypes.HIGH)
            .texts(
                    "A process on {host} runs a reverse shell.",
                    "Process {process} on {host} is a shell whose input or output is a connection that was opened outwards,"
                            + " to {peer}. Somebody there types the commands.")
            .firesWhen("a shell starts in a process whose standard input, output or error was made the twin of a socket"
                    + " that the process or its parent connected, or a running shell makes it so.")
            .doesNotSee("shells on connections that came in (SSH, inetd); shells that talk through a pipe to a second"
                    + " program, which SuspiciousCommand tells by its words; tools that do not tell of dup.")
            .nextSteps(
                    "End the process, isolate the host, and see what started the shell: mostly a service with a hole.")
            .technique("T1059.004")
            .build();

    static final FindingType CREATED = HostTypes.named("Execution:Runtime/SuspiciousShellCreated", HostTypes.LOW)
            .texts(
                    "A network service on {host} started an interactive shell.",
                    "Process {parent} on {host}, which serves the network, started the interactive shell {process}.")
            .firesWhen(
                    "a program that serves the network, or one below it, starts a shell without a script or command.")
            .doesNotSee("shells that run one command, as many services do; logins by SSH; agents of monitoring and"
                    + " package managers.")
            .nextSteps("See what the shell did: its children stand below it in other findings' lineage.")
            .technique("T1059.004")
            .build();

    private static final Pattern INTERACTIVE = Pattern.compile(
            "(?:\\S*/)?-?(?:ba|da|z|k|a|fi|tc|c|rba)?sh(?: -(?:i|l|il|li|p|ip|pi|-norc|-noprofile|-login))*");

    @Override
    public List<FindingType> types() {
        return List.of(REVERSE, CREATED);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.EXEC, Action.DUP);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        if (event.failed()) {
            return;
        }
        boolean shell = Programs.isShell(process.path() == null ? process.name() : process.path());
        boolean begins = !view.before().has(Mark.REVERSE_SHELL) && process.has(Mark.REVERSE_SHELL);
        if (begins || (event.action() == Action.DUP && event.rule() != null && process.has(Mark.STDIO_SOCKET))) {
            out.accept(HostSignal.of(REVERSE, event, view)
                    .fact("peer", peer(event, process))
                    .additional("remote", peer(event, process))
                    .build());
            return;
        }
        if (event.action() == Action.EXEC && shell && isInteractive(process.commandLine())) {
            boolean service = view.before().has(Mark.SERVICE)
                    && !view.before().has(Mark.PACKAGE | Mark.MONITORING | Mark.ENGINE | Mark.BUILD);
            boolean again = Programs.isShell(view.before().path());
            if (service && !again) {
                List<ProcessEntry> ancestors = view.ancestors();
                out.accept(HostSignal.of(CREATED, event, view)
                        .fact(
                                "parent",
                                ancestors.isEmpty() ? "" : ancestors.getFirst().program())
                        .build());
            }
        }
    }

    private static @Nullable String peer(HostEvent event, ProcessEntry process) {
        HostEvent.Peer peer = event.peer();
        return peer == null ? process.peer() : peer.address() + ":" + peer.port();
    }

    private static boolean isInteractive(@Nullable String commandLine) {
        return commandLine != null && INTERACTIVE.matcher(commandLine.strip()).matches();
    }
}
