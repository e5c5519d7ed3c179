package dev.tocsin.server.command;

import dev.tocsin.server.config.FeedConfig;
import dev.tocsin.server.config.Nearest;
import dev.tocsin.server.config.ServeConfig;
import dev.tocsin.server.feed.Feed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The feeds that a configuration names. */
final class ConfiguredFeeds {

    /** Time between two fetches of a feed unless it is said, in minutes. */
    private static final int MINUTES = 60;

    private ConfiguredFeeds() {}

    /**
     * The feeds of {@code config}, each with the minutes between its fetches.
     *
     * @throws IllegalArgumentException with what is wrong, in words
     */
    static List<Feed> of(ServeConfig config) {
        int minutes = minutes("feedsEvery", config.feedsEvery(), MINUTES);
        List<Feed> feeds = new ArrayList<>();
        List<FeedConfig> configured = config.feeds();
        for (FeedConfig one : configured == null ? List.<FeedConfig>of() : configured) {
            Feed feed = feed(one);
            if (feeds.stream().anyMatch(other -> other.name().equals(feed.name()))) {
                throw new IllegalArgumentException("feeds: two feeds are named " + feed.name());
            }
            feeds.add(feed.every(Math.max(feed.minutes(), minutes("every", one.every(), minutes))));
        }
        return feeds;
    }

    private static int minutes(String key, @Nullable Integer given, int otherwise) {
        if (given != null && given < 1) {
            throw new IllegalArgumentException(key + ": expected 1 or more minutes, found " + given);
        }
        return given == null ? otherwise : given;
    }

    private static Feed feed(FeedConfig config) {
        String text = config.feed();
        String preset = config.preset();
        String url = config.url();
        try {
            if (text != null) {
                return text.contains("=") ? Feed.parse(text) : preset(text);
            }
            if (preset != null) {
                return preset(preset);
            }
            if (url == null) {
                throw new IllegalArgumentException("a feed needs preset, or name and url");
            }
            String name = config.name();
            return Feed.own(name == null ? "" : name, URI.create(url), or(config.format()), or(config.category()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("feeds: " + e.getMessage(), e);
        }
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Feed preset(String name) {
        Feed feed = Feed.preset(name);
        if (feed == null) {
            List<String> names =
                    Feed.presets().stream().map(one -> one.feed().name()).toList();
            throw new IllegalArgumentException("no feed '" + name + "'" + Nearest.hint(name, names));
        }
        return feed;
    }
}
