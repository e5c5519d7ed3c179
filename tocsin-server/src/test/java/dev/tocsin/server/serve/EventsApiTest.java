package dev.tocsin.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tocsin.server.api.Role;
import dev.tocsin.server.config.ConfigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Findings come to who listens, by server-sent events of a real service. */
@Timeout(60)
final class EventsApiTest extends ServiceFixture {

    private static final String PATH = "/tocsin/v1/events";

    @BeforeEach
    void prepare() throws IOException, InterruptedException {
        signed(administrator, "POST", "/detector", "{'enable':true}");
    }

    /** A client that reads event by event. */
    private record Listening(int status, BufferedReader reader, InputStream raw) implements AutoCloseable {

        /** The next event's lines, comments left out. */
        List<String> next() throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.isEmpty() && lines.stream().anyMatch(one -> one.startsWith("event:"))) {
                    return lines;
                }
                lines.add(line);
            }
            return List.of();
        }

        /** The next event of the name {@code name}: its id and data. */
        List<String> next(String name) throws IOException {
            for (List<String> event = next(); !event.isEmpty(); event = next()) {
                if (event.contains("event: " + name)) {
                    return event;
                }
            }
            throw new AssertionError("the stream ended before an event " + name);
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }

    private Listening listen(Key key, @Nullable String last) throws IOException, InterruptedException {
        HttpRequest signed = request(key, Clock.systemUTC(), "GET", PATH, "", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(signed, (name, value) -> true);
        if (last != null) {
            request.header("Last-Event-ID", last);
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        return new Listening(
                response.statusCode(),
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)),
                response.body());
    }

    private static String id(List<String> event) {
        return event.stream()
                .filter(line -> line.startsWith("id: "))
                .findFirst()
                .orElseThrow()
                .substring("id: ".length());
    }

    @Test
    void aFindingComesToWhoListensAndToWhoComesAgainLater() throws IOException, InterruptedException {
        String ready;
        try (Listening first = listen(administrator, null);
                Listening reader = listen(key(ACCOUNT, Role.READER), null)) {
            ready = id(first.next("ready"));
            IngestedFindings.hand(this, 1);
            String told = String.join("\n", first.next("finding"));
            assertTrue(told.contains("\"id\":\"" + "%032x".formatted(1)), told);
            assertTrue(String.join("\n", reader.next("finding")).contains("%032x".formatted(1)));
        }
        IngestedFindings.hand(this, 2);
        try (Listening again = listen(administrator, ready)) {
            String both = again.next("finding") + "\n" + again.next("finding");
            assertTrue(both.contains("%032x".formatted(1)) && both.contains("%032x".formatted(2)), both);
        }
        try (Listening strange = listen(administrator, "nonsense")) {
            assertTrue(strange.next("ready").contains("event: ready"));
        }
    }

    @Test
    void anotherAccountIsToldNothing() throws IOException, InterruptedException {
        try (Listening stranger = listen(key("999999999999", Role.READER), "1-");
                Listening own = listen(administrator, "1-")) {
            IngestedFindings.hand(this, 1);
            own.next("finding");
            service.close();
            List<List<String>> told = new ArrayList<>();
            for (List<String> event = stranger.next(); !event.isEmpty(); event = stranger.next()) {
                told.add(event);
            }
            assertEquals(1, told.size(), told.toString());
        } catch (IOException e) {
            // the service may end the connection in the middle of a chunk
        }
    }

    @Test
    void onlyWhoMayReadIsLetIn() throws IOException, InterruptedException {
        assertEquals(403, open("GET", PATH, "").status());
        assertEquals(403, signed(key(ACCOUNT, Role.INGEST), "GET", PATH, "").status());
        assertEquals(404, signed(administrator, "POST", PATH, "").status());
    }

    @Test
    void noMoreThanSomeListenAtATime() throws IOException, InterruptedException {
        List<Listening> all = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Listening one = listen(administrator, null);
                all.add(one);
                assertEquals(200, one.status());
                one.next("ready");
            }
            Answer refused = signed(administrator, "GET", PATH, "");
            assertEquals(503, refused.status());
            assertTrue(refused.raw().headers().firstValue("retry-after").isPresent());
            try (Listening other = listen(key(ACCOUNT, Role.READER), null)) {
                assertEquals(200, other.status());
            }
        } finally {
            for (Listening one : all) {
                one.close();
            }
        }
    }

    @Test
    void theServiceEndsAlthoughSomebodyListens() throws IOException, InterruptedException, ConfigException {
        try (Listening one = listen(administrator, null)) {
            one.next("ready");
            long start = System.nanoTime();
            restart();
            assertTrue(System.nanoTime() - start < 10_000_000_000L);
        }
    }
}
