package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Falco's alerts: the call that a rule met, with the fields that the rule prints. What no rule meets is not seen. */
final class FalcoForm implements JsonLines.Form {

    private static final long NANOS_IN_MILLI = 1_000_000;

    @Override
    public void fill(Doc line, HostDraft draft, Host host, Origin origin) {
        Doc fields = line.part("output_fields");
        long nanos = Values.number(fields.get("evt.time"), Values.number(fields.get("evt.time.iso8601"), 0));
        draft.millis = nanos > 0 ? nanos / NANOS_IN_MILLI : Values.millis(line.text("time"));
        if (draft.millis == 0) {
            draft.millis = Values.millis(line.text("time"));
        }
        draft.rule = line.text("rule");
        process(fields, draft);
        Action action = SystemCalls.action(fields.text("evt.type"));
        draft.action = action == null ? Action.ALERT : action;
        target(draft.action, fields, draft);
        judged(String.valueOf(draft.rule).toLowerCase(Locale.ROOT), draft);
    }

    private static void process(Doc fields, HostDraft draft) {
        draft.pid = Values.pid(fields.get("proc.pid"));
        draft.parentPid = Values.pid(fields.get("proc.ppid"));
        draft.namespacePid = Values.pid(fields.get("proc.vpid"));
        draft.userId = Values.user(fields.get("user.uid"));
        draft.loginUserId = Values.user(fields.get("user.loginuid"));
        draft.name = fields.text("proc.name");
        draft.executable = fields.text("proc.exepath");
        draft.commandLine = fields.text("proc.cmdline");
        draft.directory = fields.text("proc.cwd");
        draft.sha256 = fields.text("proc.hash.sha256");
        draft.terminal = Values.number(fields.get("proc.tty"), 0) != 0;
        String id = fields.text("container.id");
        if (id != null && !id.equals("host")) {
            String image = fields.text("container.image.repository");
            String tag = fields.text("container.image.tag");
            draft.container = new HostContainer(
                    id,
                    fields.text("container.name"),
                    image == null || tag == null ? image : image + ":" + tag,
                    fields.text("k8s.pod.name"),
                    fields.text("k8s.ns.name"),
                    0);
        }
        String parent = fields.text("proc.pname");
        if (parent != null) {
            HostDraft above = new HostDraft();
            above.pid = draft.parentPid;
            above.name = parent;
            above.executable = fields.text("proc.pexepath");
            above.commandLine = fields.text("proc.pcmdline");
            draft.parent = above.process();
        }
    }

    private static void target(Action action, Doc fields, HostDraft draft) {
        String fd = fields.text("fd.name");
        switch (action) {
            case EXEC -> draft.path = draft.executable;
            case READ -> {
                draft.path = fd;
                draft.action = SystemCalls.writes(fields.get("evt.arg.flags"))
                                || Boolean.TRUE.equals(fields.get("evt.is_open_write"))
                        ? Action.WRITE
                        : Action.READ;
            }
            case RENAME, LINK -> {
                draft.path = first(fields, "fs.path.target", "evt.arg.newpath", "evt.arg.linkpath");
                draft.other = first(fields, "fs.path.source", "evt.arg.oldpath", "evt.arg.target");
            }
            case CONNECT, BIND, LISTEN, ACCEPT, DUP, SOCKET -> {
                connection(fd, draft);
                if (action == Action.DUP) {
                    draft.number = Values.number(first(fields, "evt.arg.fd", "evt.res", "fd.num"), -1);
                    draft.path = draft.address == null ? null : "socket:";
                }
            }
            case MOUNT -> {
                draft.path = first(fields, "evt.arg.dir", "fs.path.target");
                draft.other = first(fields, "evt.arg.dev", "fs.path.source");
            }
            case PTRACE -> {
                draft.path = first(fields, "evt.arg.request", "evt.arg.req");
                draft.number = Values.pid(fields.get("evt.arg.pid"));
            }
            case LOAD_MODULE -> draft.path = first(fields, "evt.arg.module", "evt.args", "proc.args");
            case ALERT, DELETE, WRITE, MEMFD, LOAD_LIBRARY, FORK, EXIT, WRITE_MEMORY, READ_MEMORY, PROTECT ->
                draft.path = fd;
            case USERFAULTFD, SETNS, UNSHARE, SETUID, DNS -> {}
        }
    }

    /** What a rule of Falco's own set has judged already, where the fields alone do not show it. */
    private static void judged(String rule, HostDraft draft) {
        if (rule.contains("fileless execution")) {
            draft.action = Action.EXEC;
            draft.path = "memfd:";
            draft.executable = draft.executable == null ? draft.path : draft.executable;
        } else if (rule.contains("redirect stdout/stdin to network")) {
            draft.action = Action.DUP;
            draft.path = "socket:";
            draft.number = Math.max(0, draft.number);
        } else if (rule.contains("ptrace anti-debug")) {
            draft.action = Action.PTRACE;
            draft.path = "PTRACE_TRACEME";
        } else if (rule.contains("release_agent")) {
            draft.action = Action.WRITE;
            draft.path = draft.path == null ? "release_agent" : draft.path;
        } else if (rule.contains("kernel module")) {
            draft.action = Action.LOAD_MODULE;
        } else if (rule.startsWith("write below")
                || rule.startsWith("modify ")
                || rule.contains("file opened for writing")) {
            draft.action = draft.action == Action.READ ? Action.WRITE : draft.action;
        }
    }

    /** {@code 10.0.0.1:4000->198.51.100.7:443}, or a socket's file. */
    private static void connection(@Nullable String fd, HostDraft draft) {
        if (fd == null) {
            return;
        }
        String remote = fd.substring(fd.indexOf("->") < 0 ? 0 : fd.indexOf("->") + 2);
        int colon = remote.lastIndexOf(':');
        if (colon > 0) {
            draft.address = Values.address(remote.substring(0, colon));
            draft.port = Values.port(remote.substring(colon + 1));
        }
        if (draft.address == null && fd.startsWith("/")) {
            draft.path = fd;
        }
    }

    private static @Nullable String first(Doc fields, String... names) {
        for (String name : names) {
            String text = Values.text(fields.get(name));
            if (text != null) {
                return text;
            }
        }
        return null;
    }
}
