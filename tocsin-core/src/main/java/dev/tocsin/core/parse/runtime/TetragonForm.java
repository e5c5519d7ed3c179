package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What Tetragon exports: one member named after the kind, with process and parent, and typed arguments of a hook. */
final class TetragonForm implements JsonLines.Form {

    /** Files are read as modules with this second argument of the kernel's hook. */
    private static final long READING_MODULE = 2;

    /** The bit of a file's permission hook that asks to write. */
    private static final long MAY_WRITE = 2;

    @Override
    public Set<String> unread() {
        return Set.of(
                "cap", "pod_labels", "stats", "stack_trace", "kernel_stack_trace", "user_stack_trace", "bytes_arg");
    }

    @Override
    public void fill(Doc line, HostDraft draft, Host host, Origin origin) {
        String kind = null;
        for (Map.Entry<String, Object> member : line.members().entrySet()) {
            if (member.getKey().startsWith("process_") && member.getValue() instanceof Doc) {
                kind = member.getKey();
            }
        }
        if (kind == null) {
            throw new IllegalArgumentException(
                    "expected a member process_exec, process_exit, process_kprobe or the like");
        }
        Doc event = line.part(kind);
        draft.parent = parent(event.part("parent"));
        process(event.part("process"), draft);
        draft.parentPid = draft.parent == null ? 0 : draft.parent.pid();
        long time = Values.millis(line.text("time"));
        draft.millis = time == 0 ? draft.startedAt : time;
        switch (kind) {
            case "process_exec" -> exec(draft);
            case "process_exit" -> draft.action = Action.EXIT;
            case "process_connect" -> {
                draft.action = Action.CONNECT;
                peer(event.get("destination_ip"), event.get("destination_port"), event.text("protocol"), draft);
            }
            case "process_listen" -> {
                draft.action = Action.LISTEN;
                peer(event.get("ip"), event.get("port"), event.text("protocol"), draft);
            }
            case "process_loader" -> {
                draft.action = Action.LOAD_LIBRARY;
                draft.path = event.text("path");
            }
            case "process_dns" -> dns(event, draft, host, origin);
            case "process_kprobe", "process_tracepoint", "process_lsm" -> hook(event, draft);
            default -> {}
        }
    }

    private static void exec(HostDraft draft) {
        draft.action = Action.EXEC;
        draft.path = draft.executable;
    }

    private static void process(Doc process, HostDraft draft) {
        draft.pid = Values.pid(process.get("pid"));
        draft.userId = Values.user(process.get("uid"));
        draft.loginUserId = Values.user(process.get("auid"));
        draft.effectiveUserId = Values.user(process.part("process_credentials").get("euid"));
        draft.executable = process.text("binary");
        draft.name = Values.lastPart(draft.executable);
        draft.commandLine = commandLine(process);
        draft.directory = process.text("cwd");
        draft.startedAt = Values.millis(process.text("start_time"));
        Doc file = process.part("binary_properties").part("file");
        if (file.text("path") != null) {
            draft.executable = file.text("path"); // the name that was executed may be of a deleted or a memory's file
        }
        draft.container = container(process);
        draft.namespacePid = Values.pid(process.part("pod").part("container").get("pid"));
    }

    private static @Nullable String commandLine(Doc process) {
        String binary = process.text("binary");
        String arguments = process.text("arguments");
        return arguments == null || arguments.isEmpty() ? binary : binary + " " + arguments;
    }

    private static @Nullable HostContainer container(Doc process) {
        Doc pod = process.part("pod");
        Doc container = pod.part("container");
        String id = container.text("id");
        if (id == null) {
            id = process.text("docker");
        }
        return id == null
                ? null
                : new HostContainer(
                        id.substring(id.lastIndexOf('/') + 1),
                        container.text("name"),
                        container.part("image").text("name"),
                        pod.text("name"),
                        pod.text("namespace"),
                        Values.millis(container.text("start_time")));
    }

    private static @Nullable HostProcess parent(Doc parent) {
        if (parent.isEmpty()) {
            return null;
        }
        HostDraft draft = new HostDraft();
        process(parent, draft);
        return draft.process();
    }

    private static void peer(
            @Nullable Object address, @Nullable Object port, @Nullable String protocol, HostDraft draft) {
        draft.address = Values.address(address);
        draft.port = Values.port(port);
        draft.protocol = protocol == null || protocol.contains("TCP") ? Flow.TCP : Flow.UDP;
    }

    private static void dns(Doc event, HostDraft draft, Host host, Origin origin) {
        Doc dns = event.part("dns");
        String name = dns.get("names") instanceof List<?> names && !names.isEmpty()
                ? NameLookup.name(String.valueOf(names.getFirst()))
                : null;
        if (name != null) {
            draft.action = Action.DNS;
            draft.query = NameLookup.query(draft, host, origin, name, null, null, List.of());
        }
    }

    private static void hook(Doc event, HostDraft draft) {
        String function = event.text("function_name");
        if (function == null) {
            function = String.valueOf(event.text("event")).replace("sys_enter_", "");
        }
        Action action = SystemCalls.action(function);
        draft.action = action;
        draft.rule = event.text("policy_name");
        if (action == null) {
            return;
        }
        Arguments args = new Arguments(Values.docs(event.get("args")));
        switch (action) {
            case READ -> {
                draft.path = args.file();
                boolean permission = function.endsWith("file_permission");
                boolean write = permission ? (args.number() & MAY_WRITE) != 0 : SystemCalls.writes(args.number());
                draft.action = write
                                && !function.equals("fd_install")
                                && !SystemCalls.bare(function).equals("read")
                        ? Action.WRITE
                        : Action.READ;
            }
            case LOAD_MODULE -> {
                draft.path = args.file();
                boolean reads = function.contains("read_file");
                draft.action = reads && args.number() != READING_MODULE ? null : action;
            }
            case LOAD_LIBRARY -> {
                draft.path = args.file();
                draft.action = LibraryNames.isLibrary(draft.path) ? action : null;
            }
            case CONNECT, BIND, LISTEN, ACCEPT, SOCKET -> {
                args.socket(draft);
                draft.number = args.number();
            }
            case RENAME, LINK, MOUNT -> {
                List<String> paths = args.paths();
                draft.other = paths.isEmpty() ? null : paths.getFirst();
                draft.path = paths.size() < 2 ? draft.other : paths.get(1);
            }
            case PTRACE -> {
                draft.path = SystemCalls.ptrace(args.number(0));
                draft.number = args.number(1);
            }
            case DUP -> {
                draft.other = Long.toString(args.number(0));
                draft.number = args.number(1);
            }
            case EXEC -> {
                draft.path = args.file();
                draft.executable = draft.path == null ? draft.executable : draft.path;
            }
            case SETUID -> draft.number = args.user();
            case WRITE_MEMORY, READ_MEMORY, SETNS, UNSHARE, PROTECT, FORK -> draft.number = args.number();
            case WRITE, DELETE, MEMFD -> draft.path = args.file();
            case EXIT, USERFAULTFD, DNS, ALERT -> {}
        }
    }

    /** The typed arguments of a hook. */
    private record Arguments(List<Doc> all) {

        /** The first that names a file, module or other thing. */
        @Nullable
        String file() {
            List<String> paths = paths();
            return paths.isEmpty() ? null : paths.getFirst();
        }

        List<String> paths() {
            List<String> paths = new ArrayList<>();
            for (Doc arg : all) {
                arg.members().forEach((kind, value) -> {
                    String path = switch (kind) {
                        case "file_arg", "path_arg", "linux_binprm_arg", "dentry_arg" ->
                            value instanceof Doc file ? file.text("path") : null;
                        case "module_arg" -> value instanceof Doc module ? module.text("name") : null;
                        case "string_arg" -> Values.text(value);
                        default -> null;
                    };
                    if (path != null && !path.isEmpty()) {
                        boolean relative = kind.equals("file_arg") && path.indexOf('/') > 0 && !path.contains(":");
                        paths.add(relative ? "/" + path : path);
                    }
                });
            }
            return paths;
        }

        /** The first number. */
        long number() {
            return number(0);
        }

        /** The number at {@code place} among numbers. */
        long number(int place) {
            int at = 0;
            for (Doc arg : all) {
                for (String kind : new String[] {"int_arg", "size_arg", "long_arg", "uint_arg"}) {
                    if (arg.get(kind) != null && at++ == place) {
                        return Values.number(arg.get(kind), 0);
                    }
                }
            }
            return 0;
        }

        long user() {
            for (Doc arg : all) {
                Object user = arg.part("process_credentials_arg").get("euid");
                if (user != null) {
                    return Values.user(user);
                }
            }
            return number();
        }

        void socket(HostDraft draft) {
            for (Doc arg : all) {
                Doc socket = arg.part("sock_arg");
                if (!socket.isEmpty()) {
                    peer(socket.get("daddr"), socket.get("dport"), socket.text("protocol"), draft);
                }
                Doc address = arg.part("sockaddr_arg");
                if (!address.isEmpty()) {
                    peer(address.get("addr"), address.get("port"), null, draft);
                    draft.protocol = -1;
                    String family = String.valueOf(address.text("family"));
                    draft.path = family.contains("UNIX") ? Values.text(address.get("addr")) : null;
                }
            }
        }
    }
}
