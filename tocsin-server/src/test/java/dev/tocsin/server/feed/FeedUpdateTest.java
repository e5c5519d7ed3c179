package dev.tocsin.server.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tocsin.core.event.Address;
import dev.tocsin.core.intel.Category;
import dev.tocsin.core.intel.IndicatorList;
import dev.tocsin.core.intel.Intelligence;
import dev.tocsin.core.intel.Match;
import dev.tocsin.input.list.ListReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Feeds over loopback HTTP and from files: what is taken, what is kept, what is said. */
final class FeedUpdateTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    Path root;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Reply reply;
    private Instant now = NOON;

    /** What the server does with a request. */
    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("If-None-Match")));
            try (exchange) {
                reply.to(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static Reply body(String text) {
        return exchange -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private static String list(int entries) {
        return IntStream.range(0, entries)
                .mapToObj(i -> "203.0.%d.%d%n".formatted(i / 250, i % 250))
                .collect(Collectors.joining());
    }

    private Feed feed() {
        return Feed.parse("test=http://127.0.0.1:" + server.getAddress().getPort() + "/list#,c2");
    }

    private FeedUpdate.Outcome update(boolean force) throws IOException, InterruptedException {
        return new FeedUpdate(new DataFolder(root), () -> now, force, 100_000, Map.of()).update(feed());
    }

    private String inForce() throws IOException {
        Path list = root.resolve("lists/test.list");
        return Files.exists(list) ? Files.readString(list) : "nothing";
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # what comes after a good list of 100    | state      | what is said
            500                                      | FAILED     | the server answered 500; the last good list stays
            404                                      | FAILED     | the server answered 404; the last good list stays
            nothing                                  | FAILED     | no entries: the list is empty; the last good list stays
            a web page                               | FAILED     | a web page stands in place of the list; keep the last good copy and look at its address; the last good list stays
            half of what was announced               | FAILED     |
            200000 bytes                             | FAILED     | it is larger than 100000 bytes; the last good list stays
            STIX                                     | FAILED     | declared TXT, but the content is STIX2; the last good list stays
            49 entries                               | HELD_BACK  | 49 entries after 100; --force takes it; the last good list stays
            50 entries                               | UPDATED    | updated, 100 entries before
            200 entries                              | UPDATED    | updated, 100 entries before
            201 entries                              | HELD_BACK  | 201 entries after 100; --force takes it; the last good list stays
            a redirect                               | UPDATED    | updated, 100 entries before
            redirects without end                    | FAILED     |
            """)
    void whatComes(String what, FeedUpdate.State state, String said) throws IOException, InterruptedException {
        reply = body(list(100));
        assertEquals(FeedUpdate.State.UPDATED, update(false).state());
        String good = inForce();
        reply = reply(what);
        now = NOON.plusSeconds(7_200);
        FeedUpdate.Outcome outcome = update(false);
        assertEquals(state, outcome.state(), outcome.message());
        if (said != null) {
            assertEquals(said, outcome.message());
        }
        boolean stays = state != FeedUpdate.State.UPDATED;
        assertEquals(stays, inForce().equals(good), "the last good list stays");
        assertEquals((stays ? NOON : now).getEpochSecond(), outcome.kept().fetchedAt(), "age");
        try (var left = Files.list(root.resolve("lists"))) {
            assertEquals(2, left.count(), "a list and its note, nothing half done");
        }
    }

    private static Reply reply(String what) {
        String first = what.split(" ", -1)[0];
        return switch (what) {
            case "500", "404" -> exchange -> exchange.sendResponseHeaders(Integer.parseInt(what), -1);
            case "nothing" -> exchange -> exchange.sendResponseHeaders(200, -1);
            case "a web page" -> body("<!DOCTYPE html><html><body>moved</body></html>");
            case "half of what was announced" ->
                exchange -> {
                    byte[] bytes = list(90).getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, 2L * bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.getResponseBody().flush();
                };
            case "STIX" ->
                body(
                        "{\"type\":\"bundle\",\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--1\",\"spec_version\":\"2.1\","
                                + "\"pattern_type\":\"stix\",\"pattern\":\"[ipv4-addr:value = '203.0.113.1']\"}]}");
            case "a redirect" ->
                exchange -> {
                    if (exchange.getRequestURI().getPath().equals("/list")) {
                        exchange.getResponseHeaders().set("Location", "/moved");
                        exchange.sendResponseHeaders(302, -1);
                    } else {
                        body(list(110)).to(exchange);
                    }
                };
            case "redirects without end" ->
                exchange -> {
                    exchange.getResponseHeaders().set("Location", "/list");
                    exchange.sendResponseHeaders(302, -1);
                };
            case "200000 bytes" -> body("#".repeat(200_000));
            default -> body(list(Integer.parseInt(first)));
        };
    }

    @Test
    void forceTakesWhatIsHeldBackAndAnotherFormat() throws IOException, InterruptedException {
        reply = body(list(100));
        update(false);
        reply = body(list(10));
        assertEquals(FeedUpdate.State.HELD_BACK, update(false).state());
        assertEquals(FeedUpdate.State.UPDATED, update(true).state());
        assertEquals(list(10), inForce());
        reply = reply("STIX");
        assertEquals(FeedUpdate.State.FAILED, update(false).state());
        FeedUpdate.Outcome forced = update(true);
        assertEquals("STIX2", forced.kept().feed().format(), forced.message());
    }

    @Test
    void asksOnlyForWhatChangedSince() throws IOException, InterruptedException {
        reply = exchange -> {
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            body(list(3)).to(exchange);
        };
        assertEquals("new", update(false).message());
        reply = exchange -> exchange.sendResponseHeaders(304, -1);
        now = NOON.plusSeconds(86_400);
        FeedUpdate.Outcome outcome = update(false);
        assertEquals(FeedUpdate.State.UNCHANGED, outcome.state());
        assertEquals(List.of("null", "\"v1\""), asked);
        assertEquals(now.getEpochSecond(), outcome.kept().dated(), "its maker says that it holds");
        assertEquals(NOON.getEpochSecond(), outcome.kept().fetchedAt());
        Files.delete(root.resolve("lists/test.list"));
        reply = body(list(3));
        assertEquals("new", update(false).message(), "a note without its list does not count");
    }

    @Test
    void failsOverAServerThatIsNotThere() throws IOException, InterruptedException {
        reply = body(list(3));
        Feed feed = feed();
        server.stop(0);
        FeedUpdate.Outcome outcome = new FeedUpdate(new DataFolder(root), () -> now, false).update(feed);
        assertEquals(FeedUpdate.State.FAILED, outcome.state());
        assertNull(outcome.kept());
        assertTrue(outcome.message().endsWith("there is no earlier list"), outcome.message());
        assertTrue(outcome.message().startsWith("127.0.0.1 cannot be reached: "), outcome.message());
    }

    @Test
    void readsFilesAndSeesWhenTheyChange() throws IOException, InterruptedException {
        Path file = Files.writeString(root.resolve("mine.txt"), list(3));
        Feed feed = Feed.parse("mine=" + file.toUri());
        FeedUpdate update = new FeedUpdate(new DataFolder(root), () -> now, false);
        assertEquals(FeedUpdate.State.UPDATED, update.update(feed).state());
        assertEquals(FeedUpdate.State.UNCHANGED, update.update(feed).state());
        Files.writeString(file, list(4));
        Files.setLastModifiedTime(file, FileTime.from(NOON));
        assertEquals(4, update.update(feed).kept().entries());
        Files.delete(file);
        assertEquals(FeedUpdate.State.FAILED, update.update(feed).state());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # when the event is                   | at | fires
            when the list was fetched             | 2026-03-02T12:00:00Z | true
            30 days after                         | 2026-04-01T12:00:00Z | true
            a second more                         | 2026-04-01T12:00:01Z | false
            """)
    void entriesWithoutDateAreAsOldAsTheList(String name, Instant at, boolean fires)
            throws IOException, InterruptedException {
        reply = body(list(3));
        update(false);
        KeptFeed kept = new DataFolder(root).feeds().getFirst();
        Intelligence.Builder into = new Intelligence.Builder();
        try (var in = Files.newInputStream(new DataFolder(root).list("test"))) {
            ListReader.read(FeedUpdate.request(kept), in, into);
        }
        Match match = into.build().address(Address.parse("203.0.0.1"), 443, at.getEpochSecond());
        assertEquals(fires, match.fires());
        assertEquals(Category.C2, match.best().indicator().category());
        assertEquals(IndicatorList.Kind.INTEL, match.best().list().kind());
    }

    @Test
    void theDefaultFeedsAreWholeAndDistinct() {
        List<Feed> defaults = Feed.defaults();
        assertEquals(
                defaults.size(), defaults.stream().map(Feed::name).distinct().count());
        for (Feed feed : defaults) {
            assertEquals("https", feed.url().getScheme(), feed.name());
            assertFalse(feed.terms().isBlank(), feed.name());
            assertTrue(ListReader.formats().contains(feed.format()), feed.name());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            partner                        | expected NAME=URL
            Partner=https://x/             | a feed's name has
            p=ftp://x/                     | expected a URL with https
            p=x.txt                        | expected a URL with https
            p=https://x/#NOSUCH            | no list format NOSUCH
            p=https://x/#TXT,nosuch        | no category nosuch
            """)
    void refusesWhatIsNoFeed(String text, String why) {
        String said = assertThrows(IllegalArgumentException.class, () -> Feed.parse(text))
                .getMessage();
        assertTrue(said.toLowerCase(Locale.ROOT).startsWith(why.toLowerCase(Locale.ROOT)), said);
    }

    @Test
    void readsAFeedOfTheOperatorsOwn() {
        Feed feed = Feed.parse("p=https://x/list?a=1#stix,c2");
        assertEquals(
                new Feed("p", URI.create("https://x/list?a=1"), "STIX", Category.C2, "", "your own feed", 0), feed);
    }
}
