package dev.tocsin.server.command;

import dev.tocsin.core.detect.Detectors;
import dev.tocsin.core.event.Event;
import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.FindingType;
import dev.tocsin.core.finding.Times;
import dev.tocsin.server.inspect.Entity;
import dev.tocsin.server.inspect.Story;
import dev.tocsin.server.inspect.WhyNot;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.store.StoreException;
import java.io.PrintWriter;
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

/** {@code tocsin explain}: all that somebody did, or why a finding type did not speak of them. */
@Command(
        name = "explain",
        description = "Tells all that an identity, address or host did; or why a finding type did not speak.",
        footer = {
            "",
            "Examples:",
            "  tocsin explain --entity arn:aws:iam::111122223333:user/alice logs/",
            "  tocsin explain --entity 198.51.100.23 logs/",
            "  tocsin explain --why-not Policy:IAMUser/RootCredentialUsage \\",
            "      --principal arn:aws:iam::111122223333:root --at 2026-03-02T16:20:00Z logs/"
        })
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final AnalysisOptions logs = new AnalysisOptions();

    @Option(
            names = "--entity",
            paramLabel = "NAME",
            description = "An ARN, principal id, access key, user name, address, instance or interface.")
    private @Nullable String entity;

    @Option(names = "--why-not", paramLabel = "TYPE", description = "Say why this type did not speak.")
    private @Nullable String whyNot;

    @Option(names = "--principal", paramLabel = "ARN", description = "Of whom --why-not asks.")
    private @Nullable String principal;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "About when, ISO 8601; an hour to each side is looked at.")
    private @Nullable Instant at;

    @Override
    public Integer call() throws InterruptedException {
        if (entity != null) {
            return tell(entity);
        }
        if (whyNot != null && principal != null) {
            return whyNot(whyNot, principal);
        }
        throw Inputs.wrong(spec, "give --entity NAME, or --why-not TYPE and --principal ARN");
    }

    private Collection<FindingState> analyze(Consumer<List<Event>> watch) throws InterruptedException {
        try {
            return logs.analyze(watch).findings(true);
        } catch (StoreException e) {
            throw new IllegalStateException("nothing is stored here", e);
        }
    }

    private int tell(String name) throws InterruptedException {
        Story story = new Story(new Entity(name));
        List<Story.Line> lines = story.tell(analyze(story::add));
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
            throw Inputs.wrong(spec, "--why-not: no finding type '" + name + "'; 'tocsin types' lists all");
        }
        if (!WhyNot.isFor(type)) {
            throw Inputs.wrong(spec, "--why-not: " + name + " is not judged from API calls");
        }
        WhyNot question = new WhyNot(type, new Entity(who), at == null ? -1 : at.getEpochSecond());
        List<WhyNot.Condition> conditions = question.conditions(analyze(question::add));
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%s of %s%n", name, Plain.text(who));
        conditions.forEach(condition -> out.printf(
                Locale.ROOT,
                "  %-3s %s%n      found: %s%n",
                condition.met() ? "yes" : "NO",
                condition.text(),
                Plain.text(condition.found())));
        out.flush();
        return 0;
    }
}
