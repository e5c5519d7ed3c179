package dev.tocsin.server.command;

import dev.tocsin.core.finding.Times;
import dev.tocsin.input.container.ObjectReport;
import dev.tocsin.server.inspect.DigestCheck;
import dev.tocsin.server.inspect.DigestKeys;
import dev.tocsin.server.inspect.Inspection;
import dev.tocsin.server.inspect.TimeGaps;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.report.Coverage;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.source.SourceObject;
import dev.tocsin.server.source.Span;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin doctor}: what the logs are and what is missing, before anything is analysed. */
@Command(
        name = "doctor",
        description = "Says what each object at PATH is, what is missing for which finding types, and gaps in time.",
        footer = {
            "",
            "Examples:",
            "  tocsin doctor logs/",
            "  tocsin doctor --verify logs/        CloudTrail's digests: is a log file missing or changed?",
            "  aws cloudtrail list-public-keys > keys.json; tocsin doctor --verify --public-keys keys.json logs/",
            "",
            "Exit: 0 done; 2 wrong command line; 3 --verify found a file missing or changed, or no digest."
        })
final class DoctorCommand implements Callable<Integer> {

    private static final int OBJECTS_SHOWN = 40;
    private static final int NAMES_SHOWN = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final AnalysisOptions logs = new AnalysisOptions();

    @Option(names = "--all", description = "List every object, not only the first " + OBJECTS_SHOWN + ".")
    private boolean all;

    @Option(
            names = "--verify",
            description = "Check CloudTrail's digest files: no log file missing or changed, the chain unbroken.")
    private boolean verify;

    @Option(
            names = "--public-keys",
            paramLabel = "FILE",
            description =
                    "With --verify: the Region's keys, as 'aws cloudtrail list-public-keys' answers, for signatures.")
    private @Nullable Path publicKeys;

    @Override
    public Integer call() {
        Inspection inspection = new Inspection(logs.account(), logs.region());
        PrintWriter out = spec.commandLine().getOut();
        if (verify) {
            return verify(logs.list(Span.ALL).objects(), out);
        }
        Listing listing = logs.list();
        inspection.run(listing.objects());
        objects(inspection.found(), out);
        if (!listing.passed().isEmpty()) {
            Listing.Passed first = listing.passed().getFirst();
            out.printf(
                    Locale.ROOT,
                    "%d objects or folders %s, first %s%n",
                    listing.passed().size(),
                    first.reason(),
                    Plain.text(first.name()));
        }
        scopes(inspection, out);
        gaps(TimeGaps.of(inspection.found()), out);
        coverage(inspection, out);
        out.flush();
        return 0;
    }

    private int verify(List<SourceObject> listed, PrintWriter out) {
        DigestCheck check = new DigestCheck(keys());
        check.run(listed);
        for (DigestCheck.Problem problem : check.problems()) {
            out.printf(
                    Locale.ROOT,
                    "%-8s %s%n",
                    problem.kind().name().toLowerCase(Locale.ROOT),
                    Plain.text(problem.text()));
        }
        out.printf(
                Locale.ROOT,
                "%d digests, %d log files as delivered, %d problems; %s.%n",
                check.digests(),
                check.verified(),
                check.problems().stream()
                        .filter(problem -> problem.kind() != DigestCheck.Kind.NOTE)
                        .count(),
                publicKeys == null
                        ? "signatures are not checked: give --public-keys FILE"
                        : check.signatures() + " signatures are AWS's");
        if (check.digests() == 0) {
            out.println("No digest file is among the objects: they lie beside the logs, under CloudTrail-Digest/.");
        }
        out.flush();
        return check.failed() || check.digests() == 0 ? 3 : 0;
    }

    private DigestKeys keys() {
        try {
            return publicKeys == null ? new DigestKeys() : DigestKeys.read(publicKeys);
        } catch (IOException e) {
            throw Inputs.wrong(spec, "--public-keys: " + publicKeys + ": " + e.getMessage());
        }
    }

    private void objects(List<Inspection.Found> objects, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%-12s %-29s %-9s %9s  %-33s %s%n",
                "HOLDS",
                "PACKED",
                "STATUS",
                "RECORDS",
                "TIME (UTC)",
                "OBJECT");
        objects.stream().limit(all ? Long.MAX_VALUE : OBJECTS_SHOWN).forEach(object -> object(object, out));
        if (!all && objects.size() > OBJECTS_SHOWN) {
            out.printf(Locale.ROOT, "... and %d more objects: --all%n", objects.size() - OBJECTS_SHOWN);
        }
    }

    private static void object(Inspection.Found object, PrintWriter out) {
        ObjectReport report = object.report();
        out.printf(
                Locale.ROOT,
                "%-12s %-29s %-9s %9d  %-33s %s%n",
                object.kind(),
                object.wrapping().name(),
                report == null ? "refused" : report.status().wireName(),
                report == null ? 0 : report.accepted(),
                report == null || report.accepted() == 0
                        ? "-"
                        : minute(report.firstEvent()) + " to " + minute(report.lastEvent()),
                Plain.text(object.source()));
        if (report != null && report.message() != null) {
            out.printf(Locale.ROOT, "%13s%s%n", "", Plain.text(report.message()));
        }
    }

    private static void scopes(Inspection inspection, PrintWriter out) {
        out.println();
        names("accounts", inspection.accounts(), out);
        names("Regions", inspection.regions(), out);
        names("interfaces", inspection.interfaces(), out);
        names("flow fields", inspection.fields(), out);
        if (inspection.accounts().contains("unknown") || inspection.regions().contains("unknown")) {
            out.println("  some records name no account or Region, nor do their objects' names:"
                    + " give --account and --region to analyze");
        }
    }

    private static void names(String what, Collection<String> names, PrintWriter out) {
        if (names.isEmpty()) {
            return;
        }
        boolean fields = what.equals("flow fields");
        List<String> shown =
                names.stream().limit(fields ? Long.MAX_VALUE : NAMES_SHOWN).toList();
        String more = names.size() > shown.size() ? " ..." : "";
        out.printf(Locale.ROOT, "%-12s %d: %s%s%n", what, names.size(), Plain.text(String.join(", ", shown)), more);
    }

    private static void gaps(List<TimeGaps.Gap> gaps, PrintWriter out) {
        out.println();
        if (gaps.isEmpty()) {
            out.println("no gaps in time");
        }
        gaps.stream()
                .limit(OBJECTS_SHOWN)
                .forEach(gap -> out.printf(
                        Locale.ROOT,
                        "gap          %s: nothing from %s to %s (%.1f h)%n",
                        Plain.text(gap.log()),
                        minute(gap.from()),
                        minute(gap.to()),
                        (gap.to() - gap.from()) / 3600.0));
        if (gaps.size() > OBJECTS_SHOWN) {
            out.printf(Locale.ROOT, "... and %d more gaps%n", gaps.size() - OBJECTS_SHOWN);
        }
    }

    private void coverage(Inspection inspection, PrintWriter out) {
        out.println();
        Coverage.Means means = logs.means(inspection.seen());
        for (Coverage.Row row : Coverage.of(means, new Ledger(), List.of())) {
            out.printf(
                    Locale.ROOT,
                    "%-7s %-58s %s%n",
                    row.status() == Coverage.Status.SPOKE
                            ? "ready"
                            : row.status().wireName(),
                    row.type().name(),
                    row.reason().isEmpty() ? "" : row.reason() + ": " + row.todo());
        }
    }

    private static String minute(long at) {
        return Times.iso(at).substring(0, 16).replace('T', ' ');
    }
}
