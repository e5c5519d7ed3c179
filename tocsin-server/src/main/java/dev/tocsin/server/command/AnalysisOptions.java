package dev.tocsin.server.command;

import dev.tocsin.core.desk.inventory.InventoryFact;
import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.engine.EngineServices;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.FindingReplicas;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.geo.Geography;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.host.FunctionInterfaces;
import dev.tocsin.server.host.Selection;
import dev.tocsin.server.report.Coverage;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.report.Seen;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.Sources;
import dev.tocsin.server.source.Span;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
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

    /** How AWS names Regions, of all partitions. */
    private static final Pattern REGION = Pattern.compile("[a-z]{2,4}(?:-[a-z]+)+-\\d{1,2}");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "Files and folders of logs; s3://bucket/prefix.")
    private List<String> paths = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML: every option can stand there; 'tocsin analyze --example-config' prints all.")
    @SuppressWarnings("UnusedVariable") // ConfigArguments reads the option before the command runs
    private @Nullable Path config;

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
            names = "--enable",
            paramLabel = "FEATURE",
            split = ",",
            description =
                    "A feature by GuardDuty's name, such as S3_DATA_EVENTS; default: on for the data that is there.")
    private List<String> enabled = List.of();

    @Option(
            names = "--disable",
            paramLabel = "FEATURE",
            split = ",",
            description = "Switch a feature off: its records are counted ignored, its types are silent.")
    private List<String> disabled = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only findings of events from then on, ISO 8601; earlier ones still teach.")
    private @Nullable Instant since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Only events up to then.")
    private @Nullable Instant until;

    @Option(
            names = "--teach-since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How far back events teach; default: 35 days before --since. Older objects are not fetched.")
    private @Nullable Instant teachSince;

    private @Nullable EngineServices services;
    private @Nullable Listing listed;

    @Mixin
    private final ListOptions lists = new ListOptions();

    @Mixin
    private final EngineOptions engine = new EngineOptions();

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
        engine.check(spec);
        if (account != null && !account.matches("\\d{12}")) {
            throw wrong("--account: expected twelve digits, found '" + account + "'");
        }
        mustBeRegion("--region", region);
        enabledRegions.forEach(name -> mustBeRegion("--enabled-regions", name));
        selection();
    }

    private void mustBeRegion(String option, @Nullable String name) {
        if (name != null && !REGION.matcher(name).matches()) {
            throw wrong(option + ": expected a Region such as eu-central-1, found '" + name + "'");
        }
    }

    /** What the command line names as PATH. */
    List<String> paths() {
        return paths;
    }

    /** What lies at the paths of the time asked for. */
    Listing list() {
        if (listed == null) {
            listed = list(selection().span());
        }
        return listed;
    }

    /** What lies at the paths of {@code span}. */
    Listing list(Span span) {
        check();
        if (paths.isEmpty()) {
            throw wrong("give a PATH: files and folders of logs, or s3://bucket/prefix");
        }
        try {
            return Sources.list(paths, span);
        } catch (IOException e) {
            throw wrong(Plain.text(String.valueOf(e.getMessage())));
        }
    }

    /** Which records are asked for. */
    Selection selection() {
        long from = since == null ? Long.MIN_VALUE : since.getEpochSecond();
        long to = until == null ? Long.MAX_VALUE : until.getEpochSecond();
        long usual = since == null ? Long.MIN_VALUE : from - Span.TEACH_SECONDS;
        long teach = teachSince == null ? usual : teachSince.getEpochSecond();
        if (to < from) {
            throw wrong("--until " + until + " is before --since " + since);
        }
        if (since != null && teach > from) {
            throw wrong("--teach-since " + teachSince + " is after --since " + since
                    + ": what teaches comes first; leave it out for 35 days");
        }
        return new Selection(
                new Span(teach, from, to),
                Features.off(spec, enabled, disabled),
                Set.copyOf(enabledRegions),
                FunctionInterfaces.of(inventory()));
    }

    /**
     * Analyses what was listed.
     *
     * @param store where state is kept, or null to keep none
     * @param watch sees the records too, in order
     * @throws InterruptedException if the thread is interrupted meanwhile
     * @throws StoreException if the store cannot be read or written
     */
    Analysis analyze(Listing listing, @Nullable Store store, Consumer<List<Event>> watch, Consumer<Judged> judgements)
            throws InterruptedException, StoreException {
        return analyze(listing, store, watch, null, judgements);
    }

    private Analysis analyze(
            Listing listing,
            @Nullable Store store,
            Consumer<List<Event>> watch,
            @Nullable Consumer<ChainView> chains,
            Consumer<Judged> judgements)
            throws InterruptedException, StoreException {
        ProgressBar bar = bar(listing.objects());
        Analysis.Progress told = bar == null ? (bytes, done, records, findings) -> {} : bar;
        Analysis analysis = new Analysis(
                new Analysis.Options(
                        engine.threads(),
                        account,
                        region,
                        selection(),
                        load(),
                        inventory(),
                        store,
                        System::nanoTime,
                        watch,
                        told),
                chains);
        analysis.judgesTo(judgements);
        analysis.passOver(listing.passed());
        analysis.run(listing.objects());
        if (bar != null) {
            bar.end();
        }
        sayCut(analysis.cut());
        return analysis;
    }

    private void sayCut(List<String> objects) {
        if (!quiet && !objects.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "Cut by day, as their records span more than their log's lateness: %d objects, first %s.%n",
                            objects.size(),
                            Plain.text(objects.getFirst()));
        }
    }

    /** Analyses all that the paths hold and keeps no state. */
    Analysis analyze(Consumer<List<Event>> watch) throws InterruptedException {
        return analyze(watch, null, judged -> {});
    }

    /**
     * The same, showing every chain of signals to {@code chains}, if there is one, as it grows, and telling {@code judgements} what came of each
     * call that was held against habits.
     */
    Analysis analyze(Consumer<List<Event>> watch, @Nullable Consumer<ChainView> chains, Consumer<Judged> judgements)
            throws InterruptedException {
        try {
            return analyze(list(), null, watch, chains, judgements);
        } catch (StoreException e) {
            throw new IllegalStateException("nothing is stored here", e);
        }
    }

    /** The lists and the tables of places, read once; says what a person should know of them. */
    EngineServices load() {
        if (services == null) {
            Intelligence intelligence = lists.load(spec, InventoryFiles.own(engine.networks(spec), inventory()));
            Geography geography = lists.geography(spec);
            if (!quiet) {
                lists.notes().forEach(note -> spec.commandLine().getErr().println(note));
            }
            services = new EngineServices(geography, () -> intelligence, engine.networks(spec), engine.learnDays())
                    .authorizing(engine.scanners(spec))
                    .ruling(engine.rules(spec))
                    .affiliating(affiliated())
                    .within(engine.anomalyBudget());
        }
        return services;
    }

    /** Accounts of one's own: those that the options and the inventory name, and those whose logs are read. */
    private Set<String> affiliated() {
        Set<String> accounts = engine.affiliated(inventory());
        if (!paths.isEmpty()) {
            accounts.addAll(list().accounts());
        }
        return accounts;
    }

    /** What the inventory files say. */
    List<InventoryFact> inventory() {
        return engine.inventory(spec, account);
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

    /** What {@code seen} and the options give to judge by. */
    Coverage.Means means(Seen seen) {
        return Coverage.Means.of(
                        seen, load().intelligence().categories(), selection().off(), engine.learnDays())
                .ruling(engine.rules(spec));
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
