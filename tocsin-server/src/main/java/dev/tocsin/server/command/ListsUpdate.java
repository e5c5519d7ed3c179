package dev.tocsin.server.command;

import dev.tocsin.server.config.ConfigException;
import dev.tocsin.server.config.ConfigFile;
import dev.tocsin.server.config.ServeConfig;
import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.Feed;
import dev.tocsin.server.feed.FeedUpdate;
import dev.tocsin.server.feed.GeographyUpdate;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.report.Plain;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tocsin lists update}: fetches feeds and the tables of countries and networks. */
@Command(
        name = "update",
        description = "Fetches the feeds and the tables of countries and networks; analyze then uses them by itself.",
        footer = {
            "",
            "Examples:",
            "  tocsin lists update                     the default feeds and those fetched before",
            "  tocsin lists update feodo geography     only these",
            "  tocsin lists update --config /etc/tocsin/tocsin.yaml     those that the service is to have",
            "  tocsin lists update --feed partner=https://lists.example.com/bad.csv#TXT,c2",
            "",
            "Exit: 0 done; 2 wrong command line; 3 something failed or was held back: its last good list stays."
        })
final class ListsUpdate implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Only these feeds; default: all, and geography.")
    private List<String> names = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Keep them there; default: ~/.tocsin (TOCSIN_DATA).")
    private @Nullable Path data;

    @Option(
            names = "--feed",
            paramLabel = "NAME=URL[#FORMAT[,CATEGORY]]",
            description =
                    "A feed of your own (https, http, file, taxii+https, misp+https); it is remembered. Repeatable.")
    private List<String> own = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The feeds and the data folder that this configuration of 'tocsin serve' names.")
    private @Nullable Path config;

    @Option(names = "--remove", paramLabel = "NAME", description = "Delete what was fetched under this name.")
    private List<String> removed = List.of();

    @Option(names = "--force", description = "Take a list that halved, doubled or changed its format.")
    private boolean force;

    @Option(names = "--npm", paramLabel = "PROGRAM", description = "The npm that fetches the tables; default: npm.")
    private String npm = "npm";

    @Override
    public Integer call() throws IOException, InterruptedException {
        ServeConfig file = read();
        String configured = file == null ? null : file.data();
        Path root = data != null ? data : configured == null ? DataFolder.byDefault() : Path.of(configured);
        DataFolder folder = new DataFolder(root);
        for (String name : removed) {
            if (!folder.drop(name)) {
                throw Inputs.wrong(spec, "--remove: nothing was fetched under the name " + name);
            }
        }
        if (!removed.isEmpty() && names.isEmpty() && own.isEmpty()) {
            return 0;
        }
        List<FeedUpdate.Outcome> outcomes = update(folder, chosen(folder, file));
        print(outcomes);
        boolean troubled = outcomes.stream()
                .anyMatch(outcome ->
                        outcome.state() == FeedUpdate.State.FAILED || outcome.state() == FeedUpdate.State.HELD_BACK);
        return troubled ? 3 : 0;
    }

    private List<FeedUpdate.Outcome> update(DataFolder folder, List<Feed> feeds)
            throws IOException, InterruptedException {
        FeedUpdate update = new FeedUpdate(folder, InstantSource.system(), force);
        List<FeedUpdate.Outcome> outcomes = new ArrayList<>();
        for (Feed feed : feeds) {
            outcomes.add(update.update(feed));
        }
        if (names.isEmpty() ? own.isEmpty() && config == null : names.contains(GeographyUpdate.NAME)) {
            outcomes.add(new GeographyUpdate(folder, npm).update());
        }
        return outcomes;
    }

    /** The feeds named on the command line, else all that are known. */
    private List<Feed> chosen(DataFolder folder, @Nullable ServeConfig file) throws IOException {
        Map<String, Feed> known = new LinkedHashMap<>();
        FeedUpdate.known(folder).forEach(feed -> known.put(feed.name(), feed));
        Feed.presets().forEach(preset -> known.putIfAbsent(preset.feed().name(), preset.feed()));
        List<Feed> chosen = new ArrayList<>();
        if (file != null) {
            try {
                chosen.addAll(ConfiguredFeeds.of(file));
            } catch (IllegalArgumentException e) {
                throw Inputs.wrong(spec, "--config: " + e.getMessage());
            }
        }
        for (String text : own) {
            try {
                chosen.add(Feed.parse(text));
            } catch (IllegalArgumentException e) {
                throw Inputs.wrong(spec, "--feed: " + e.getMessage());
            }
        }
        for (String name : names) {
            Feed feed = known.get(name);
            if (feed != null) {
                chosen.add(feed);
            } else if (!name.equals(GeographyUpdate.NAME)) {
                throw Inputs.wrong(
                        spec, "no feed " + name + "; 'tocsin lists presets' shows the public ones, --feed adds one");
            }
        }
        return names.isEmpty() && own.isEmpty() && file == null ? FeedUpdate.known(folder) : chosen;
    }

    private @Nullable ServeConfig read() {
        try {
            return config == null ? null : ConfigFile.read(config, ServeConfig.class);
        } catch (ConfigException e) {
            throw Inputs.wrong(spec, "--config: " + e.getMessage());
        }
    }

    private void print(List<FeedUpdate.Outcome> outcomes) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-16s %9s %8s  %-10s %s%n", "NAME", "ENTRIES", "AGE", "STATE", "");
        for (FeedUpdate.Outcome outcome : outcomes) {
            KeptFeed kept = outcome.kept();
            out.printf(
                    Locale.ROOT,
                    "%-16s %9s %8s  %-10s %s%n",
                    outcome.name(),
                    kept == null ? "-" : Long.toString(kept.entries()),
                    kept == null ? "-" : Ages.text(kept.fetchedAt()),
                    outcome.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    Plain.text(outcome.message()));
        }
        out.flush();
    }
}
