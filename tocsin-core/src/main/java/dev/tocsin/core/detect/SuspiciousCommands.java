package dev.tocsin.core.detect;

import dev.tocsin.core.detect.CommandPatterns.Row;
import dev.tocsin.core.detect.CommandPatterns.Step;
import dev.tocsin.core.detect.CommandPatterns.When;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Mark;
import dev.tocsin.core.process.ProcessEntry;
import dev.tocsin.core.process.Programs;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The five types of suspicious commands, a table of patterns each: {@link CommandPatterns}. */
final class SuspiciousCommands implements HostDetector {

    static final FindingType EXECUTION = type(
            "Execution",
            HostTypes.HIGH,
            "T1059",
            "runs what comes from elsewhere: a shell bound to a connection, a download that a shell runs; or it is a"
                    + " download from a bare address or a place of nameless files that is run");
    static final FindingType EVASION = type(
            "DefenseEvasion",
            HostTypes.HIGH,
            "T1562",
            "turns a defence off: firewall, SELinux, audit and agents, logs and history, LD_PRELOAD");
    static final FindingType DISCOVERY = type(
            "Discovery",
            HostTypes.LOW,
            "T1082",
            "looks around: users, network and processes of the host, rights in AWS, Kubernetes, the metadata service");
    static final FindingType PERSISTENCE = type(
            "Persistence", HostTypes.MEDIUM, "T1053", "stays: a scheduled task, a service, a user, a start-up file");
    static final FindingType ESCALATION = type(
            "PrivilegeEscalation",
            HostTypes.MEDIUM,
            "T1068",
            "becomes more: setuid bits, capabilities, the host's namespaces, sudo without password");

    private static final Map<Step, FindingType> TYPES = new EnumMap<>(Map.of(
            Step.EXECUTION, EXECUTION,
            Step.EVASION, EVASION,
            Step.DISCOVERY, DISCOVERY,
            Step.PERSISTENCE, PERSISTENCE,
            Step.ESCALATION, ESCALATION));

    private static FindingType type(String tactic, double severity, String technique, String what) {
        return HostTypes.named(tactic + ":Runtime/SuspiciousCommand", severity)
                .texts(
                        "A suspicious command was executed on {host}: {what}.",
                        "Process {process} on {host} was started with a command line that " + what.split(":", 2)[0]
                                + ": {what}.")
                .firesWhen("a command line " + what + "; for all but shells on connections and decoded text only where "
                        + HostTypes.SUSPICIOUS + ". Severity is that of the command.")
                .doesNotSee(
                        "the same commands of administrators, package managers, schedulers and agents; commands inside"
                                + " scripts, of which only what they start is seen; built-in commands of shells.")
                .nextSteps("context.commandLineExample shows the command: see in the lineage who gave it, and what it"
                        + " changed.")
                .technique(technique)
                .build();
    }

    @Override
    public List<FindingType> types() {
        return List.of(EXECUTION, EVASION, DISCOVERY, PERSISTENCE, ESCALATION);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.EXEC);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        if (event.failed() || (process.has(Mark.PACKAGE | Mark.MONITORING) && !process.has(Mark.SUSPICIOUS))) {
            return;
        }
        String command = process.commandLine();
        Set<Step> said = EnumSet.noneOf(Step.class);
        if (process.has(Mark.DOWNLOADED) && !view.before().has(Mark.DOWNLOADED)) {
            said.add(Step.EXECUTION);
            say(EXECUTION, HostTypes.HIGH, "download of a dubious source run", command, event, view, out);
        }
        String preload = event.process().preload();
        if (preload != null && Programs.isLoose(preload)) {
            said.add(Step.EVASION);
            say(EVASION, HostTypes.HIGH, "library put before all others", command, event, view, out);
        }
        if (command == null) {
            return;
        }
        for (Row row : CommandPatterns.ROWS) {
            if (counts(row.when(), process, view)
                    && command.contains(row.hint())
                    && !said.contains(row.step())
                    && row.pattern().matcher(command).find()) {
                said.add(row.step());
                say(type(row.step()), row.severity(), row.what(), command, event, view, out);
            }
        }
    }

    private static FindingType type(Step step) {
        FindingType type = TYPES.get(step);
        return type == null ? EXECUTION : type;
    }

    private static boolean counts(When when, ProcessEntry process, HostView view) {
        boolean suspicious = process.isSuspicious();
        return switch (when) {
            case ALWAYS -> true;
            case CONTAINED -> suspicious || process.container() != null;
            case SUSPICIOUS -> suspicious && (view.before().isSuspicious() || process.has(Mark.SUSPICIOUS));
        };
    }

    private static void say(
            FindingType type,
            double severity,
            String what,
            @Nullable String command,
            HostEvent event,
            HostView view,
            Consumer<Signal> out) {
        out.accept(HostSignal.of(type, event, view)
                .severity(severity)
                .fact("what", what)
                .additional("pattern", what)
                .aggregation(what)
                .context("commandLineExample", command)
                .context("ldPreloadValue", event.process().preload())
                .build());
    }
}
