package dev.tocsin.core.engine;

import dev.tocsin.core.event.HostContainer;
import dev.tocsin.core.event.HostEvent;
import dev.tocsin.core.event.HostProcess;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.process.HostView;
import dev.tocsin.core.process.Lineage;
import dev.tocsin.core.process.ProcessEntry;
import dev.tocsin.core.process.Programs;
import dev.tocsin.core.process.Written;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The processes, containers and new files of a host, brought forward by one event. */
final class HostState implements HostView {

    /** Processes of a host; beyond that those not seen for longest are forgotten. Some 6 MB. Ours: issue of lineage. */
    static final int MOST_PROCESSES = 10_000;

    /** New files of a host that are remembered. Ours. */
    static final int MOST_FILES = 5_000;

    /** Containers of a host that are remembered. Ours. */
    static final int MOST_CONTAINERS = 500;

    static final StateKind<ProcessEntry> PROCESSES = new StateKind<>("processes", 1, new ProcessCodec());
    private static final StateKind<Doc> FILES = StateKind.ofDocs("newFiles", 1);
    private static final StateKind<Doc> CONTAINERS = StateKind.ofDocs("containers", 1);

    private static final Cap PROCESS_CAP = new Cap("processCount", MOST_PROCESSES);
    private static final Cap FILE_CAP = new Cap("newFileCount", MOST_FILES);
    private static final Cap CONTAINER_CAP = new Cap("containerCount", MOST_CONTAINERS);

    private static final String AT = "at";

    private final HostEvent event;
    private final KeyContext context;
    private final ProcessEntry before;
    private final ProcessEntry process;

    private HostState(HostEvent event, KeyContext context) {
        this.event = event;
        this.context = context;
        ProcessEntry known = known(event.process());
        ProcessEntry parent = known == null ? parent() : null;
        before = known == null ? Lineage.started(event, parent) : known;
        noteContainer();
        process = after(before);
        boolean changed = known == null || !process.equals(known);
        if (event.process().pid() > 0) {
            if (event.action() == HostEvent.Action.EXIT) {
                context.remove(PROCESSES, name(process.pid()));
            } else if (changed) {
                put(process, known == null);
            }
        }
        noteFile();
    }

    /** The host of {@code context} after {@code event}. */
    static HostState after(HostEvent event, KeyContext context) {
        return new HostState(event, context);
    }

    private static String name(int pid) {
        return Integer.toString(pid);
    }

    /** What is held of the process, unless it is one that ended unseen: then the program is another though none was started. */
    private @Nullable ProcessEntry known(HostProcess told) {
        ProcessEntry known = told.pid() == 0 ? null : context.get(PROCESSES, name(told.pid()));
        if (known == null) {
            return null;
        }
        if (event.action() == HostEvent.Action.EXEC) {
            return isOrphan(told, known) ? null : known;
        }
        boolean another = told.path() != null
                && known.path() != null
                && !told.path().equals(known.path())
                && !Programs.name(told.path()).equals(Programs.name(known.path()));
        return another ? null : known;
    }

    /** Whether another process of the same number starts: its parent is neither the old one nor above that. */
    private boolean isOrphan(HostProcess told, ProcessEntry known) {
        int parent = told.parentPid();
        return parent > 1
                && known.parentPid() > 0
                && parent != known.parentPid()
                && ancestorsOf(known).stream().noneMatch(ancestor -> ancestor.pid() == parent);
    }

    private @Nullable ProcessEntry parent() {
        HostProcess told = event.process();
        int pid = told.parentPid();
        ProcessEntry parent = pid == 0 || pid == told.pid() ? null : context.get(PROCESSES, name(pid));
        HostProcess shown = told.parent();
        if (parent == null && shown != null) {
            parent = Lineage.shown(shown, event.at());
            if (pid > 0) {
                put(parent, true);
            }
        }
        return parent;
    }

    private ProcessEntry after(ProcessEntry one) {
        ProcessEntry now = switch (event.action()) {
            case EXEC -> event.failed() ? one : executed(one);
            case FORK -> {
                ProcessEntry child = Lineage.forked(one, (int) event.number(), event.at());
                boolean fresh = context.get(PROCESSES, name(child.pid())) == null;
                put(child, fresh);
                yield one;
            }
            case CONNECT, DUP, BIND, LISTEN, ACCEPT -> Lineage.networked(one, event);
            default -> one;
        };
        return Lineage.seen(now, event.at());
    }

    private ProcessEntry executed(ProcessEntry one) {
        Doc file = file(one.container(), event.process().path());
        file = file == null ? file(one.container(), event.path()) : file;
        ProcessEntry now = Lineage.executed(one, event, file == null ? null : written(file));
        return now.container() == null ? Lineage.contained(now, ancestorsOf(one)) : now;
    }

    private void put(ProcessEntry entry, boolean fresh) {
        context.put(PROCESSES, name(entry.pid()), entry);
        if (fresh) {
            PROCESS_CAP.added(PROCESSES, ProcessEntry::seenAt, context);
        }
    }

    private void noteContainer() {
        HostContainer told = event.process().container();
        if (told == null) {
            return;
        }
        Doc known = context.get(CONTAINERS, told.id());
        if (known == null || (known.text("image") == null && told.image() != null)) {
            long started = told.startedAt() > 0 ? Math.floorDiv(told.startedAt(), 1000) : event.at();
            context.put(
                    CONTAINERS,
                    told.id(),
                    new Doc()
                            .with("name", told.name())
                            .with("image", told.image())
                            .with("pod", told.pod())
                            .with("namespace", told.namespace())
                            .with(AT, started));
            if (known == null) {
                CONTAINER_CAP.added(CONTAINERS, container -> container.number(AT, 0), context);
            }
        }
    }

    private void noteFile() {
        String path = event.path();
        if (path == null || event.failed()) {
            return;
        }
        boolean made = switch (event.action()) {
            case WRITE, RENAME, LINK -> true;
            default -> false;
        };
        if (!made || !Lineage.remembersFilesOf(process, path)) {
            return;
        }
        String entry = entry(process.container(), path);
        Doc known = context.get(FILES, entry);
        Doc moved = event.other() == null ? null : file(process.container(), event.other());
        Doc now = Lineage.fileOf(process, event.at());
        if (moved != null) {
            now = moved;
        } else if (known != null && Lineage.outlasts(written(known), written(now))) {
            return; // who only makes it executable has not written it
        }
        if (!now.equals(known)) {
            context.put(FILES, entry, now);
            if (known == null) {
                FILE_CAP.added(FILES, file -> file.number(AT, 0), context);
            }
        }
    }

    private @Nullable Doc file(@Nullable String container, @Nullable String path) {
        return path == null ? null : context.get(FILES, entry(container, path));
    }

    private static String entry(@Nullable String container, String path) {
        String cut = path.length() <= ProcessEntry.LONGEST_PATH ? path : path.substring(0, ProcessEntry.LONGEST_PATH);
        return container == null ? cut : container + ":" + cut;
    }

    private static Written written(Doc file) {
        return new Written(
                file.number(AT, 0), file.text("by"), (int) file.number("pid", 0), (int) file.number("marks", 0));
    }

    private List<ProcessEntry> ancestorsOf(ProcessEntry entry) {
        List<ProcessEntry> ancestors = new ArrayList<>();
        int above = entry.parentPid();
        int below = entry.pid();
        while (above > 0 && above != below && ancestors.size() < MOST_ANCESTORS) {
            ProcessEntry parent = context.get(PROCESSES, name(above));
            if (parent == null) {
                break;
            }
            ancestors.add(parent);
            below = parent.pid();
            above = parent.parentPid();
        }
        return ancestors;
    }

    @Override
    public ProcessEntry process() {
        return process;
    }

    @Override
    public ProcessEntry before() {
        return before;
    }

    @Override
    public List<ProcessEntry> ancestors() {
        return ancestorsOf(process);
    }

    @Override
    public @Nullable HostContainer container() {
        String id = process.container();
        if (id == null) {
            return null;
        }
        Doc known = context.get(CONTAINERS, id);
        return known == null
                ? new HostContainer(id, null, null, null, null, 0)
                : new HostContainer(
                        id,
                        known.text("name"),
                        known.text("image"),
                        known.text("pod"),
                        known.text("namespace"),
                        known.number(AT, 0) * 1000);
    }

    @Override
    public @Nullable Written written(@Nullable String path) {
        Doc file = file(process.container(), path);
        return file == null ? null : written(file);
    }

    @Override
    public String uuid(ProcessEntry entry) {
        return Hash.id(event.host().key(), name(entry.pid()), Long.toString(entry.startedAt()));
    }
}
