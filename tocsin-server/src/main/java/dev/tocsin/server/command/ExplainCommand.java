package dev.tocsin.server.command;

import dev.tocsin.core.desk.sequence.ChainView;
import dev.tocsin.core.detect.Condition;
import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import dev.tocsin.core.identity.Judged;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.inspect.Entity;
import dev.tocsin.server.inspect.Story;
import dev.tocsin.server.inspect.WhyNot;
import dev.tocsin.server.report.FindingText;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin explain}: why there is a finding, why there is none, or all that somebody did. */
@Command(
        name = "explain",
        description = "Tells why a finding was made, why a type did not speak, or all that somebody did.",
        footer = {
            "",
            "Examples:",
            "  tocsin explain 49ff19d6fc814d5255dc00e0c54794ab --state known/",
            "  tocsin explain 49ff19d6fc814d5255dc00e0c54794ab --server http://127.0.0.1:8420",
            "  tocsin explain --entity arn:aws:iam::111122223333:user/alice logs/",
            "  tocsin explain --entity 198.51.100.23 logs/",
            "  tocsin explain --why-not Policy:IAMUser/RootCredentialUsage \\",
            "      --principal arn:aws:iam::111122223333:root --at 2026-03-02T16:20:00Z logs/",
            "  tocsin explain --why-not 'Backdoor:EC2/C&CActivity.B' --instance i-0aaaabbbbccccdddd --intel c2.tsv logs/"
        })
final class ExplainCommand implements Callable<Integer> {

    /** Letters of an id that tell it from others. */
    private static final int LEAST_ID = 6;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final AnalysisOptions logs = new AnalysisOptions();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where analyze keeps findings: PATH is then a finding's id, or its beginning.")
    private @Nullable Path state;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = {
                "Where 'tocsin serve' listens: PATH is then a finding's id.",
                "Asks with the access key that the AWS CLI would use."
            })
    private @Nullable URI server;

    @Option(
            names = "--entity",
            paramLabel = "NAME",
            description = "An ARN, principal id, access key, user name, address, instance or interface.")
    private @Nullable String entity;

    @Option(names = "--why-not", paramLabel = "TYPE", description = "Say why this type did not speak.")
    private @Nullable String whyNot;

    @Option(names = "--principal", paramLabel = "ARN", description = "Of whom --why-not asks.")
    private @Nullable String principal;

    @Option(names = "--instance", paramLabel = "ID", description = "Of which instance --why-not asks.")
    private @Nullable String instance;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "About when, ISO 8601; an hour to each side is looked at.")
    private @Nullable Instant at;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String who = principal != null ? principal : instance;
        if (entity != null) {
            return tell(entity);
        }
        if (whyNot != null && who != null) {
            return whyNot(whyNot, who);
        }
        if (whyNot == null && state != null && logs.paths().size() == 1) {
            return finding(state, logs.paths().getFirst());
        }
        if (whyNot == null && server != null && logs.paths().size() == 1) {
            return told(new ServerClient(server).finding(logs.paths().getFirst()));
        }
        throw Inputs.wrong(
                spec,
                "give FINDING-ID and --state DIR or --server URL; or --entity NAME PATH; or --why-not TYPE with --principal ARN or"
                        + " --instance ID, and PATH");
    }

    private int finding(Path folder, String id) {
        try (Store store = Store.openExisting(folder)) {
            List<FindingState> all = store.findings(true);
            List<FindingState> meant = all.stream()
                    .filter(finding -> id.length() < LEAST_ID
                            ? finding.id().equals(id)
                            : finding.id().startsWith(id))
                    .toList();
            if (meant.size() != 1) {
                throw Inputs.wrong(
                        spec,
                        (meant.isEmpty() ? "no finding" : meant.size() + " findings") + " with id " + id + " among the "
                                + all.size() + " in " + folder + "; 'tocsin analyze --state " + folder
                                + " --all --format jsonl' prints all");
            }
            return told(meant.getFirst().document());
        } catch (StoreException e) {
            throw Inputs.wrong(spec, "--state: " + e.getMessage());
        }
    }

    private int told(Doc finding) {
        PrintWriter out = spec.commandLine().getOut();
        new FindingText(finding, out).write();
        out.flush();
        return 0;
    }

    private Collection<FindingState> analyze(
            Consumer<List<Event>> watch, @Nullable Consumer<ChainView> chains, Consumer<Judged> judgements)
            throws InterruptedException {
        try {
            return logs.analyze(watch, chains, judgements).findings(true);
        } catch (StoreException e) {
            throw new IllegalStateException("nothing is stored here", e);
        }
    }

    private int tell(String name) throws InterruptedException {
        Story story = new Story(new Entity(name, logs.inventory()));
        List<Story.Line> lines = story.tell(analyze(story::add, null, judged -> {}));
        PrintWriter out = spec.commandLine().getOut();
        lines.forEach(line -> tell(line, out));
        long records = lines.stream().mapToLong(Story.Line::count).sum();
        out.printf(Locale.ROOT, "%d records of %s.%n", records, Plain.text(name));
        if (story.left() > 0) {
            out.printf(Locale.ROOT, "%d more are left out: give less time.%n", story.left());
        }
        out.flush();
        return 0;
    }

    private static void tell(Story.Line line, PrintWriter out) {
        String repeated = line.count() == 1 ? "" : " (" + line.count() + " times until " + second(line.last()) + ")";
        out.printf(
                Locale.ROOT,
                "%s %s %s%s%n",
                second(line.at()),
                line.findings().isEmpty() ? " " : "!",
                Plain.text(line.text()),
                repeated);
        if (!line.firsts().isEmpty()) {
            out.printf(Locale.ROOT, "%24sfirst: %s%n", "", Plain.text(String.join(", ", line.firsts())));
        }
        line.findings().forEach(type -> out.printf(Locale.ROOT, "%24sfinding: %s%n", "", type));
    }

    private static String second(long time) {
        return Times.iso(time).substring(0, 19) + "Z";
    }

    private int whyNot(String name, String who) throws InterruptedException {
        FindingType type = Detectors.types().get(name);
        if (type == null) {
            throw Inputs.wrong(
                    spec,
                    "--why-not: no finding type '" + name + "'"
                            + Nearest.hint(name, Detectors.types().keySet()));
        }
        WhyNot question =
                new WhyNot(type, new Entity(who, logs.inventory()), at == null ? -1 : at.getEpochSecond(), logs.load());
        Collection<FindingState> findings = analyze(question::add, question::add, question::add);
        List<Condition> conditions = question.conditions(
                findings, logs.load().intelligence(), logs.selection().off());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s of %s%n", name, Plain.text(who));
        conditions.forEach(condition -> out.printf(
                Locale.ROOT,
                "  %-3s %s%n      found: %s%n",
                condition.met() ? "yes" : "NO",
                Plain.text(condition.text()),
                Plain.text(condition.found())));
        out.flush();
        return 0;
    }
}
