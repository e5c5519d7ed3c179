package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Tracee writes: a flat context and {@code args} of name and value; system calls, hooks, packets and signatures. */
final class TraceeForm implements JsonLines.Form {

    private static final long NANOS_IN_MILLI = 1_000_000;

    /** Signatures of its own, as what they found. */
    private record Signature(Action action, @Nullable String path) {}

    private static final Map<String, Signature> SIGNATURES = Map.of(
            "anti_debugging", new Signature(Action.PTRACE, "PTRACE_TRACEME"),
            "ptrace_code_injection", new Signature(Action.PTRACE, "PTRACE_POKETEXT"),
            "process_vm_write_inject", new Signature(Action.WRITE_MEMORY, null),
            "proc_mem_code_injection", new Signature(Action.WRITE, "/proc/0/mem"),
            "stdio_over_socket", new Signature(Action.DUP, "socket:"),
            "docker_abuse", new Signature(Action.CONNECT, "/var/run/docker.sock"),
            "cgroup_release_agent", new Signature(Action.WRITE, "release_agent"),
            "fileless_execution", new Signature(Action.EXEC, "memfd:"),
            "kernel_module_loading", new Signature(Action.LOAD_MODULE, null),
            "dropped_executable", new Signature(Action.WRITE, null));

    @Override
    public Set<String> unread() {
        return Set.of("stackAddresses", "matchedPolicies", "contextFlags");
    }

    @Override
    public void fill(Doc line, HostDraft draft, Host host, Origin origin) {
        String event = line.text("eventName");
        if (event == null) {
            throw new IllegalArgumentException("expected eventName");
        }
        long nanos = Values.number(line.get("timestamp"), 0);
        draft.millis = nanos == 0 ? Values.millis(line.text("timestamp")) : nanos / NANOS_IN_MILLI;
        process(line, draft);
        Map<String, Object> args = new HashMap<>();
        for (Doc arg : Values.docs(line.get("args"))) {
            String name = arg.text("name");
            Object value = arg.get("value");
            if (name != null && value != null) {
                args.put(name, value);
            }
        }
        draft.failed = Values.number(line.get("returnValue"), 0) < 0;
        action(event, args, line, draft, host, origin);
    }

    private static void process(Doc line, HostDraft draft) {
        draft.pid = Values.pid(line.get("hostProcessId"));
        draft.parentPid = Values.pid(line.get("hostParentProcessId"));
        draft.namespacePid = Values.pid(line.get("processId"));
        draft.userId = Values.user(line.get("userId"));
        draft.name = line.text("processName");
        draft.executable = line.part("executable").text("path");
        Doc container = line.part("container");
        String id = Values.text(line.get("containerId"));
        id = id == null ? Values.text(container.get("id")) : id;
        if (id != null) {
            Doc pod = line.part("kubernetes");
            draft.container = new HostContainer(
                    id,
                    first(container.get("name"), line.get("containerName")),
                    first(container.get("image"), line.get("containerImage")),
                    first(pod.get("podName"), line.get("podName")),
                    first(pod.get("podNamespace"), line.get("podNamespace")),
                    0);
        }
    }

    private static @Nullable String first(@Nullable Object one, @Nullable Object other) {
        String text = Values.text(one);
        return text == null ? Values.text(other) : text;
    }

    private static void action(
            String event, Map<String, Object> args, Doc line, HostDraft draft, Host host, Origin origin) {
        Signature signature = SIGNATURES.get(event);
        if (signature != null) {
            signature(signature, event, args, draft);
            return;
        }
        if (event.equals("net_packet_tcp")) {
            packet(args, draft);
            return;
        }
        Action action = SystemCalls.action(event);
        if (action == null) {
            return;
        }
        draft.action = action;
        switch (action) {
            case EXEC -> exec(event, args, draft);
            case FORK -> {
                draft.number = Values.pid(first(args.get("child_pid"), line.get("returnValue")));
                draft.action = draft.number == 0 ? null : action; // seen from the child, whose own events tell more
            }
            case READ -> {
                path(args, draft);
                draft.action = SystemCalls.writes(args.get("flags")) ? Action.WRITE : Action.READ;
            }
            case DNS -> NameLookup.fill(args, draft, host, origin);
            case LOAD_MODULE -> {
                path(args, draft);
                String type = Values.text(args.get("type"));
                draft.action = type == null || type.contains("module") ? action : null;
            }
            case LOAD_LIBRARY -> {
                path(args, draft);
                draft.action = LibraryNames.isLibrary(draft.path) ? action : null;
            }
            case DUP -> {
                draft.number = Values.number(args.get("newfd"), -1);
                Sockets.fill(args.get("remote_addr"), draft);
                draft.path = draft.address == null ? null : "socket:";
            }
            case PTRACE -> {
                Object request = args.get("request");
                draft.path = request instanceof Long number ? SystemCalls.ptrace(number) : Values.text(request);
                draft.number = Values.pid(args.get("pid"));
            }
            case WRITE_MEMORY, READ_MEMORY -> draft.number = Values.pid(args.get("pid"));
            case SETUID -> draft.number = Values.number(args.get("uid"), -1);
            case CONNECT, BIND, LISTEN, ACCEPT, SOCKET -> socket(args, draft);
            case RENAME, LINK -> {
                path(args, draft);
                draft.path = text(args, "newpath", "new_path", "linkpath");
                draft.other = text(args, "oldpath", "old_path", "target");
            }
            case MOUNT -> {
                draft.path = text(args, "path", "target", "dir_name");
                draft.other = text(args, "dev_name", "source");
            }
            case MEMFD -> draft.path = text(args, "uname", "name");
            case EXIT -> {
                boolean thread = Values.pid(line.get("hostThreadId")) != draft.pid && line.get("hostThreadId") != null;
                draft.action = thread ? null : action;
            }
            case WRITE, DELETE, PROTECT, USERFAULTFD, SETNS, UNSHARE, ALERT -> path(args, draft);
        }
    }

    /** A hook comes after the program was changed, a system call before: there the process is still the old one. */
    private static void exec(String event, Map<String, Object> args, HostDraft draft) {
        draft.path = text(args, "pathname", "cmdpath");
        draft.commandLine = Values.words(args.get("argv"));
        draft.sha256 = text(args, "sha256");
        draft.executable = draft.path;
        if (args.get("env") instanceof List<?> env) {
            for (Object variable : env) {
                if (variable instanceof String text && text.startsWith("LD_PRELOAD=")) {
                    draft.preload = text.substring("LD_PRELOAD=".length());
                }
            }
        }
        if (!event.startsWith("sched")) {
            draft.name = Values.lastPart(draft.path);
        }
    }

    private static void signature(Signature signature, String event, Map<String, Object> args, HostDraft draft) {
        draft.action = signature.action();
        draft.rule = event;
        draft.number = Values.pid(first(args.get("pid"), args.get("target_pid")));
        Sockets.fill(args.get("remote_addr"), draft);
        if (draft.address == null) {
            draft.address = Values.address(args.get("IP address"));
            draft.port = Values.port(args.get("Port"));
        }
        String named = text(args, "pathname", "path");
        draft.path = signature.path() == null || (signature.action() == Action.WRITE && named != null)
                ? named
                : signature.path();
    }

    /** A connection's first packet; what follows is no news. */
    private static void packet(Map<String, Object> args, HostDraft draft) {
        if (args.get("proto_tcp") instanceof Doc tcp && tcp.number("SYN", 0) == 1 && tcp.number("ACK", 0) == 0) {
            draft.action = Action.CONNECT;
            draft.address = Values.address(args.get("dst"));
            draft.port = Values.port(args.get("dst_port"));
            draft.protocol = Flow.TCP;
        }
    }

    private static void socket(Map<String, Object> args, HostDraft draft) {
        for (String name : new String[] {"remote_addr", "addr", "local_addr"}) {
            Sockets.fill(args.get(name), draft);
        }
        if (draft.address == null) {
            draft.address = Values.address(args.get("dst"));
            draft.port = Values.port(args.get("dst_port"));
        }
        String type = text(args, "type");
        if (type != null) {
            draft.protocol = type.contains("STREAM") ? Flow.TCP : type.contains("DGRAM") ? Flow.UDP : -1;
        }
    }

    private static void path(Map<String, Object> args, HostDraft draft) {
        draft.path = text(args, "pathname", "path", "name", "syscall_pathname");
    }

    private static @Nullable String text(Map<String, Object> args, String... names) {
        for (String name : names) {
            String text = Values.text(args.get(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
