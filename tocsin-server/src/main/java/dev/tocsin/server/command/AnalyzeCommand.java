package dev.tocsin.server.command;

import dev.tocsin.core.finding.FindingState;
import dev.tocsin.core.finding.PriorityChain;
import dev.tocsin.server.config.AnalyzeConfig;
import dev.tocsin.server.config.ExampleConfig;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.host.Analysis;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.report.Coverage;
import dev.tocsin.server.report.FindingWriter;
import dev.tocsin.server.report.ListFaults;
import dev.tocsin.server.report.Noise;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.report.Report;
import dev.tocsin.server.report.Seen;
import dev.tocsin.server.report.Summary;
import dev.tocsin.server.source.Listing;
import dev.tocsin.server.store.Store;
import dev.tocsin.server.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tocsin analyze}: a folder of logs in, findings and a ledger out. */
@Command(
        name = "analyze",
        description = "Reads PATH once from oldest to newest and reports findings.",
        footer = {
            "",
            "Examples:",
            "  tocsin analyze logs/",
            "  tocsin analyze --format jsonl --output findings.jsonl --ledger ledger.json logs/",
            "  tocsin analyze s3://my-trail/AWSLogs/111122223333/CloudTrail/",
            "  tocsin analyze --fail-on high logs/        for scripts: exit 1 on a high finding",
            "  tocsin analyze --state known/ logs/        go on from the last run: only new objects are read",
            "  tocsin analyze --since 2026-03-01 --until 2026-03-08 s3://my-trail/AWSLogs/",
            "  tocsin analyze --config tocsin.yaml        options in a file; --example-config prints them all",
            "",
            "Exit: 0 done; 1 --fail-on met; 2 wrong command line; 3 done, but some input was partial or refused."
        })
final class AnalyzeCommand implements Callable<Integer> {

    /** Lowest severity of each label (F30). */
    enum Severity {
        LOW(1),
        MEDIUM(4),
        HIGH(7),
        CRITICAL(9);

        private final double least;

        Severity(double least) {
            this.least = least;
        }
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Mixin
    private final AnalysisOptions logs = new AnalysisOptions();

    @Option(
            names = "--format",
            description = "table, jsonl, json, html or csv; default: table on a terminal, else jsonl.")
    private @Nullable String format;

    @Option(names = "--output", paramLabel = "FILE", description = "Write findings there instead of standard output.")
    private String output = "-";

    @Option(names = "--ledger", paramLabel = "FILE", description = "Write there what became of every object.")
    private @Nullable Path ledger;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Keep profiles and findings there and go on from them next time.")
    private @Nullable Path state;

    @Option(names = "--all", description = "With --state: print all findings it holds, not only new or changed ones.")
    private boolean all;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description = "Exit 1 when a finding is at least low, medium, high or critical.")
    private @Nullable String failOn;

    @Option(names = "--coverage", description = "End JSON output with what each finding type could judge, and why not.")
    private boolean coverage;

    @Option(
            names = "--noise",
            description = "Also say which ten causes make most findings, each with a drafted suppression filter.")
    private boolean noise;

    @Option(names = "--example-config", description = "Print a configuration with every key explained, and end.")
    private boolean exampleConfig;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (exampleConfig) {
            spec.commandLine().getOut().print(ExampleConfig.of(AnalyzeConfig.class));
            spec.commandLine().getOut().flush();
            return 0;
        }
        Severity bar = failOn == null ? null : severity(failOn);
        FindingWriter writer = writer();
        if (!output.equals("-")) {
            Inputs.mustBeWritable(spec, "--output", Path.of(output));
        }
        if (ledger != null) {
            Inputs.mustBeWritable(spec, "--ledger", ledger);
        }
        Listing listing = logs.list();
        if (state == null) {
            return analyze(listing, null, writer, bar);
        }
        try (Store store = Store.open(state)) {
            return analyze(listing, store, writer, bar);
        } catch (StoreException e) {
            spec.commandLine().getErr().println(Plain.text(String.valueOf(e.getMessage())));
            return 2;
        }
    }

    private int analyze(Listing listing, @Nullable Store store, FindingWriter writer, @Nullable Severity bar)
            throws IOException, InterruptedException {
        Seen seen = new Seen();
        Analysis analysis = logs.analyze(listing, store, seen::add, seen::judged);
        Set<String> wanted =
                analysis.findings(all).stream().map(FindingState::id).collect(Collectors.toSet());
        List<FindingState> findings = PriorityChain.raised(analysis.findings(true)).stream()
                .filter(finding -> wanted.contains(finding.id()))
                .flatMap(logs::shown)
                .sorted(Summary.ORDER)
                .toList();
        Coverage.Means means = logs.means(seen);
        write(
                writer,
                new Report(
                        findings,
                        Coverage.of(means, analysis.ledger(), findings),
                        analysis.ledger(),
                        coverage,
                        noise ? Noise.of(findings) : List.of()));
        if (store != null) {
            store.markPrinted();
        }
        if (ledger != null) {
            Files.writeString(ledger, analysis.ledger().toDoc().toJson() + "\n");
        }
        ListFaults.of(seen, findings)
                .values()
                .forEach(fault -> spec.commandLine().getErr().println(Plain.text(fault)));
        long troubled = summarize(analysis, findings.size());
        if (bar != null && findings.stream().anyMatch(finding -> finding.severity() >= bar.least)) {
            return 1;
        }
        return troubled > 0 ? 3 : 0;
    }

    private FindingWriter writer() {
        boolean terminal = output.equals("-") && Inputs.isTerminal();
        String name = format != null ? format : terminal ? "table" : "jsonl";
        try {
            return FindingWriter.named(name);
        } catch (IllegalArgumentException e) {
            throw wrong("--format: " + e.getMessage());
        }
    }

    private Severity severity(String name) {
        try {
            return Severity.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw wrong("--fail-on: no severity '" + name + "'"
                    + Nearest.hint(name, List.of("low", "medium", "high", "critical")));
        }
    }

    private void write(FindingWriter writer, Report report) throws IOException {
        if (!output.equals("-")) {
            try (var file = Files.newBufferedWriter(Path.of(output))) {
                writer.write(report, file);
            }
            return;
        }
        PrintWriter out = spec.commandLine().getOut();
        writer.write(report, out);
        out.flush();
    }

    /** Says on standard error what was read; how many objects were partial or refused. */
    private long summarize(Analysis analysis, int findings) {
        List<LedgerRow> rows = analysis.ledger().rows();
        long troubled = analysis.ledger().troubled();
        PrintWriter err = spec.commandLine().getErr();
        if (!logs.quiet()) {
            long records = rows.stream().mapToLong(LedgerRow::accepted).sum();
            err.printf(Locale.ROOT, "%d objects, %d records, %d findings.%n", rows.size(), records, findings);
        }
        if (troubled > 0) {
            LedgerRow first =
                    rows.stream().filter(LedgerRow::isTroubled).findFirst().orElseThrow();
            err.printf(
                    Locale.ROOT,
                    "%d of %d objects partial or refused, first %s; --ledger FILE says what and where.%n",
                    troubled,
                    rows.size(),
                    Plain.text(first.source()));
        }
        err.flush();
        return troubled;
    }

    private ParameterException wrong(String message) {
        return Inputs.wrong(spec, message);
    }
}
