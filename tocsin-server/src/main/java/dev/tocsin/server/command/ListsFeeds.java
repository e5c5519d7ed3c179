package dev.tocsin.server.command;

import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.Feed;
import dev.tocsin.server.feed.FeedUpdate;
import dev.tocsin.server.feed.GeographyUpdate;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tocsin lists feeds}: the feeds there are, with address, terms and what is at hand of them. */
@Command(name = "feeds", description = "The feeds known: address, format, terms, and what is at hand of each.")
final class ListsFeeds implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where they are kept; default: ~/.tocsin (TOCSIN_DATA).")
    private @Nullable Path data;

    @Override
    public Integer call() throws IOException {
        DataFolder folder = new DataFolder(data == null ? DataFolder.byDefault() : data);
        Map<String, KeptFeed> kept = new HashMap<>();
        folder.feeds().forEach(feed -> kept.put(feed.feed().name(), feed));
        PrintWriter out = spec.commandLine().getOut();
        for (Feed feed : FeedUpdate.known(folder)) {
            out.printf(Locale.ROOT, "%-16s %s%n", feed.name(), Plain.text(feed.what()));
            line(out, Plain.text(feed.url().toString()));
            line(out, feed.terms());
            line(out, state(kept.get(feed.name())));
        }
        out.printf(Locale.ROOT, "%-16s countries and networks of addresses, as npm packages%n", GeographyUpdate.NAME);
        line(out, GeographyUpdate.CREDIT);
        line(out, folder.geography().isEmpty() ? "not fetched" : "at hand");
        out.flush();
        return 0;
    }

    private static String state(@Nullable KeptFeed kept) {
        if (kept == null) {
            return "not fetched";
        }
        String trouble = kept.trouble() == null ? "" : "; last try: " + Plain.text(kept.trouble());
        return kept.entries() + " entries, " + Ages.text(kept.fetchedAt()) + " old" + trouble;
    }

    private static void line(PrintWriter out, String text) {
        if (!text.isEmpty()) {
            out.printf(Locale.ROOT, "%-16s %s%n", "", text);
        }
    }
}
