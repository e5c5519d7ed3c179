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
 * @param url where it is: https, http or file
 * @param format its format's name; null: told by content the first time and kept to from then on
 * @param category of entries that name none, or null
 * @param terms its licence or terms; empty for the operator's own feeds
 * @param what it holds, in words
 */
public record Feed(
        String name,
        URI url,
        @Nullable String format,
        @Nullable Category category,
        String terms,
        String what) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
    private static final Set<String> SCHEMES = Set.of("https", "http", "file");
    private static final String RESOURCE = "feeds.tsv";

    /** The public feeds that are fetched unless others are named; their terms allow it. */
    public static List<Feed> defaults() {
        try (var in = Objects.requireNonNull(Feed.class.getResourceAsStream(RESOURCE), RESOURCE);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines().skip(1).map(Feed::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " is part of the product", e);
        }
    }

    private static Feed row(String line) {
        String[] cells = line.split("\t", -1);
        Category category = cells[3].isEmpty() ? null : Objects.requireNonNull(Category.of(cells[3]), line);
        return new Feed(cells[0], URI.create(cells[1]), cells[2], category, cells[4], cells[5]);
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

    private static Feed own(String name, URI url, String format, String category) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a feed's name has lower-case letters, digits and -, found " + name);
        }
        if (!SCHEMES.contains(String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("expected a URL with https, http or file, found " + url);
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
        return new Feed(name, url, upper.isEmpty() ? null : upper, given, "", "your own feed");
    }
}
