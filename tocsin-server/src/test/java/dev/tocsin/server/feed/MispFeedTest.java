package dev.tocsin.server.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import dev.tocsin.core.finding.Doc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MISP servers as feeds. */
final class MispFeedTest {

    private static final Map<String, String> SECRETS = Map.of("TOCSIN_FEED_OUR_MISP_KEY", MispServer.KEY);

    @TempDir
    Path root;

    private Instant now = Instant.parse("2026-03-02T12:00:00Z");

    private FeedUpdate.Outcome update(String url, Map<String, String> environment)
            throws IOException, InterruptedException {
        return new FeedUpdate(new DataFolder(root), () -> now, false, 10_000_000, environment)
                .update(Feed.parse("our-misp=" + url));
    }

    private static Doc attribute(String type, String value) {
        return new Doc()
                .with("uuid", "u-" + value)
                .with("type", type)
                .with("value", value)
                .with("to_ids", true)
                .with("timestamp", "1772400000")
                .with("Event", new Doc().with("uuid", "e-1").with("info", "a\tcampaign\nof tests"));
    }

    private static Doc tagged(Doc attribute, String tag) {
        return attribute.with("Tag", List.of(new Doc().with("name", tag)));
    }

    private List<String> rows() throws IOException {
        return Files.readAllLines(root.resolve("lists/our-misp.list"))
                .subList(
                        1,
                        Files.readAllLines(root.resolve("lists/our-misp.list")).size());
    }

    @Test
    void rowsOfAllKinds() throws Exception {
        try (MispServer server = new MispServer()) {
            server.add(attribute("ip-dst", "203.0.113.1"));
            server.add(tagged(attribute("ip-dst|port", "203.0.113.2|4444"), "kill-chain:Command and Control"));
            server.add(tagged(attribute("hostname|port", "c2.example.org|443"), "rsit:malicious-code=\"c2-server\""));
            server.add(tagged(attribute("domain", "in.example.org"), "circl:incident-classification=\"phishing\""));
            server.add(tagged(attribute("domain", "pool.example.org"), "x:y=\"cryptomining\""));
            server.add(tagged(attribute("domain", "sure.example.org"), "misp:confidence-level=\"usually-confident\""));
            server.add(tagged(attribute("domain", "no.example.org"), "about scan nothing"));
            server.add(attribute("domain|ip", "both.example.org|203.0.113.9"));
            server.add(attribute("domain", "ignored.example.org").with("to_ids", false));
            server.add(attribute("sha256", "0".repeat(64)));
            server.add(attribute("ip-dst", "192.0.2.53")
                    .with(
                            "warnings",
                            List.of(new Doc().with("warninglist_name", "List of known public DNS resolvers"))));
            server.add(attribute("domain", "top.example.org")
                    .with("warnings", List.of(new Doc().with("warninglist_name", "Top 1000 websites from Tranco"))));
            FeedUpdate.Outcome outcome = update(server.feed(), SECRETS);
            assertEquals(FeedUpdate.State.UPDATED, outcome.state(), outcome.message());
            List<String> cells = new ArrayList<>();
            for (String row : rows()) {
                String[] cell = row.split("\t", -1);
                assertEquals(10, cell.length, row);
                assertEquals("a campaign of tests", cell[4], "one cell, one line");
                cells.add(String.join(",", cell[0], cell[2], cell[3], cell[6], cell[9]));
            }
            assertEquals(
                    List.of(
                            "203.0.113.1,,suspicious,,",
                            "203.0.113.2,4444,c2,,",
                            "c2.example.org,443,c2,,",
                            "in.example.org,,phishing,,",
                            "pool.example.org,,cryptomining,,",
                            "sure.example.org,,suspicious,,75",
                            "no.example.org,,suspicious,,",
                            "both.example.org,,suspicious,,",
                            "203.0.113.9,,suspicious,,",
                            "192.0.2.53,,suspicious,public-dns,",
                            "top.example.org,,suspicious,popular,"),
                    cells);
            assertEquals(11, outcome.kept().entries());
        }
    }

    @Test
    void pagesUntilOneIsNotFull() throws Exception {
        try (MispServer server = new MispServer()) {
            for (int i = 0; i < MispFetch.LIMIT + 7; i++) {
                server.add(attribute("domain", "d" + i + ".example.org"));
            }
            assertEquals(
                    MispFetch.LIMIT + 7, update(server.feed(), SECRETS).kept().entries());
            server.alwaysTheFirstPage = true;
            FeedUpdate.Outcome outcome = update(server.feed(), SECRETS);
            assertTrue(outcome.message().startsWith("the server's pages go round in circles"), outcome.message());
        }
    }

    @Test
    void withoutItsKey() throws Exception {
        try (MispServer server = new MispServer()) {
            assertEquals(
                    "no key: set TOCSIN_FEED_OUR_MISP_KEY; there is no earlier list",
                    update(server.feed(), Map.of()).message());
            FeedUpdate.Outcome wrong = update(server.feed(), Map.of("TOCSIN_FEED_OUR_MISP_KEY", "x"));
            assertTrue(wrong.message().startsWith("the server answered 403: the key"), wrong.message());
        }
    }

    /** Whatever a server sends, the last good list stays, and nothing is thrown. */
    @Test
    void hostileAnswers() throws Exception {
        long seed = 11;
        Random random = new Random(seed);
        List<String> shapes = List.of(
                "{\"response\":[]}",
                "{\"response\":{\"Attribute\":{}}}",
                "{\"response\":{\"Attribute\":[1,null,{}]}}",
                "{\"response\":{\"Attribute\":[{\"type\":\"domain\",\"value\":\"a\\u0000b\\t\\n\",\"to_ids\":true,"
                        + "\"Event\":[],\"Tag\":[{\"name\":5}],\"warnings\":\"x\",\"timestamp\":{}}]}}",
                "{\"response\":{\"Attribute\":[{\"type\":\"ip-dst|port\",\"value\":\"|\",\"to_ids\":true}]}}",
                "[[[[",
                "\"text\"");
        for (int round = 0; round < 100; round++) {
            StringBuilder text = new StringBuilder(shapes.get(random.nextInt(shapes.size())));
            for (int i = random.nextInt(4); i > 0; i--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(0x20, 0x7F));
            }
            try (SmallServer hostile = new SmallServer() {
                @Override
                void answer(HttpExchange exchange) throws IOException {
                    send(exchange, 200, "application/json", text.toString());
                }
            }) {
                FeedUpdate.Outcome outcome = update("misp+" + hostile.url(), SECRETS);
                assertEquals(FeedUpdate.State.FAILED, outcome.state(), () -> "seed " + seed + ": " + text + outcome);
            }
        }
    }
}
