package dev.tocsin.core.parse.runtime;

import dev.tocsin.core.event.Address;
import dev.tocsin.core.event.Flow;
import dev.tocsin.core.event.Host;
import dev.tocsin.core.event.HostEvent.Action;
import dev.tocsin.core.event.LogObject;
import dev.tocsin.core.event.Origin;
import dev.tocsin.core.parse.ContentHash;
import dev.tocsin.core.parse.ParseLimits;
import dev.tocsin.core.parse.RecordSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the raw audit log. The records of one event share a serial number and may lie among those of others; an event is
 * whole with its PROCTITLE or EOE, or once too many others are open.
 */
final class AuditReader implements ToolReader {

    /** Events open at once; the kernel writes those of its processors in turns. */
    static final int MOST_OPEN = 64;

    /** Records of one event that are kept: an event has a PATH for each file it touches. */
    static final int MOST_RECORDS = 64;

    private static final int IN_PROGRESS = -115;
    private static final long SOCK_DGRAM = 2;

    private final LogObject object;
    private final RecordSink sink;
    private final Map<Long, Open> open = new LinkedHashMap<>();

    private static final class Open {
        private final List<AuditRecord> records = new ArrayList<>();
        private final long line;
        private final Host host;
        private long hash;
        private int bytes;

        Open(long line, Host host) {
            this.line = line;
            this.host = host;
        }

        @Nullable
        AuditRecord of(String type) {
            for (AuditRecord record : records) {
                if (record.type().equals(type)) {
                    return record;
                }
            }
            return null;
        }
    }

    AuditReader(LogObject object, RecordSink sink) {
        this.object = object;
        this.sink = sink;
    }

    @Override
    public void line(byte[] buffer, int from, int to, long number, Host host) {
        AuditRecord record = AuditRecord.parse(buffer, from, to);
        if (record == null) {
            sink.reject(number, "expected an audit record type=... msg=audit(seconds.millis:serial): ...");
            return;
        }
        switch (record.type()) {
            case "EOE" -> close(record.serial());
            case "SYSCALL",
                    "EXECVE",
                    "CWD",
                    "PATH",
                    "SOCKADDR",
                    "PROCTITLE",
                    "KERN_MODULE",
                    "BPRM_FCAPS",
                    "FD_PAIR",
                    "MMAP",
                    "OBJ_PID" -> {
                Open event = open.computeIfAbsent(record.serial(), serial -> new Open(number, host));
                if (event.records.size() < MOST_RECORDS) {
                    event.records.add(record);
                }
                event.bytes += to - from + 1;
                event.hash = event.hash * 31 + ContentHash.of(buffer, from, to);
                if (record.type().equals("PROCTITLE")) {
                    close(record.serial());
                } else if (open.size() > MOST_OPEN) {
                    closeFirst();
                }
            }
            default -> sink.ignore(1, NOT_READ);
        }
    }

    @Override
    public void end() {
        while (!open.isEmpty()) {
            closeFirst();
        }
    }

    private void closeFirst() {
        Iterator<Long> serials = open.keySet().iterator();
        close(serials.next());
    }

    private void close(long serial) {
        Open event = open.remove(serial);
        if (event == null) {
            return; // EOE of an event that is whole already
        }
        AuditRecord call = event.of("SYSCALL");
        if (call == null) {
            sink.ignore(1, "rest of an audit event that begins in another object");
            return;
        }
        String bare = call.raw("SYSCALL");
        String name = bare == null ? SystemCalls.name(call.raw("arch"), (int) call.number("syscall", -1)) : bare;
        Action action = SystemCalls.action(name);
        if (action == null) {
            sink.ignore(1, NOT_READ);
            return;
        }
        if (call.millis() < ParseLimits.EARLIEST_TIME * 1000) {
            sink.reject(event.line, "audit event before " + ParseLimits.EARLIEST_TIME + " (epoch seconds)");
            return;
        }
        HostDraft draft = new HostDraft();
        process(call, event, draft);
        Action done = detail(action, String.valueOf(name), call, event, draft);
        if (done == null) {
            sink.ignore(1, NOT_READ);
        } else {
            sink.accept(draft.event(done, new Origin(object, event.line, event.bytes), event.host, event.hash));
        }
    }

    private static void process(AuditRecord call, Open event, HostDraft draft) {
        draft.millis = call.millis();
        draft.pid = Values.pid(call.raw("pid"));
        draft.parentPid = Values.pid(call.raw("ppid"));
        draft.userId = Values.user(call.raw("uid"));
        draft.effectiveUserId = Values.user(call.raw("euid"));
        draft.loginUserId = Values.user(call.raw("auid"));
        draft.executable = call.text("exe");
        draft.name = call.text("comm");
        String terminal = call.raw("tty");
        draft.terminal = terminal != null && !terminal.equals("(none)");
        draft.failed = "no".equals(call.raw("success"));
        AuditRecord directory = event.of("CWD");
        draft.directory = directory == null ? null : directory.text("cwd");
        AuditRecord title = event.of("PROCTITLE");
        if (title != null) {
            byte[] words = title.bytes("proctitle");
            String text = words.length == 0
                    ? title.text("proctitle")
                    : new String(words, StandardCharsets.UTF_8).replace('\0', ' ');
            draft.commandLine = text == null ? null : text.strip();
        }
    }

    private static @Nullable Action detail(Action action, String name, AuditRecord call, Open event, HostDraft draft) {
        switch (action) {
            case EXEC -> {
                AuditRecord words = event.of("EXECVE");
                draft.commandLine = words == null ? draft.commandLine : words.words();
                draft.path = file(event, draft, "NORMAL");
            }
            case FORK -> {
                draft.number = Values.pid(call.raw("exit"));
                return draft.number == 0 ? null : action;
            }
            case READ -> {
                draft.path = file(event, draft, "CREATE", "NORMAL");
                long flags = name.equals("open") ? call.hex("a1") : name.equals("openat") ? call.hex("a2") : 0;
                return SystemCalls.writes(flags) || created(event) ? Action.WRITE : Action.READ;
            }
            case WRITE -> draft.path = file(event, draft, "CREATE", "NORMAL");
            case RENAME, LINK -> {
                draft.path = file(event, draft, "CREATE");
                draft.other = file(event, draft, "DELETE", "NORMAL");
            }
            case DELETE -> draft.path = file(event, draft, "DELETE");
            case LOAD_MODULE -> {
                AuditRecord module = event.of("KERN_MODULE");
                draft.path = module == null ? null : module.text("name");
            }
            case MOUNT -> {
                draft.path = file(event, draft, "NORMAL");
                draft.other = second(event);
            }
            case CONNECT, BIND, ACCEPT -> {
                AuditRecord socket = event.of("SOCKADDR");
                if (socket != null) {
                    Sockets.fill(socket.bytes("saddr"), draft);
                }
                if (action == Action.BIND && draft.address == null && draft.port > 0) {
                    draft.address = Address.v4(0); // of all its addresses
                }
                draft.failed = draft.failed && call.number("exit", 0) != IN_PROGRESS;
                draft.number = call.hex("a0");
            }
            case SOCKET -> {
                draft.number = call.number("exit", -1);
                draft.protocol = (call.hex("a1") & 0xf) == SOCK_DGRAM ? Flow.UDP : Flow.TCP;
            }
            case DUP -> {
                draft.number = name.equals("dup") ? call.number("exit", -1) : call.hex("a1");
                draft.other = Long.toString(call.hex("a0"));
            }
            case PTRACE -> {
                draft.path = SystemCalls.ptrace(call.hex("a0"));
                draft.number = call.hex("a1");
            }
            case WRITE_MEMORY, READ_MEMORY, SETNS, UNSHARE, SETUID, EXIT, LISTEN -> draft.number = call.hex("a0");
            case PROTECT -> draft.number = call.hex("a2");
            case MEMFD, LOAD_LIBRARY, USERFAULTFD, DNS, ALERT -> {}
        }
        return action;
    }

    private static boolean created(Open event) {
        return event.records.stream()
                .anyMatch(record -> record.type().equals("PATH") && "CREATE".equals(record.raw("nametype")));
    }

    /** The first file whose part in the call is one of {@code parts}, in their order, as an absolute path. */
    private static @Nullable String file(Open event, HostDraft draft, String... parts) {
        for (String part : parts) {
            for (AuditRecord record : event.records) {
                if (record.type().equals("PATH") && part.equals(record.raw("nametype"))) {
                    String name = record.text("name");
                    return name == null || name.startsWith("/") || draft.directory == null
                            ? name
                            : draft.directory + (draft.directory.endsWith("/") ? "" : "/") + name;
                }
            }
        }
        return null;
    }

    private static @Nullable String second(Open event) {
        return event.records.stream()
                .filter(record -> record.type().equals("PATH"))
                .skip(1)
                .map(record -> record.text("name"))
                .findFirst()
                .orElse(null);
    }
}
