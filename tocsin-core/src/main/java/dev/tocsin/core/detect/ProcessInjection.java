package dev.tocsin.core.detect;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Signal;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Mark;
import dev.tocsin.core.process.ProcessEntry;
import dev.tocsin.core.process.Programs;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types of code that one process puts into another, and of what hides from debuggers by the same calls. */
final class ProcessInjection implements HostDetector {

    private static final String DEBUGGERS =
            "debuggers and tracers (gdb, strace, lldb, rr, criu and the like) where they"
                    + " are installed, unless their own lineage is suspicious; container engines";

    static final FindingType BY_PROC = HostTypes.named("DefenseEvasion:Runtime/ProcessInjection.Proc", HostTypes.HIGH)
            .texts(
                    "Code was put into another process through proc on {host}.",
                    "Process {process} on {host} wrote to {path}, the memory of another process.")
            .firesWhen("a process opens /proc/PID/mem of another process to write.")
            .doesNotSee(DEBUGGERS + "; a process's own memory.")
            .nextSteps("Look at both processes: what the writer is and what the other one did since.")
            .technique("T1055.009")
            .build();

    static final FindingType BY_PTRACE = HostTypes.named(
                    "DefenseEvasion:Runtime/ProcessInjection.Ptrace", HostTypes.MEDIUM)
            .texts(
                    "Code was put into another process by ptrace on {host}.",
                    "Process {process} on {host} called {path} on process {target}, which changes its code, data or"
                            + " registers.")
            .firesWhen("a process calls ptrace to write another's text, data or registers; or, with a suspicious"
                    + " lineage, to attach to it.")
            .doesNotSee(DEBUGGERS + ".")
            .nextSteps("Look at both processes: what the caller is and what the other one did since.")
            .technique("T1055.008")
            .build();

    static final FindingType BY_MEMORY = HostTypes.named(
                    "DefenseEvasion:Runtime/ProcessInjection.VirtualMemoryWrite", HostTypes.HIGH)
            .texts(
                    "Code was put into another process by a direct write to its memory on {host}.",
                    "Process {process} on {host} wrote to the memory of process {target} with process_vm_writev or the"
                            + " like.")
            .firesWhen("a process calls process_vm_writev on another process.")
            .doesNotSee(DEBUGGERS + "; a process that writes to itself.")
            .nextSteps("Look at both processes: what the writer is and what the other one did since.")
            .technique("T1055")
            .build();

    static final FindingType ANTI_DEBUGGING = HostTypes.named(
                    "DefenseEvasion:Runtime/PtraceAntiDebugging", HostTypes.LOW)
            .texts(
                    "A process on {host} keeps debuggers away by ptrace.",
                    "Process {process} on {host} asked to be traced by its own parent (PTRACE_TRACEME), as malware does"
                            + " so that no debugger can look at it.")
            .firesWhen("a process calls ptrace with PTRACE_TRACEME and lies where everybody may write, or: "
                    + HostTypes.SUSPICIOUS + ".")
            .doesNotSee("what a debugger starts, and installed programs without a suspicious lineage.")
            .nextSteps("Look at the program's file in a sandbox.")
            .technique("T1622")
            .build();

    static final FindingType USERFAULTFD = HostTypes.named(
                    "PrivilegeEscalation:Runtime/UserfaultfdUsage", HostTypes.MEDIUM)
            .texts(
                    "A process on {host} handles page faults in user space.",
                    "Process {process} on {host} called userfaultfd, with which attackers win races in the kernel.")
            .firesWhen("a process calls userfaultfd, allowed or not.")
            .doesNotSee("virtual machine monitors and checkpointing (qemu, firecracker, cloud-hypervisor, criu), which"
                    + " move memory by it; Java's and Android's collectors do so too and are left out by name.")
            .nextSteps("See what the program is. If it is yours, suppress by it; if not, look for a kernel exploit.")
            .technique("T1068")
            .build();

    private static final Set<String> MOVES_MEMORY =
            Set.of("firecracker", "cloud-hypervisor", "criu", "java", "app_process64", "libvirtd");

    private static final Set<String> WRITES =
            Set.of("PTRACE_POKETEXT", "PTRACE_POKEDATA", "PTRACE_POKEUSR", "PTRACE_SETREGS", "PTRACE_SETREGSET");

    private static final Set<String> ATTACHES = Set.of("PTRACE_ATTACH", "PTRACE_SEIZE");

    private static final Pattern MEMORY = Pattern.compile("/proc/(\\d+)/(?:task/\\d+/)?mem");

    @Override
    public List<FindingType> types() {
        return List.of(BY_PROC, BY_PTRACE, BY_MEMORY, ANTI_DEBUGGING, USERFAULTFD);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.WRITE, Action.PTRACE, Action.WRITE_MEMORY, Action.USERFAULTFD);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        switch (event.action()) {
            case WRITE -> {
                Matcher memory = event.path() == null ? null : MEMORY.matcher(event.path());
                if (memory != null && memory.matches() && !memory.group(1).equals(String.valueOf(process.pid()))) {
                    injected(BY_PROC, memory.group(1), event, view, out);
                }
            }
            case PTRACE -> ptrace(event, view, out);
            case WRITE_MEMORY -> {
                if (event.number() != process.pid()) {
                    injected(BY_MEMORY, String.valueOf(event.number()), event, view, out);
                }
            }
            default -> {
                String program = process.program();
                if (!MOVES_MEMORY.contains(program) && !program.startsWith("qemu")) {
                    out.accept(HostSignal.of(USERFAULTFD, event, view).build());
                }
            }
        }
    }

    private static void ptrace(HostEvent event, HostView view, Consumer<Signal> out) {
        String request = String.valueOf(event.path());
        ProcessEntry process = view.process();
        if (request.equals("PTRACE_TRACEME")) {
            boolean odd = process.isSuspicious() || Programs.isLoose(process.path());
            if (odd && !process.has(Mark.DEBUGGER)) {
                out.accept(HostSignal.of(ANTI_DEBUGGING, event, view).build());
            }
        } else if (WRITES.contains(request) || (ATTACHES.contains(request) && process.isSuspicious())) {
            injected(BY_PTRACE, String.valueOf(event.number()), event, view, out);
        }
    }

    private static void injected(
            FindingType type, String target, HostEvent event, HostView view, Consumer<Signal> out) {
        ProcessEntry process = view.process();
        boolean debugger = process.has(Mark.DEBUGGER | Mark.ENGINE) && Programs.isInstalled(process.path());
        if (debugger && !process.isSuspicious()) {
            return;
        }
        Doc other = new Doc().with("pid", Long.parseLong(target));
        out.accept(HostSignal.of(type, event, view)
                .fact("target", target)
                .context("targetProcess", other)
                .build());
    }
}
