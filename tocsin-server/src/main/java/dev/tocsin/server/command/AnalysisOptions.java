package dev.tocsin.server.command;

import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingReplicas;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What every command that reads logs may be told: where they lie, whose they are, what is known beforehand. */
final class AnalysisOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files and folders of logs; s3://bucket/prefix.")
    private List<String> paths = List.of();

    @Option(names = "--account", paramLabel = "ID", description = "Account of records that name none.")
    private @Nullable String account;

    @Option(names = "--region", paramLabel = "NAME", description = "Region of records that name none.")
    private @Nullable String region;

    @Option(
            names = "--enabled-regions",
            paramLabel = "LIST",
            split = ",",
            description = "Regions that have a detector; default: the Regions met.")
    private List<String> enabledRegions = List.of();

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "Repeatable. What EC2's describe calls and Lambda's ListFunctions answer, as JSON.")
    private List<Path> inventory = List.of();

    @Mixin
    private final ListOptions lists = new ListOptions();

    @Option(names = "--threads", paramLabel = "N", description = "Default: all cores. The result never depends on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** When a progress bar is shown. */
    enum ProgressMode {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = "--progress",
            paramLabel = "auto|always|never",
            description = "A progress bar on standard error; auto: only on a terminal.")
    private ProgressMode progress = ProgressMode.AUTO;

    @Option(names = "--quiet", description = "No progress and no summary on standard error.")
    private boolean quiet;

    /** Ends the command with code 2 if a value cannot be. */
    void check() {
        if (threads < 1) {
            throw wrong("--threads: expected 1 or more, found " + threads);
        }
    }

    /** What the command line names as PATH. */
    List<String> paths() {
        return paths;
    }

    /** The objects at the paths. */
    List<SourceObject> objects() {
        return objects(paths);
    }

    /** The objects at {@code places}, which are some of the paths. */
    List<SourceObject> objects(List<String> places) {
        check();
        if (places.isEmpty()) {
            throw wrong("give a PATH: files and folders of logs, or s3://bucket/prefix");
        }
        return Inputs.objects(spec, places);
    }

    /**
     * Analyses {@code objects}.
     *
     * @param store where state is kept, or null to keep none
     * @param watch sees the records too, in order
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws StoreException if the store cannot be read or written
     */
    Analysis analyze(List<SourceObject> objects, @Nullable Store store, Consumer<List<Event>> watch)
            throws InterruptedException, StoreException {
        ProgressBar bar = bar(objects);
        Analysis.Progress told = bar == null ? (bytes, done, records, findings) -> {} : bar;
        Analysis analysis = new Analysis(new Analysis.Options(
                threads,
                account,
                region,
                services(),
                InventoryFiles.read(spec, inventory, account),
                store,
                System::nanoTime,
                watch,
                told));
        analysis.run(objects);
        if (bar != null) {
            bar.end();
        }
        return analysis;
    }

    /** Analyses all that the paths hold and keeps no state. */
    Analysis analyze(Consumer<List<Event>> watch) throws InterruptedException {
        try {
            return analyze(objects(), null, watch);
        } catch (StoreException e) {
            throw new IllegalStateException("nothing is stored here", e);
        }
    }

    /** The lists, read. */
    Intelligence load() {
        Intelligence intelligence = lists.load(spec);
        if (!quiet) {
            lists.notes().forEach(note -> spec.commandLine().getErr().println(note));
        }
        return intelligence;
    }

    private EngineServices services() {
        Intelligence intelligence = load();
        return new EngineServices(address -> new Doc(), () -> intelligence);
    }

    private @Nullable ProgressBar bar(List<SourceObject> objects) {
        boolean shown = switch (progress) {
            case AUTO -> !quiet && Inputs.isTerminal();
            case ALWAYS -> true;
            case NEVER -> false;
        };
        long bytes = objects.stream().mapToLong(SourceObject::size).sum();
        return shown ? new ProgressBar(spec.commandLine().getErr(), System::nanoTime, bytes, objects.size()) : null;
    }

    /** The finding as the enabled Regions' detectors show it; where none are named, every Region met has one. */
    Stream<FindingState> shown(FindingState finding) {
        return enabledRegions.isEmpty() || !Event.known(finding.region())
                ? Stream.of(finding)
                : FindingReplicas.shown(finding, enabledRegions).stream();
    }

    /** The categories of the list entries loaded. */
    Set<String> categories() {
        return lists.categories();
    }

    /** Account of records that name none, or null. */
    @Nullable
    String account() {
        return account;
    }

    /** Region of records that name none, or null. */
    @Nullable
    String region() {
        return region;
    }

    /** Whether nothing but errors is to be said on standard error. */
    boolean quiet() {
        return quiet;
    }

    private ParameterException wrong(String message) {
        return Inputs.wrong(spec, message);
    }
}
