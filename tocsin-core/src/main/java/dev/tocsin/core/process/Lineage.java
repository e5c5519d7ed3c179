package dev.tocsin.core.process;

import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.finding.Doc;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How an event brings what is known of a process forward. */
public final class Lineage {

    /** When a process was last seen is held in steps of so many seconds, so that most events change nothing. */
    private static final long SEEN_STEP_SECONDS = 600;

    /** How long after a connection a descriptor of its number is taken for it, in seconds. Ours: shells do so at once. */
    private static final long SHELL_SECONDS = 10;

    /** What the shim of containerd, or podman's, says of the container that it holds. */
    private static final Pattern SHIM = Pattern.compile("(?: -id| -c|--cid) ([0-9a-z][0-9a-zA-Z_.-]{7,127})(?: |$)");

    /** A download from an address without a name, or from where files are left without a name of one's own. */
    private static final Pattern DUBIOUS = Pattern.compile(
            "(?:https?|ftp)://(?:[^/@ ]*@)?(?:\\d{1,3}(?:\\.\\d{1,3}){3}|[^/ ]*\\.onion|(?:[^/ ]*\\.)?(?:pastebin\\.com|transfer\\.sh|termbin\\.com"
                    + "|ngrok\\.io|ngrok-free\\.app|trycloudflare\\.com|0x0\\.st))(?:[:/ ]|$)");

    private Lineage() {}

    /** What {@code event} tells of its process, which was not known, and which {@code parent} started. */
    public static ProcessEntry started(HostEvent event, @Nullable ProcessEntry parent) {
        HostProcess told = event.process();
        int marks = parent == null ? 0 : parent.marks();
        boolean executes = event.action() == HostEvent.Action.EXEC;
        String path = executes && parent != null ? parent.path() : told.path();
        String container =
                told.container() != null ? told.container().id() : parent == null ? null : parent.container();
        ProcessEntry entry = new ProcessEntry(
                told.pid(),
                told.parentPid(),
                told.namespacePid(),
                told.startedAt() > 0 ? Math.floorDiv(told.startedAt(), 1000) : event.at(),
                step(event.at()),
                told.userId(),
                told.effectiveUserId(),
                ProcessEntry.cut(path, ProcessEntry.LONGEST_PATH),
                told.name(),
                ProcessEntry.cut(told.commandLine(), ProcessEntry.LONGEST_COMMAND),
                ProcessEntry.cut(told.directory(), ProcessEntry.LONGEST_PATH),
                told.sha256(),
                container,
                marks | Programs.marks(path) | (path == null ? Programs.marks(told.name()) : 0),
                parent == null ? -1 : parent.socket(),
                parent == null ? null : parent.peer(),
                parent == null ? 0 : parent.connectedAt());
        return entry;
    }

    /** A parent of which only a child's event tells. */
    public static ProcessEntry shown(HostProcess told, long at) {
        return new ProcessEntry(
                told.pid(),
                told.parentPid(),
                told.namespacePid(),
                told.startedAt() > 0 ? Math.floorDiv(told.startedAt(), 1000) : at,
                step(at),
                told.userId(),
                told.effectiveUserId(),
                ProcessEntry.cut(told.path(), ProcessEntry.LONGEST_PATH),
                told.name(),
                ProcessEntry.cut(told.commandLine(), ProcessEntry.LONGEST_COMMAND),
                ProcessEntry.cut(told.directory(), ProcessEntry.LONGEST_PATH),
                told.sha256(),
                told.container() == null ? null : told.container().id(),
                Programs.marks(told.path() == null ? told.name() : told.path()),
                -1,
                null,
                0);
    }

    /** {@code parent}'s child {@code pid}. */
    public static ProcessEntry forked(ProcessEntry parent, int pid, long at) {
        return new ProcessEntry(
                pid,
                parent.pid(),
                0,
                at,
                step(at),
                parent.userId(),
                parent.effectiveUserId(),
                parent.path(),
                parent.name(),
                parent.commandLine(),
                parent.directory(),
                parent.sha256(),
                parent.container(),
                parent.marks(),
                parent.socket(),
                parent.peer(),
                parent.connectedAt());
    }

    /**
     * {@code one} after it started another program.
     *
     * @param file who wrote the program's file, if that was seen
     */
    public static ProcessEntry executed(ProcessEntry one, HostEvent event, @Nullable Written file) {
        HostProcess told = event.process();
        String path = told.path() == null ? event.path() : told.path();
        int marks = one.marks() | Programs.marks(path);
        if (file != null && (file.marks() & Mark.DOWNLOADED) != 0) {
            marks |= Mark.DOWNLOADED;
        }
        if ((marks & Mark.STDIO_SOCKET) != 0 && Programs.isShell(path)) {
            marks |= Mark.REVERSE_SHELL;
        }
        String container = told.container() != null ? told.container().id() : one.container();
        if (container != null) {
            marks &= ~Mark.ENGINE;
        }
        return new ProcessEntry(
                one.pid(),
                told.parentPid() == 0 ? one.parentPid() : told.parentPid(),
                told.namespacePid() == 0 ? one.namespacePid() : told.namespacePid(),
                told.startedAt() > 0 ? Math.floorDiv(told.startedAt(), 1000) : one.startedAt(),
                step(event.at()),
                told.userId(),
                told.effectiveUserId(),
                ProcessEntry.cut(path, ProcessEntry.LONGEST_PATH),
                told.name() == null ? Programs.name(path) : told.name(),
                ProcessEntry.cut(told.commandLine(), ProcessEntry.LONGEST_COMMAND),
                told.directory() == null
                        ? one.directory()
                        : ProcessEntry.cut(told.directory(), ProcessEntry.LONGEST_PATH),
                told.sha256(),
                container,
                marks,
                one.socket(),
                one.peer(),
                one.connectedAt());
    }

    /** {@code one} in the container whose shim is among its {@code ancestors}, if it is none of the engine's own programs. */
    public static ProcessEntry contained(ProcessEntry one, List<ProcessEntry> ancestors) {
        if (!one.has(Mark.ENGINE) || Programs.isEngine(one.path())) {
            return one;
        }
        for (ProcessEntry ancestor : ancestors) {
            String command = ancestor.commandLine();
            boolean shim = ancestor.program().startsWith("containerd-shim")
                    || ancestor.program().startsWith("conmon");
            Matcher id = shim && command != null ? SHIM.matcher(command) : null;
            if (id != null && id.find()) {
                return one.in(id.group(1)).without(Mark.ENGINE);
            }
        }
        return one;
    }

    /** {@code one} after something with a socket. */
    public static ProcessEntry networked(ProcessEntry one, HostEvent event) {
        if (event.failed()) {
            return one;
        }
        HostEvent.Peer peer = event.peer();
        return switch (event.action()) {
            case CONNECT ->
                peer == null || peer.port() == 0
                        ? one
                        : one.connected(event.number(), peer.address() + ":" + peer.port(), event.at());
            case DUP -> duplicated(one, event);
            case BIND, LISTEN, ACCEPT -> {
                boolean serves = peer != null && peer.port() > 0 && Programs.isInterpreter(one.path());
                yield serves ? one.marked(Mark.SERVICE) : one;
            }
            default -> one;
        };
    }

    /**
     * {@code one} after a descriptor became another's twin. Of tools that tell the socket one standard descriptor is
     * enough. Of others, which tell numbers alone, two must be twins of a connection just opened: a pipe may bear its
     * number later.
     */
    private static ProcessEntry duplicated(ProcessEntry one, HostEvent event) {
        if (event.number() < 0 || event.number() > 2) {
            return one;
        }
        if (event.peer() != null || "socket:".equals(event.path())) {
            return remote(one);
        }
        int bit = Mark.STANDARD_INPUT << event.number();
        if (!isTwin(one, event.other(), event.at())) {
            return one.has(bit) ? one.without(bit) : one;
        }
        ProcessEntry now = one.marked(bit);
        return Integer.bitCount(now.marks() & Mark.STANDARD) < 2 ? now : remote(now);
    }

    private static boolean isTwin(ProcessEntry one, @Nullable String descriptor, long at) {
        if (descriptor == null || one.socket() < 0 || at - one.connectedAt() > SHELL_SECONDS) {
            return false;
        }
        return descriptor.equals(Long.toString(one.socket()))
                || (descriptor.equals("0") && one.has(Mark.STANDARD_INPUT))
                || (descriptor.equals("1") && one.has(Mark.STANDARD_INPUT << 1))
                || (descriptor.equals("2") && one.has(Mark.STANDARD_INPUT << 2));
    }

    private static ProcessEntry remote(ProcessEntry one) {
        return one.marked(Programs.isShell(one.path()) ? Mark.STDIO_SOCKET | Mark.REVERSE_SHELL : Mark.STDIO_SOCKET);
    }

    /** {@code one}, seen at {@code at}. */
    public static ProcessEntry seen(ProcessEntry one, long at) {
        return one.seenAt() >= step(at) ? one : one.seen(step(at));
    }

    private static long step(long at) {
        return Math.floorDiv(at, SEEN_STEP_SECONDS) * SEEN_STEP_SECONDS;
    }

    /** Whether files that {@code process} writes may matter once they are run: those of containers, and downloads. */
    public static boolean remembersFilesOf(ProcessEntry process, String path) {
        boolean device = path.startsWith("/proc/")
                || path.startsWith("/sys/")
                || (path.startsWith("/dev/") && !path.startsWith("/dev/shm/"));
        return !device
                && (process.container() != null || process.isSuspicious() || Programs.isDownloader(process.path()));
    }

    /** A file that {@code process} writes, as it is remembered. */
    public static Doc fileOf(ProcessEntry process, long at) {
        boolean download = Programs.isDownloader(process.path());
        String command = process.commandLine();
        boolean dubious = download
                && (process.isSuspicious()
                        || (command != null
                                && DUBIOUS.matcher(command.toLowerCase(Locale.ROOT))
                                        .find()));
        return new Doc()
                .with("at", at)
                .with("by", process.path() == null ? process.name() : process.path())
                .with("pid", process.pid())
                .with("marks", process.marks() | (dubious ? Mark.DOWNLOADED : 0));
    }

    /** Whether what {@code old} says of a file stands though {@code fresh} touched it. */
    public static boolean outlasts(Written old, Written fresh) {
        int weight = Mark.SUSPICIOUS;
        return ((old.marks() & weight) != 0 && (fresh.marks() & weight) == 0)
                || (Programs.isDownloader(old.writer()) && "chmod".equals(Programs.name(fresh.writer())));
    }
}
