package dev.tocsin.server.command;

import dev.tocsin.server.feed.Feed;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tocsin lists presets}: the public feeds that are known by name. */
@Command(
        name = "presets",
        description =
                "The public feeds by name: address, format, category, how often at most, terms. The service fetches those"
                        + " that its configuration names, and no other.",
        footer = {
            "",
            "Examples:",
            "  feeds: [{preset: feodo}, {preset: tor-exits, every: 120}]        in the service's configuration",
            "  tocsin lists update feodo tor-bulk-exits                         for 'tocsin analyze'"
        })
final class ListsPresets implements Callable<Integer> {

    private static final int DAY_MINUTES = 1_440;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Feed.Preset preset : Feed.presets()) {
            Feed feed = preset.feed();
            out.printf(Locale.ROOT, "%-22s %s%n", feed.name(), feed.what());
            line(out, feed.url().toString());
            line(
                    out,
                    feed.format() + ", "
                            + (feed.category() == null
                                    ? "category by entry"
                                    : "category " + feed.category().wireName())
                            + ", at most every "
                            + (feed.minutes() < DAY_MINUTES ? feed.minutes() + " minutes" : "day"));
            line(
                    out,
                    feed.terms()
                            + (preset.byDefault() ? "; 'tocsin lists update' fetches it" : "; off until it is named"));
        }
        out.flush();
        return 0;
    }

    private static void line(PrintWriter out, String text) {
        out.printf(Locale.ROOT, "%-22s %s%n", "", text);
    }
}
