package dev.tocsin.server.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A collection of a TAXII 2.1 server as a list: its STIX indicators, page by page, only those added since where the list at
 * hand is one of the collection; all of them once a week, because a server does not say what it took away.
 */
final class TaxiiFetch {

    private static final String MEDIA = "application/taxii+json";
    private static final String ACCEPT = MEDIA + ";version=2.1";

    /** Objects asked for at a time. */
    private static final int LIMIT = 1_000;

    /** Seconds after which all is fetched anew. Ours. */
    private static final long ALL_SECONDS = 7 * 86_400L;

    /** What is kept of an indicator: what {@code STIX2} lists are read by. */
    private static final List<String> KEPT = List.of(
            "type",
            "spec_version",
            "id",
            "created",
            "modified",
            "name",
            "indicator_types",
            "pattern",
            "pattern_type",
            "valid_from",
            "valid_until",
            "confidence");

    private final FeedHttp http = FeedHttp.secret();
    private final FeedSecrets secrets;
    private final InstantSource clock;
    private final long mostBytes;

    TaxiiFetch(FeedSecrets secrets, InstantSource clock, long mostBytes) {
        this.secrets = secrets;
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /**
     * Where the next fetch begins, as it is kept in the place of an ETag.
     *
     * @param added the server's time of the newest object that came, or empty
     * @param all when all was fetched last, epoch seconds
     */
    private record Cursor(String added, long all) {

        static @Nullable Cursor of(@Nullable String text) {
            if (text == null || text.indexOf(' ') < 0) {
                return null;
            }
            int space = text.indexOf(' ');
            try {
                return new Cursor(text.substring(space + 1), Long.parseLong(text, 0, space, 10));
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        public String toString() {
            return all + " " + added;
        }
    }

    /**
     * Writes the indicators of {@code feed} into {@code target}, as a STIX bundle, unless nothing was added.
     *
     * @param last the list at hand
     * @throws IOException if they cannot be had whole; its message is for people
     */
    FeedFetch.Answer fetch(Feed feed, URI url, @Nullable KeptFeed known, Path target, Path last)
            throws IOException, InterruptedException {
        FeedPages pages = new FeedPages(mostBytes);
        long now = clock.instant().getEpochSecond();
        Cursor before = known == null ? null : Cursor.of(known.etag());
        boolean all = before == null || before.added().isEmpty() || now - before.all() >= ALL_SECONDS;
        Map<String, Doc> indicators = all ? new LinkedHashMap<>() : kept(last);
        Walk walk = new Walk(feed, collection(feed, url, pages), pages, indicators);
        String added = walk.walk(before == null || all ? null : before.added());
        if (!all && walk.came == 0) {
            return new FeedFetch.Answer(false, String.valueOf(before), null, 0);
        }
        write(indicators.values(), now, target);
        return new FeedFetch.Answer(
                true, new Cursor(added, all || before == null ? now : before.all()).toString(), null, 0);
    }

    /** The collection that {@code url} is, or, of a server or API root, the only one that may be read. */
    private URI collection(Feed feed, URI url, FeedPages pages) throws IOException, InterruptedException {
        URI folder = url.getPath() != null && url.getPath().endsWith("/") ? url : URI.create(url + "/");
        if (folder.getPath().matches(".*/collections/[^/]+/")) {
            return folder;
        }
        List<URI> readable = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (URI root : roots(feed, folder, pages)) {
            Doc answer = ask(feed, root.resolve("collections/"), pages).page();
            for (Doc one : FeedPages.objects(answer, "collections")) {
                String id = one.text("id");
                if (id != null && Boolean.TRUE.equals(one.get("can_read"))) {
                    readable.add(root.resolve("collections/" + encoded(id) + "/"));
                    told.add(one.text("title") + ": " + readable.getLast());
                }
            }
        }
        if (readable.size() == 1) {
            return readable.getFirst();
        }
        throw new IOException(
                readable.isEmpty()
                        ? "the server has no collection that may be read"
                        : "name one of the collections: "
                                + String.join(", ", told.subList(0, Math.min(10, told.size()))));
    }

    private List<URI> roots(Feed feed, URI url, FeedPages pages) throws IOException, InterruptedException {
        Doc discovery = ask(feed, url, pages).page();
        if (!(discovery.get("api_roots") instanceof List<?> named)) {
            return List.of(url); // an API root itself
        }
        List<URI> roots = new ArrayList<>();
        for (Object one : named) {
            URI root = resolved(url, String.valueOf(one));
            if (root != null && sameServer(url, root)) {
                roots.add(root);
            }
        }
        if (roots.isEmpty()) {
            throw new IOException("the server names no API root of its own");
        }
        return roots;
    }

    private static @Nullable URI resolved(URI url, String text) {
        try {
            URI root = url.resolve(text);
            return root.toString().endsWith("/") ? root : URI.create(root + "/");
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A server that names another does not get this one's password sent there. */
    private static boolean sameServer(URI one, URI other) {
        return String.valueOf(one.getScheme()).equals(other.getScheme())
                && String.valueOf(one.getRawAuthority()).equals(other.getRawAuthority());
    }

    /**
     * A page.
     *
     * @param addedLast the server's time of the newest object on it, or null
     */
    private record Page(Doc page, @Nullable String addedLast) {}

    private Page ask(Feed feed, URI uri, FeedPages pages) throws IOException, InterruptedException {
        String authorization = secrets.authorization(feed);
        HttpRequest.Builder request = authorization == null ? FeedHttp.request(uri) : FeedHttp.secretRequest(uri);
        request.header("Accept", ACCEPT);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<InputStream> response = http.send(request.build());
        Doc page = pages.read(response);
        String media = response.headers().firstValue("Content-Type").orElse("");
        if (!media.startsWith(MEDIA)) {
            throw new IOException("what answers is no TAXII 2.1 server: Content-Type " + media);
        }
        return new Page(
                page, response.headers().firstValue("X-TAXII-Date-Added-Last").orElse(null));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One way through a collection. */
    private final class Walk {

        private final Feed feed;
        private final URI collection;
        private final FeedPages pages;
        private final Map<String, Doc> indicators;
        private long came;

        Walk(Feed feed, URI collection, FeedPages pages, Map<String, Doc> indicators) {
            this.feed = feed;
            this.collection = collection;
            this.pages = pages;
            this.indicators = indicators;
        }

        /** Takes what was added after {@code after}, or all; the time to go on from. */
        String walk(@Nullable String after) throws IOException, InterruptedException {
            String from = after;
            String next = null;
            String newest = after == null ? "" : after;
            Set<String> met = new HashSet<>();
            boolean more = true;
            while (more) {
                Page page = ask(feed, uri(from, next), pages);
                FeedPages.objects(page.page(), "objects").forEach(this::take);
                newest = page.addedLast() == null ? newest : page.addedLast();
                more = Boolean.TRUE.equals(page.page().get("more"));
                next = page.page().text("next");
                if (more && next == null) {
                    from = newest; // as the standard has it for servers without 'next'
                }
                if (more && !met.add(next + " " + from)) {
                    throw new IOException("the server's pages go round in circles");
                }
            }
            return newest;
        }

        private URI uri(@Nullable String after, @Nullable String next) {
            return collection.resolve("objects/?limit=" + LIMIT + "&match%5Btype%5D=indicator"
                    + (after == null || after.isEmpty() ? "" : "&added_after=" + encoded(after))
                    + (next == null ? "" : "&next=" + encoded(next)));
        }

        private void take(Doc object) {
            String id = object.text("id");
            if (id == null || !"indicator".equals(object.text("type"))) {
                return;
            }
            came++;
            Doc known = indicators.get(id);
            if (known != null && modified(known).compareTo(modified(object)) > 0) {
                return; // an older version of what is at hand
            }
            if (Boolean.TRUE.equals(object.get("revoked"))) {
                indicators.remove(id);
                return;
            }
            Doc kept = new Doc();
            KEPT.forEach(name -> kept.with(name, object.get(name)));
            indicators.put(id, kept);
        }
    }

    private static String modified(Doc object) {
        String modified = object.text("modified");
        return modified == null ? "" : modified;
    }

    /** The indicators of the list at hand; a line each, as {@link #write} has them. */
    private static Map<String, Doc> kept(Path last) throws IOException {
        Map<String, Doc> indicators = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory().createParser(last.toFile())) {
            json.nextToken();
            FeedPages.objects(Doc.read(json), "objects")
                    .forEach(one -> indicators.put(String.valueOf(one.text("id")), one));
            return indicators;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IOException(
                    "the list at hand is damaged: 'tocsin lists update --remove' it and fetch it anew", e);
        }
    }

    /** Writes those that are still valid. */
    private static void write(Iterable<Doc> indicators, long now, Path target) throws IOException {
        String time = Instant.ofEpochSecond(now).toString();
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            out.write("{\"type\":\"bundle\",\"spec_version\":\"2.1\",\"objects\":[");
            String before = "\n";
            for (Doc one : indicators) {
                String until = one.text("valid_until");
                if (until == null || until.compareTo(time) > 0) {
                    out.write(before + one.toJson());
                    before = ",\n";
                }
            }
            out.write("\n]}\n");
        }
    }
}
