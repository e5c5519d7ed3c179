package dev.tocsin.server.command;

import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.input.container.Reason;
import dev.tocsin.input.geo.Geography;
import dev.tocsin.input.list.ListArgument;
import dev.tocsin.input.list.ListReader;
import dev.tocsin.input.list.ListReport;
import dev.tocsin.input.list.ListRequest;
import dev.tocsin.input.list.OwnNetworks;
import dev.tocsin.server.feed.DataFolder;
import dev.tocsin.server.feed.FeedUpdate;
import dev.tocsin.server.feed.KeptFeed;
import dev.tocsin.server.report.Plain;
import dev.tocsin.server.watch.Knowing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options that name threat lists and tables of places, and what they load. */
final class ListOptions {

    /** Age in days from which a fetched list is said to be old. Ours: the feeds change daily. */
    static final int OLD_DAYS = 7;

    private static final long DAY_SECONDS = 86_400;

    @Option(
            names = "--threat-list",
            paramLabel = "[NAME=]FILE[:FORMAT]",
            description = "Your own list of addresses, CIDRs and domains: the .Custom types. Repeatable.")
    private List<String> threats = List.of();

    @Option(
            names = "--trusted-list",
            paramLabel = "[NAME=]FILE[:FORMAT]",
            description = "Your own list of what is never a finding. Repeatable.")
    private List<String> trusted = List.of();

    @Option(
            names = "--intel",
            paramLabel = "FILE[:FORMAT]",
            description = "Intelligence with categories (TSV or a feed's format). Repeatable.")
    private List<String> intel = List.of();

    @Option(
            names = "--geo",
            paramLabel = "FILE",
            description = "Your own mmdb file of places or networks (MaxMind's or ip-location-db's). Repeatable;"
                    + " before the tables that were fetched.")
    private List<Path> geo = List.of();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where 'tocsin lists update' keeps what it fetches; default: ~/.tocsin (TOCSIN_DATA).")
    private @Nullable Path data;

    @Option(names = "--no-feeds", description = "Use nothing that 'tocsin lists update' fetched.")
    private boolean noFeeds;

    @Option(
            names = "--force-lists",
            description = "Take list entries that are refused as too wide, a public suffix or your own addresses.")
    private boolean force;

    private final List<ListReport> reports = new ArrayList<>();
    private OwnNetworks own = OwnNetworks.NONE;
    private final List<String> notes = new ArrayList<>();

    /**
     * All lists read into one snapshot; a list that is refused or not there ends the command.
     *
     * @param ours networks that no threat entry may touch
     */
    Intelligence load(CommandSpec spec, OwnNetworks ours) {
        return load(spec, ours, List.of());
    }

    /** The same with {@code more} lists; one of those that is refused is left out. */
    Intelligence load(CommandSpec spec, OwnNetworks ours, List<Knowing.Extra> more) {
        own = ours;
        Intelligence.Builder into = new Intelligence.Builder();
        for (Knowing.Extra extra : more) {
            try (InputStream bytes = Files.newInputStream(extra.file())) {
                reports.add(ListReader.read(guarded(extra.request()), bytes, into));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        threats.forEach(text -> read(spec, "--threat-list", text, IndicatorList.Kind.OPERATOR_THREAT, into));
        trusted.forEach(text -> read(spec, "--trusted-list", text, IndicatorList.Kind.OPERATOR_TRUSTED, into));
        intel.forEach(text -> read(spec, "--intel", text, IndicatorList.Kind.INTEL, into));
        feeds(spec).forEach(feed -> read(feed, into));
        return into.build();
    }

    private void read(
            CommandSpec spec, String option, String text, IndicatorList.Kind kind, Intelligence.Builder into) {
        ListArgument list = ListArgument.parse(text);
        ListRequest request = guarded(ListRequest.of(list.name(), kind).as(list.format()));
        try (InputStream bytes = Files.newInputStream(Path.of(list.file()))) {
            ListReport report = ListReader.read(request, bytes, into);
            if (!report.active()) {
                throw Inputs.wrong(spec, option + ": " + list.file() + ": " + report.message());
            }
            reports.add(report);
        } catch (IOException e) {
            throw Inputs.wrong(spec, option + ": " + list.file() + ": cannot be read: " + Reason.of(e));
        }
    }

    private ListRequest guarded(ListRequest request) {
        return (force ? request.forced() : request.own(own)).withHashes();
    }

    /** Where what was fetched lies. */
    DataFolder folder() {
        return new DataFolder(data == null ? DataFolder.byDefault() : data);
    }

    private List<KeptFeed> feeds(CommandSpec spec) {
        try {
            return noFeeds ? List.of() : folder().feeds();
        } catch (IOException e) {
            throw Inputs.wrong(spec, "the fetched lists cannot be read: " + e.getMessage());
        }
    }

    /** A fetched list was good when it came; one that is damaged since is left out and said. */
    private void read(KeptFeed feed, Intelligence.Builder into) {
        String name = feed.feed().name();
        try (InputStream bytes = Files.newInputStream(folder().list(name))) {
            ListReport report = ListReader.read(guarded(FeedUpdate.request(feed)), bytes, into);
            if (report.active()) {
                reports.add(report);
            } else {
                notes.add(Plain.text(name + ": " + report.message() + "; run 'tocsin lists update'"));
            }
        } catch (IOException e) {
            notes.add(Plain.text(name + ": cannot be read: " + e.getMessage()));
        }
        long days = (InstantSource.system().instant().getEpochSecond() - feed.fetchedAt()) / DAY_SECONDS;
        if (days >= OLD_DAYS) {
            notes.add(name + ": fetched " + days + " days ago; 'tocsin lists update' renews it");
        }
    }

    /** The folder of what was fetched, if the command line names one. */
    @Nullable
    Path data() {
        return data;
    }

    /** Country, town and network of addresses, from the operator's files before those that were fetched. */
    Geography geography(CommandSpec spec) {
        try {
            Geography geography = Geography.open(geo, noFeeds ? List.of() : folder().geography());
            note(geography);
            return geography;
        } catch (IOException e) {
            throw Inputs.wrong(spec, "--geo: " + e.getMessage());
        }
    }

    private void note(Geography geography) {
        boolean country = geography.facts().contains(Geography.Fact.COUNTRY);
        boolean network = geography.facts().contains(Geography.Fact.NETWORK);
        if (!country || !network) {
            String lacks = country ? "network" : network ? "country" : "country and network";
            notes.add("Addresses are shown without " + lacks
                    + (network ? "" : ", and habits of identities tell networks by the first octet alone")
                    + ": 'tocsin lists update geography' fetches the tables, --geo FILE takes your own.");
        }
    }

    /** What a person should know of lists and tables before the findings, a line each. */
    List<String> notes() {
        List<String> all = new ArrayList<>();
        if (reports.stream().allMatch(report -> report.list().trusted())) {
            all.add("No threat list is loaded: types that need one stay silent. 'tocsin lists update' fetches the"
                    + " public feeds; --intel FILE and --threat-list FILE take your own.");
        }
        all.addAll(notes);
        for (ListReport report : reports) {
            report.warnings()
                    .forEach(warning -> all.add(Plain.text(report.list().name() + ": " + warning)));
            if (report.rejected() > 0) {
                all.add(Plain.text(report.list().name() + ": " + report.rejected() + " entries rejected, first "
                        + report.rejections().getFirst()));
            }
        }
        return all;
    }
}
