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
import dev.tocsin.core.process.Written;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The types of code that was not there when its container began, or is on no disk at all. */
final class NewPrograms implements HostDetector {

    private static final String INSTALLED =
            "files that package managers, compilers or the engine wrote, as in the build of"
                    + " an image or in a pipeline, unless their own lineage is suspicious";

    static final FindingType BINARY = HostTypes.named("Execution:Runtime/NewBinaryExecuted", HostTypes.MEDIUM)
            .texts(
                    "A program that came into a running container was executed on {host}.",
                    "Process {process} in a container on {host} runs {path}, which {writer} wrote after the container had"
                            + " started. Containers are changed by their images, not while they run.")
            .firesWhen(
                    "a process in a container runs a file that was written there while it ran, and the writer fetches"
                            + " from the network, or the file lies where everybody may write or is hidden, or the lineage is"
                            + " suspicious; or Falco's rule on dropped binaries says so.")
            .doesNotSee(INSTALLED + "; files written before the log begins.")
            .nextSteps("Compare the container with its image, and see who wrote the file.")
            .technique("T1105")
            .build();

    static final FindingType LIBRARY = HostTypes.named("Execution:Runtime/NewLibraryLoaded", HostTypes.MEDIUM)
            .texts(
                    "A library that came into a running container was loaded on {host}.",
                    "Process {process} in a container on {host} loaded {path}, which {writer} wrote after the container"
                            + " had started.")
            .firesWhen("a process in a container loads a library that was written there while it ran, under the"
                    + " conditions of NewBinaryExecuted.")
            .doesNotSee(INSTALLED + "; libraries unpacked by the program itself that loads them, as Java's do.")
            .nextSteps("Compare the container with its image, and see who wrote the library.")
            .technique("T1574.006")
            .build();

    static final FindingType FILELESS = HostTypes.named("DefenseEvasion:Runtime/FilelessExecution", HostTypes.MEDIUM)
            .texts(
                    "A program that lives in memory alone was executed on {host}.",
                    "Process {process} on {host} runs {path}, which is a file of memory and on no disk, as malware does to"
                            + " leave no trace.")
            .firesWhen("a process runs a file of memfd_create, or one below /dev/shm.")
            .doesNotSee(
                    "runC, which copies itself into memory before it starts a container; compilers at run time, which"
                            + " make code in memory but start no program from it.")
            .nextSteps("Save the program from /proc/PID/exe while it runs, and see what started it.")
            .technique("T1620")
            .build();

    @Override
    public List<FindingType> types() {
        return List.of(BINARY, LIBRARY, FILELESS);
    }

    @Override
    public Set<Action> actions() {
        return Set.of(Action.EXEC, Action.LOAD_LIBRARY);
    }

    @Override
    public void observe(HostEvent event, HostView view, Context context, Consumer<Signal> out) {
        if (event.failed()) {
            return;
        }
        ProcessEntry process = view.process();
        if (event.action() == Action.LOAD_LIBRARY) {
            fresh(LIBRARY, event.path(), "libraryPath", event, view, out);
            return;
        }
        String path = Programs.isInMemory(event.path()) ? event.path() : process.path();
        boolean engine = Programs.isEngine(process.path()) || view.before().has(Mark.ENGINE);
        if (Programs.isInMemory(path) && !engine) {
            out.accept(HostSignal.of(FILELESS, event, view)
                    .fact("path", path)
                    .context("threatFilePath", path)
                    .build());
        }
        fresh(BINARY, event.path() == null ? process.path() : event.path(), "threatFilePath", event, view, out);
    }

    private static void fresh(
            FindingType type,
            @Nullable String path,
            String member,
            HostEvent event,
            HostView view,
            Consumer<Signal> out) {
        ProcessEntry process = view.process();
        String rule = event.rule() == null ? "" : event.rule().toLowerCase(Locale.ROOT);
        boolean dropped = rule.contains("new binary in container");
        if (path == null || (process.container() == null && !dropped)) {
            return;
        }
        Written written = view.written(path);
        if (written == null && type.equals(BINARY)) {
            written = view.written(process.path());
        }
        boolean own = written != null && written.writerPid() == process.pid() && type.equals(LIBRARY);
        if (!dropped && (written == null || own || !isOdd(written, path, process))) {
            return;
        }
        String writer = written == null ? null : written.writer();
        out.accept(HostSignal.of(type, event, view)
                .fact("path", path)
                .fact("writer", writer)
                .context(member, path)
                .context("modifyingProcess", writer == null ? null : new Doc().with("executablePath", writer))
                .context("modifiedAt", written == null ? null : written.at())
                .build());
    }

    private static boolean isOdd(Written written, String path, ProcessEntry process) {
        return !written.isOrdinary()
                && (process.isSuspicious()
                        || (written.marks() & (Mark.SUSPICIOUS | Mark.SERVICE)) != 0
                        || Programs.isDownloader(written.writer())
                        || Programs.isLoose(path));
    }
}
