package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.finding.Doc;

/**
 * Results of osquery's event tables, whatever the query's name: rows of process_events, socket_events and file_events and
 * their eBPF twins are told by their columns.
 */
final class OsqueryForm implements JsonLines.Form {

    @Override
    public void fill(Doc line, HostDraft draft, Host host, Origin origin) {
        Doc columns = line.part("columns");
        if (columns.isEmpty() || "removed".equals(line.text("action"))) {
            return;
        }
        long seconds = Values.number(columns.get("time"), Values.number(line.get("unixTime"), 0));
        draft.millis = seconds > 0 && seconds < Integer.MAX_VALUE * 2L ? seconds * 1000 : 0;
        draft.pid = Values.pid(columns.get("pid"));
        draft.parentPid = Values.pid(columns.get("parent"));
        draft.userId = Values.user(columns.get("uid"));
        draft.effectiveUserId = Values.user(columns.get("euid"));
        draft.loginUserId = Values.user(columns.get("auid"));
        draft.executable = columns.text("path");
        draft.name = Values.lastPart(draft.executable);
        draft.directory = columns.text("cwd");
        if (columns.text("target_path") != null) {
            file(columns, draft);
        } else if (columns.get("remote_address") != null) {
            socket(columns, draft);
        } else if (columns.get("cmdline") != null && draft.pid > 0) {
            draft.commandLine = columns.text("cmdline");
            draft.sha256 = columns.text("sha256");
            draft.path = draft.executable;
            String call = columns.text("syscall");
            draft.action = call == null || call.startsWith("exec") ? Action.EXEC : SystemCalls.action(call);
            draft.failed = Values.number(columns.get("exit_code"), 0) != 0 && call != null;
            if (draft.action == Action.FORK) {
                draft.action = null; // the row does not say who the child is
            }
        }
    }

    private static void file(Doc columns, HostDraft draft) {
        draft.path = columns.text("target_path");
        draft.executable = null;
        draft.action = switch (String.valueOf(columns.text("action"))) {
            case "CREATED", "UPDATED", "ATTRIBUTES_MODIFIED" -> Action.WRITE;
            case "DELETED" -> Action.DELETE;
            case "MOVED_TO" -> Action.RENAME;
            default -> null;
        };
    }

    private static void socket(Doc columns, HostDraft draft) {
        String call = columns.text("syscall") == null ? columns.text("action") : columns.text("syscall");
        draft.action = SystemCalls.action(call);
        draft.address = Values.address(columns.get("remote_address"));
        draft.port = Values.port(columns.get("remote_port"));
        draft.protocol = Values.number(columns.get("protocol"), 0) == Flow.UDP ? Flow.UDP : Flow.TCP;
        String file = columns.text("socket");
        if (draft.address == null && file != null && file.startsWith("/")) {
            draft.path = file;
        }
    }
}
