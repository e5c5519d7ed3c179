package dev.tocsin.server.command;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.FeedReport;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.store.Store;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin lists status}: what each list contributed to findings, so that a bad one can be dropped. */
@Command(
        name = "status",
        description = "Each feed: entries, age, last try, and what it contributed to the findings of 90 days.",
        footer = {
            "",
            "ALONE: findings that no other list has part in. ARCHIVED: the share of its findings that were archived. A feed of",
            "which nearly all are archived costs more than it brings; one that is never alone could be dropped.",
            "",
            "Examples:",
            "  tocsin lists status --data /var/lib/tocsin        of a service, also while it runs",
            "  tocsin lists status --state trial                 findings of 'tocsin analyze --state trial'"
        })
final class ListsStatus implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where feeds are kept; default: ~/.tocsin (TOCSIN_DATA).")
    private @Nullable Path data;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Where the findings are; default: --data, if some are there.")
    private @Nullable Path state;

    @Override
    public Integer call() throws IOException {
        Path folder = data == null ? DataFolder.byDefault() : data;
        List<KeptFeed> feeds = new DataFolder(folder).feeds();
        long now = InstantSource.system().instant().getEpochSecond();
        Path findings = state == null ? folder : state;
        if (state == null && !Store.isThere(folder)) {
            print(FeedReport.of(feeds, null, account -> true, now), now);
            return 0;
        }
        try (Store store = Store.openBeside(findings)) {
            print(FeedReport.of(feeds, store, account -> true, now), now);
        }
        return 0;
    }

    private void print(List<Doc> rows, long now) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%-22s %9s %8s %8s %9s %9s %9s  %s%n",
                "NAME",
                "ENTRIES",
                "AGE",
                "CHECKED",
                "FINDINGS",
                "ALONE",
                "ARCHIVED",
                "");
        for (Doc row : rows) {
            Object percent = row.get("archivedPercent");
            out.printf(
                    Locale.ROOT,
                    "%-22s %9s %8s %8s %9s %9s %9s  %s%n",
                    Plain.text(String.valueOf(row.text("name"))),
                    cell(row.get("entries")),
                    age(row.text("fetchedAt"), now),
                    age(row.text("checkedAt"), now),
                    cell(row.get("findings")),
                    cell(row.get("alone")),
                    percent == null ? "-" : percent + " %",
                    row.text("trouble") == null ? "" : Plain.text("last try: " + row.text("trouble")));
        }
        out.flush();
    }

    private static String cell(@Nullable Object value) {
        return value == null ? "-" : value.toString();
    }

    private static String age(@Nullable String time, long now) {
        return time == null ? "-" : Ages.text(Instant.parse(time).getEpochSecond(), now);
    }
}
