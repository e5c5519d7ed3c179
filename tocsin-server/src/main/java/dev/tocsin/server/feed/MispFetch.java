package dev.tocsin.server.feed;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.core.intel.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MISP server as a list: the attributes of its events that are meant for detection ({@code to_ids}), by restSearch, page by
 * page. Tags lead to categories and confidence, hits of the server's warning lists to cautions.
 */
final class MispFetch {

    private static final String PATH = "attributes/restSearch";

    /** Attributes asked for at a time. */
    static final int LIMIT = 5_000;

    private static final List<String> TYPES = List.of(
            "ip-src",
            "ip-dst",
            "ip-src|port",
            "ip-dst|port",
            "domain",
            "domain|ip",
            "hostname",
            "hostname|port",
            "url");

    private static final String HEADER =
            "indicator\tkind\tport\tcategory\tfamily\treference\tcaution\tfirstSeen\tlastSeen\tconfidence\n";

    private final FeedHttp http = FeedHttp.secret();
    private final FeedSecrets secrets;
    private final long mostBytes;

    MispFetch(FeedSecrets secrets, long mostBytes) {
        this.secrets = secrets;
        this.mostBytes = mostBytes;
    }

    /**
     * Writes the attributes into {@code target}, as a list of the format {@code INTEL_TSV}.
     *
     * @throws IOException if they cannot be had whole; its message is for people
     */
    FeedFetch.Answer fetch(Feed feed, URI url, Path target) throws IOException, InterruptedException {
        String key = secrets.key(feed);
        if (key == null) {
            throw new IOException("no key: set " + FeedSecrets.variable(feed, "KEY"));
        }
        URI search =
                url.getPath() != null && url.getPath().endsWith("/") ? url.resolve(PATH) : URI.create(url + "/" + PATH);
        FeedPages pages = new FeedPages(mostBytes);
        try (Writer out = Files.newBufferedWriter(target, StandardCharsets.UTF_8)) {
            out.write(HEADER);
            String before = null;
            boolean more = true;
            for (int page = 1; more; page++) {
                List<Doc> attributes = page(search, key, page, pages);
                String first =
                        attributes.isEmpty() ? null : attributes.getFirst().text("uuid");
                if (first != null && first.equals(before)) {
                    throw new IOException("the server's pages go round in circles");
                }
                before = first;
                for (Doc attribute : attributes) {
                    row(feed, attribute, out);
                }
                more = attributes.size() >= LIMIT;
            }
        }
        return new FeedFetch.Answer(true, null, null, 0);
    }

    private List<Doc> page(URI search, String key, int page, FeedPages pages) throws IOException, InterruptedException {
        Doc question = new Doc()
                .with("returnFormat", "json")
                .with("type", TYPES)
                .with("to_ids", true)
                .with("deleted", false)
                .with("includeEventTags", true)
                .with("includeWarninglistHits", true)
                .with("limit", LIMIT)
                .with("page", page);
        HttpRequest request = FeedHttp.secretRequest(search)
                .header("Authorization", key)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(question.toJson()))
                .build();
        HttpResponse<InputStream> response = http.send(request);
        return FeedPages.objects(pages.read(response).part("response"), "Attribute");
    }

    private static void row(Feed feed, Doc attribute, Writer out) throws IOException {
        String type = attribute.text("type");
        String value = attribute.text("value");
        if (type == null || value == null || !TYPES.contains(type) || !Boolean.TRUE.equals(attribute.get("to_ids"))) {
            return;
        }
        int bar = value.indexOf('|');
        if (type.equals("domain|ip") && bar > 0) {
            write(feed, attribute, value.substring(0, bar), "", out);
            write(feed, attribute, value.substring(bar + 1), "", out);
        } else if (type.endsWith("|port") && bar > 0) {
            write(feed, attribute, value.substring(0, bar), value.substring(bar + 1), out);
        } else {
            write(feed, attribute, value, "", out);
        }
    }

    private static void write(Feed feed, Doc attribute, String indicator, String port, Writer out) throws IOException {
        MispWords words = new MispWords(attribute);
        Category tagged = words.category();
        Category category = tagged != null ? tagged : feed.category() == null ? Category.SUSPICIOUS : feed.category();
        String last = attribute.text("last_seen");
        out.write(String.join(
                        "\t",
                        cell(indicator),
                        "ip", // told by its form
                        cell(port),
                        category.wireName(),
                        cell(attribute.part("Event").text("info")),
                        cell(attribute.part("Event").text("uuid")),
                        words.cautions(),
                        cell(attribute.text("first_seen")),
                        cell(last == null ? time(attribute) : last),
                        words.confidence())
                + "\n");
    }

    /** The attribute's own time, which MISP writes in epoch seconds. */
    private static @Nullable String time(Doc attribute) {
        Object time = attribute.get("timestamp");
        return time == null ? null : time.toString();
    }

    /** A cell is one line without tabs, and not endless, whoever wrote the event. */
    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 512 ? line : line.substring(0, 512);
    }
}
