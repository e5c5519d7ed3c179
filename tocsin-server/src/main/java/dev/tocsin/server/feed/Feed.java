package dev.tocsin.server.feed;

import dev.tocsin.core.intel.Category;
import dev.tocsin.input.list.ListReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A list that is fetched.
 *
 * @param name what findings and reports call it; its file's name too
 * @param url where it is: https, http or file; with {@code taxii+} or {@code misp+} before it, a server that is asked so
 * @param format its format's name; null: told by content the first time and kept to from then on
 * @param category of entries that name none, or null
 * @param terms its licence or terms; empty for the operator's own feeds
 * @param what it holds, in words
 * @param minutes between two fetches; 0: as all are fetched
 */
public record Feed(
        String name,
        URI url,
        @Nullable String format,
        @Nullable Category category,
        String terms,
        String what,
        int minutes) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
    private static final Set<String> SCHEMES =
            Set.of("https", "http", "file", "taxii+https", "taxii+http", "misp+https", "misp+http");
    private static final String RESOURCE = "feeds.tsv";

    /**
     * A public feed that is known by its name.
     *
     * @param feed which; its minutes are the fewest that its maker's terms or its rhythm allow
     * @param byDefault whether {@code tocsin lists update} fetches it without being told to
     */
    public record Preset(Feed feed, boolean byDefault) {}

    /** The public feeds that are fetched unless others are named; their terms allow it. */
    public static List<Feed> defaults() {
        return presets().stream().filter(Preset::byDefault).map(Preset::feed).toList();
    }

    /** All public feeds that are known. */
    public static List<Preset> presets() {
        try (var in = Objects.requireNonNull(Feed.class.getResourceAsStream(RESOURCE), RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Feed::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " is part of the product", e);
        }
    }

    private static Preset row(String line) {
        String[] cells = line.split("\t", -1);
        Category category = cells[3].isEmpty() ? null : Objects.requireNonNull(Category.of(cells[3]), line);
        int minutes = Integer.parseInt(cells[6]);
        Feed feed = new Feed(cells[0], URI.create(cells[1]), cells[2], category, cells[4], cells[5], minutes);
        return new Preset(feed, cells[7].equals("yes"));
    }

    /** The preset of that name, or null. */
    public static @Nullable Feed preset(String name) {
        return presets().stream()
                .map(Preset::feed)
                .filter(feed -> feed.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** The same, fetched every {@code count} minutes. */
    public Feed every(int count) {
        return new Feed(name, url, format, category, terms, what, count);
    }

    /** The URL without the parts that may hold a secret, for others' eyes. */
    public String place() {
        String host =
                url.getHost() == null ? "" : "//" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
        return url.getScheme() + ":" + host + url.getPath();
    }

    /**
     * Reads {@code NAME=URL[#[FORMAT][,CATEGORY]]}, a feed of the operator's own.
     *
     * @throws IllegalArgumentException with what is wrong, in words
     */
    public static Feed parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("expected NAME=URL[#FORMAT[,CATEGORY]], found " + text);
        }
        URI whole = URI.create(text.substring(equals + 1));
        String fragment = whole.getFragment() == null ? "" : whole.getFragment();
        int comma = fragment.indexOf(',');
        String format = comma < 0 ? fragment : fragment.substring(0, comma);
        String category = comma < 0 ? "" : fragment.substring(comma + 1);
        String bare = whole.toString();
        URI url = URI.create(whole.getFragment() == null ? bare : bare.substring(0, bare.indexOf('#')));
        return own(text.substring(0, equals), url, format, category);
    }

    /**
     * A feed of the operator's own.
     *
     * @param format its format's name, or empty
     * @param category of entries that name none, or empty
     * @throws IllegalArgumentException with what is wrong, in words
     */
    public static Feed own(String name, URI url, String format, String category) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a feed's name has lower-case letters, digits and -, found " + name);
        }
        if (!SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "expected a URL with https, http, file, taxii+https or misp+https, found " + url);
        }
        String upper = format.toUpperCase(Locale.ROOT);
        if (!upper.isEmpty() && !ListReader.formats().contains(upper)) {
            throw new IllegalArgumentException(
                    "no list format " + format + "; there are " + String.join(", ", ListReader.formats()));
        }
        Category given = category.isEmpty() ? null : Category.of(category);
        if (given == null && !category.isEmpty()) {
            throw new IllegalArgumentException("no category " + category);
        }
        return new Feed(name, url, upper.isEmpty() ? null : upper, given, "", "your own feed", 0);
    }
}
