package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.Reason;
import dev.tocsin.input.list.ListArgument;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.input.list.OwnNetworks;
import dev.tocsin.server.ledger.Ledger;
import dev.tocsin.server.ledger.LedgerRow;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin lists}: parses lists and says what of them would be used. */
@Command(
        name = "lists",
        description = "Checks lists, fetches feeds, shows which there are.",
        subcommands = {
            ListsCommand.Check.class,
            ListsUpdate.class,
            ListsPresets.class,
            ListsFeeds.class,
            ListsStatus.class
        },
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  tocsin lists presets",
            "  tocsin lists update",
            "  tocsin lists status --data /var/lib/tocsin",
            "  tocsin lists check bad.txt partners=feed.xml:STIX"
        })
final class ListsCommand {

    /** {@code tocsin lists check}. */
    @Command(
            name = "check",
            description = "Parses each list: format, entries used, refused lines with reason.",
            footer = {"", "Exit: 0 all used; 3 a list was partial or refused."})
    static final class Check implements Callable<Integer> {

        @Spec
        @SuppressWarnings("NullAway.Init") // picocli sets it before call()
        private CommandSpec spec;

        @Parameters(arity = "1..*", paramLabel = "[NAME=]FILE[:FORMAT]", description = "The lists.")
        private List<String> lists = List.of();

        @Option(names = "--ledger", paramLabel = "FILE", description = "Write the counts there, in the ledger's form.")
        private @Nullable Path ledgerFile;

        @Option(names = "--trusted", description = "They are trusted lists.")
        private boolean trusted;

        @Option(
                names = "--force",
                description = "Take entries refused as too wide, a public suffix or your own addresses.")
        private boolean force;

        @Option(
                names = "--inventory",
                paramLabel = "FILE",
                description = "What EC2's describe calls answer: entries over its public addresses are refused.")
        private List<Path> inventory = List.of();

        @Option(
                names = "--own-network",
                paramLabel = "CIDR",
                split = ",",
                description = "Networks of your own: entries over them are refused.")
        private List<String> ownNetworks = List.of();

        @Override
        public Integer call() throws IOException {
            Ledger ledger = new Ledger();
            OwnNetworks own = InventoryFiles.own(
                    Inputs.networks(spec, "--own-network", ownNetworks), InventoryFiles.read(spec, inventory, null));
            for (String text : lists) {
                ListArgument named = ListArgument.parse(text);
                ListReport report = read(named, own);
                ledger.add(row(named, report));
                print(report, spec.commandLine().getOut());
            }
            spec.commandLine().getOut().flush();
            if (ledgerFile != null) {
                Doc doc = ledger.toDoc();
                Files.writeString(ledgerFile, doc.toJson() + "\n");
            }
            return ledger.troubled() > 0 ? 3 : 0;
        }

        private ListReport read(ListArgument named, OwnNetworks own) {
            IndicatorList.Kind kind =
                    trusted ? IndicatorList.Kind.OPERATOR_TRUSTED : IndicatorList.Kind.OPERATOR_THREAT;
            ListRequest request = ListRequest.of(named.name(), kind).as(named.format());
            try (InputStream bytes = Files.newInputStream(Path.of(named.file()))) {
                return ListReader.read(force ? request.forced() : request.own(own), bytes, new Intelligence.Builder());
            } catch (IOException e) {
                throw Inputs.wrong(spec, named.file() + ": cannot be read: " + Reason.of(e));
            }
        }

        private static LedgerRow row(ListArgument named, ListReport report) {
            LedgerRow row = new LedgerRow(named.file());
            List<String> lines = new ArrayList<>();
            if (report.message() != null) {
                lines.add(report.message());
            }
            report.ignored().forEach((reason, count) -> lines.add("ignored " + count + ": " + reason));
            report.rejections().forEach(rejection -> lines.add(rejection.toString()));
            lines.addAll(report.warnings());
            row.read(
                    "list",
                    report.status().wireName(),
                    report.accepted(),
                    report.ignoredCount(),
                    report.rejected(),
                    report.bytes(),
                    lines.isEmpty() ? null : String.join("; ", lines));
            for (long i = 0; i < report.duplicates(); i++) {
                row.duplicate();
            }
            return row;
        }

        private static void print(ListReport report, PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%s: %s, %s, %d entries used (%d twice), %d ignored, %d rejected%n",
                    Plain.text(report.list().name()),
                    report.status().wireName(),
                    report.format() == null ? "no known format" : report.format(),
                    report.accepted() - report.duplicates(),
                    report.duplicates(),
                    report.ignoredCount(),
                    report.rejected());
            if (report.message() != null) {
                out.println("  " + Plain.text(report.message()));
            }
            report.warnings().forEach(warning -> out.println("  warning: " + Plain.text(warning)));
            report.rejections().forEach(rejection -> out.println("  " + Plain.text(rejection.toString())));
        }
    }

    private ListsCommand() {}
}
