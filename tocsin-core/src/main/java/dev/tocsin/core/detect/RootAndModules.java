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
import org.jspecify.annotations.Nullable;

/** The types of a process that becomes root by an odd program, and of code that goes into the kernel. */
final class RootAndModules implements HostDetector {

    static final FindingType ROOT = HostTypes.named("PrivilegeEscalation:Runtime/ElevationToRoot", HostTypes.MEDIUM)
            .texts(
                    "A process on {host} became root by an unusual program.",
                    "Process {process} on {host}, of user {user}, runs as root because of its file {path}, which is none of"
                            + " the programs that are made for that.")
            .firesWhen(
                    "a program runs as root for a user who is not (effective user 0, real user another) and is a shell,"
                            + " or lies outside the folders of packages, or its lineage is suspicious.")
            .doesNotSee(
                    "sudo, su, passwd, mount and the others that distributions install so; what they start; tools that"
                            + " do not tell both users.")
            .nextSteps("Take the setuid bit away, and find out who set it.")
            .technique("T1548.001")
            .build();

    static final FindingType MODULE = HostTypes.named("DefenseEvasion:Runtime/KernelModuleLoaded", HostTypes.HIGH)
            .texts(
                    "A kernel module was loaded on {host}.",
                    "Process {process} on {host} loaded the kernel module {path}. Code in the kernel sees and hides"
                            + " everything.")
            .firesWhen("a process loads, or tries to load, a kernel module.")
            .doesNotSee(
                    "modprobe, udev and systemd, which load the distribution's own modules by name, and what package"
                            + " managers and container engines load by them, unless the lineage is suspicious or the module lies"
                            + " outside /lib/modules.")
            .nextSteps(
                    "Compare the module with those of the distribution's package. If it is not known, the host cannot"
                            + " be trusted any more: replace it.")
            .technique("T1547.006")
            .build();

    private static final Set<String> LOADERS = Set.of(
            "modprobe",
            "kmod",
            "systemd-udevd",
            "udevadm",
            "systemd-modules-load",
            "systemd-modules",
            "systemd",
            "(udev-worker)",
            "dkms",
            "weak-modules");

    @Override
    public List<FindingType> types() {
        return List.of(ROOT, MODULE);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.EXEC, Action.LOAD_MODULE);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        if (event.action() == Action.LOAD_MODULE) {
            module(event, view, out);
        } else if (!event.failed()) {
            root(event, view, out);
        }
    }

    private static void root(HostEvent event, HostView view, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        boolean raised = process.effectiveUserId() == 0 && process.userId() > 0;
        boolean ordinary =
                !Programs.isShell(process.path()) && Programs.isInstalled(process.path()) && !process.isSuspicious();
        if (raised && !ordinary && !Programs.isSetuid(process.path()) && !isBelowOrdinary(view)) {
            out.accept(HostSignal.of(ROOT, event, view)
                    .fact("path", process.path())
                    .fact("user", process.userId())
                    .build());
        }
    }

    /** Those programs may start others before they change the real user. */
    private static boolean isBelowOrdinary(HostView view) {
        List<ProcessEntry> ancestors = view.ancestors();
        return Programs.isSetuid(view.before().path())
                || (!ancestors.isEmpty()
                        && Programs.isSetuid(ancestors.getFirst().path()));
    }

    private static void module(HostEvent event, HostView view, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        String path = event.path();
        String command = process.commandLine() == null ? "" : process.commandLine();
        boolean inserted = command.startsWith("insmod") || command.contains("/insmod ");
        boolean loader = LOADERS.contains(process.program()) && !inserted;
        if (loader && !isElsewhere(path) && (!process.isSuspicious() || process.has(Mark.PACKAGE | Mark.ENGINE))) {
            return;
        }
        boolean file = path != null && path.startsWith("/");
        out.accept(HostSignal.of(MODULE, event, view)
                .context("moduleName", file ? Programs.name(path) : path)
                .context("moduleFilePath", file ? path : null)
                .build());
    }

    private static boolean isElsewhere(@Nullable String path) {
        return path != null
                && path.startsWith("/")
                && !path.startsWith("/lib/modules/")
                && !path.startsWith("/usr/lib/modules/")
                && !path.startsWith("/snap/");
    }
}
