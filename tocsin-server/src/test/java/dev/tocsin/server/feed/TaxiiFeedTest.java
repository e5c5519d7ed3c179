package dev.tocsin.server.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Collections of a TAXII server as feeds. */
final class TaxiiFeedTest {

    private static final Map<String, String> SECRETS =
            Map.of("TOCSIN_FEED_THE_CIRCLE_USER", "u", "TOCSIN_FEED_THE_CIRCLE_PASSWORD", "p");

    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");

    private FeedUpdate.Outcome update(String url, Map<String, String> environment)
            throws IOException, InterruptedException {
        return new FeedUpdate(new DataFolder(root), () -> now, false, 1_000_000, environment)
                .update(Feed.parse("the-circle=" + url));
    }

    private FeedUpdate.Outcome update(TaxiiServer server) throws IOException, InterruptedException {
        return update(server.collection(), SECRETS);
    }

    private static Doc indicator(String id, String pattern) {
        return new Doc()
                .with("type", "indicator")
                .with("spec_version", "2.1")
                .with("id", "indicator--" + id)
                .with("created", "2026-03-01T00:00:00.000Z")
                .with("modified", "2026-03-01T00:00:00.000Z")
                .with("indicator_types", List.of("malicious-activity"))
                .with("pattern", pattern)
                .with("pattern_type", "stix")
                .with("valid_from", "2026-03-01T00:00:00Z");
    }

    private static Doc address(int number) {
        return indicator("a" + number, "[ipv4-addr:value = '203.0.113." + number + "']");
    }

    private String list() throws IOException {
        return Files.readString(root.resolve("lists/the-circle.list"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(textBlock = """
            with next,    true
            without next, false
            """)
    void allPagesThenOnlyWhatWasAdded(String name, boolean namesNext) throws Exception {
        try (TaxiiServer server = new TaxiiServer(3)) {
            server.namesNext = namesNext;
            for (int i = 1; i <= 10; i++) {
                server.add("2026-03-01T00:00:%02d.000000Z".formatted(i), address(i));
            }
            server.add(
                    "2026-03-01T00:00:30.000000Z",
                    new Doc().with("type", "malware").with("id", "malware--1"));
            FeedUpdate.Outcome first = update(server);
            assertEquals(FeedUpdate.State.UPDATED, first.state(), first.message());
            assertEquals(10, first.kept().entries());
            int asked = server.asked.size();
            now = now.plusSeconds(3_600);
            assertEquals(FeedUpdate.State.UNCHANGED, update(server).state());
            assertEquals(asked + 1, server.asked.size(), "one page");
            server.add("2026-03-02T12:30:00.000000Z", address(11));
            server.add(
                    "2026-03-02T12:30:01.000000Z",
                    address(1).with("revoked", true).with("modified", "2026-03-02T12:30:00.000Z"));
            FeedUpdate.Outcome more = update(server);
            assertEquals(10, more.kept().entries(), "one came, one was revoked");
            assertTrue(list().contains("203.0.113.11'") && !list().contains("203.0.113.1'"), list());
            now = now.plusSeconds(8 * 86_400);
            asked = server.asked.size();
            update(server);
            assertFalse(server.asked.get(asked).contains("added_after"), "all of it, once a week");
        }
    }

    @Test
    void kindsOfPatternsAndWhatIsOver() throws Exception {
        try (TaxiiServer server = new TaxiiServer(100)) {
            String time = "2026-03-01T00:00:00.000000Z";
            server.add(time, indicator("1", "[ipv6-addr:value = '2001:db8::1']").with("confidence", 80));
            server.add(time, indicator("2", "[domain-name:value = 'bad.example.org']"));
            server.add(time, indicator("3", "[url:value = 'http://203.0.113.9:8080/x']"));
            server.add(time, address(4).with("valid_until", "2026-03-02T11:59:59Z"));
            server.add(time, address(5).with("valid_until", "2026-03-02T12:00:01Z"));
            server.add(time, address(6).with("revoked", true));
            server.add(time, indicator("7", "rule x").with("pattern_type", "yara"));
            assertEquals(4, update(server).kept().entries());
        }
    }

    @Test
    void aServerWithOneCollectionIsNamedByItsDiscovery() throws Exception {
        try (TaxiiServer server = new TaxiiServer(100)) {
            server.add("2026-03-01T00:00:00.000000Z", address(1));
            FeedUpdate.Outcome one = update("taxii+" + server.url() + "/taxii2/", SECRETS);
            assertEquals(FeedUpdate.State.UPDATED, one.state(), one.message());
            assertTrue(server.asked.stream().noneMatch(asked -> asked.contains("other")), "no other server is asked");
            server.others = 2;
            FeedUpdate.Outcome several = update("taxii+" + server.url() + "/api1/", SECRETS);
            assertEquals(FeedUpdate.State.FAILED, several.state());
            assertTrue(several.message().startsWith("name one of the collections: one: http"), several.message());
        }
    }

    @Test
    void withoutItsPassword() throws Exception {
        try (TaxiiServer server = new TaxiiServer(100)) {
            FeedUpdate.Outcome outcome = update(server.collection(), Map.of());
            assertEquals(
                    "the server answered 401: the key or password is missing or wrong; there is no earlier list",
                    outcome.message());
        }
        FeedUpdate.Outcome plain = update("taxii+http://taxii.example.org/api/collections/a/", SECRETS);
        assertTrue(plain.message().startsWith("a secret is not sent over plain http"), plain.message());
    }

    /** Whatever a server sends, the last good list stays, and nothing is thrown. */
    @Test
    void hostileAnswers() throws Exception {
        try (TaxiiServer server = new TaxiiServer(100)) {
            for (int i = 1; i <= 30; i++) {
                server.add("2026-03-01T00:00:%02d.000000Z".formatted(i), address(i));
            }
            update(server);
        }
        String good = list();
        long seed = 7;
        Random random = new Random(seed);
        List<String> shapes = List.of(
                "{\"more\":true,\"next\":\"1\",\"objects\":[]}",
                "{\"more\":true,\"objects\":[]}",
                "{\"more\":true,\"next\":\"x\",\"objects\":" + "[".repeat(200) + "]".repeat(200) + "}",
                "[]",
                "null",
                "{\"objects\":{\"type\":\"indicator\",\"id\":7}}",
                "{\"objects\":[1,null,\"x\",{\"type\":\"indicator\"},{\"type\":\"indicator\",\"id\":\"i\",\"pattern\":[]}]}",
                "{\"api_roots\":[\"\\u0000\",\"http://[\",7]}",
                "{\"objects\":[{\"type\":\"indicator\",\"id\":\"indicator--z\",\"modified\":{},\"revoked\":\"true\"}]}");
        for (int round = 0; round < 150; round++) {
            StringBuilder text = new StringBuilder(shapes.get(random.nextInt(shapes.size())));
            for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(0x20, 0x7F));
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setLength(at);
                }
            }
            String body = text.toString();
            int status = random.nextInt(8) == 0 ? 200 + random.nextInt(300) : 200;
            boolean taxii = random.nextInt(8) != 0;
            try (SmallServer hostile = new SmallServer() {
                @Override
                void answer(HttpExchange exchange) throws IOException {
                    exchange.getResponseHeaders().set("X-TAXII-Date-Added-Last", body.length() % 2 == 0 ? "z\"" : "");
                    send(exchange, status, taxii ? "application/taxii+json;version=2.1" : "text/html", body);
                }
            }) {
                now = now.plusSeconds(3_600);
                String url = "taxii+" + hostile.url() + (round % 3 == 0 ? "/" : "/collections/a/");
                FeedUpdate.Outcome outcome = update(url, SECRETS);
                assertTrue(
                        outcome.state() == FeedUpdate.State.FAILED || outcome.state() == FeedUpdate.State.HELD_BACK,
                        () -> "seed " + seed + ": " + status + " " + body + ": " + outcome);
                assertEquals(good, list(), () -> "seed " + seed + ": " + body);
            }
        }
    }

    @Test
    void anEndlessAnswerIsCut() throws Exception {
        try (SmallServer endless = new SmallServer() {
            @Override
            void answer(HttpExchange exchange) throws IOException {
                exchange.getResponseHeaders().set("Content-Type", "application/taxii+json;version=2.1");
                exchange.sendResponseHeaders(200, 0);
                byte[] part = "{\"objects\":[ ".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseBody().write(part);
                try {
                    for (int i = 0; i < 10_000; i++) {
                        exchange.getResponseBody().write(" ".repeat(1_000).getBytes(StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    return; // the client has had enough
                }
            }
        }) {
            FeedUpdate.Outcome outcome = update("taxii+" + endless.url() + "/collections/a/", SECRETS);
            assertTrue(outcome.message().contains("larger than is taken"), outcome.message());
        }
    }
}
