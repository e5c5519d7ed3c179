package dev.tocsin.flink.sink;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.wire.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's ingest. What it refuses for good is logged and left out; what does not get through is tried again. */
final class Ingest implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final String ACCOUNT = "\\d{12}";

    private final String root;
    private final Path keyFile;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(WAIT).build();
    private @Nullable Session session;

    private record Session(String cookie, String csrf) {}

    Ingest(String server, String keyFile) {
        this.root = server.replaceAll("/+$", "") + "/tocsin/v1/";
        this.keyFile = Path.of(keyFile);
    }

    /**
     * Hands all in.
     *
     * @throws IOException if it does not get through; what was handed in may be handed in again
     */
    void send(Map<Said.Form, List<Said>> said) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body(said));
        if (answer.statusCode() == 200) {
            tellWithoutDetector(answer.body());
            return;
        }
        LOG.warn("{}ingest refused a batch ({}): its parts are sent one by one", root, answer.statusCode());
        for (Map.Entry<Said.Form, List<Said>> list : said.entrySet()) {
            for (Said one : list.getValue()) {
                HttpResponse<String> single = post(body(Map.of(list.getKey(), List.of(one))));
                if (single.statusCode() != 200) {
                    LOG.error("the service refused a {} ({}): {}", list.getKey(), single.statusCode(), single.body());
                }
            }
        }
    }

    /** The service keeps no finding where nobody made a detector: that must not look like silence. */
    private void tellWithoutDetector(String answer) throws IOException {
        long lost = Doc.parse(answer).part("findings").number("withoutDetector", 0);
        if (lost > 0) {
            LOG.warn(
                    "{} finding states are of accounts and Regions without a detector and were not kept: make detectors, or"
                            + " set detectors.enableAllSeen for the service",
                    lost);
        }
    }

    /** What no service takes, as no account is known, stays out. */
    private static Doc body(Map<Said.Form, List<Said>> said) {
        Doc body = new Doc();
        new EnumMap<>(said)
                .forEach((form, list) -> body.with(
                        form.list(),
                        list.stream()
                                .filter(one ->
                                        form == Said.Form.ROW || one.account().matches(ACCOUNT))
                                .map(Said::doc)
                                .toList()));
        return body;
    }

    private HttpResponse<String> post(Doc body) throws IOException, InterruptedException {
        String last = "";
        long pause = FIRST_PAUSE_MILLIS;
        for (int i = 0; i < TRIES; i++) {
            if (i > 0) {
                Thread.sleep(pause);
                pause *= 2;
            }
            try {
                HttpResponse<String> answer = ask("ingest", body);
                if (answer.statusCode() == 401 || (answer.statusCode() == 403 && i == 0)) {
                    session = null; // the session is over: the next try signs in
                    last = answer.statusCode() + " " + answer.body();
                } else if (answer.statusCode() < 500 && answer.statusCode() != 429) {
                    return answer;
                } else {
                    last = answer.statusCode() + " " + answer.body();
                }
            } catch (IOException e) {
                last = String.valueOf(e.getMessage() == null ? e : e.getMessage());
            }
        }
        throw new IOException(root + "ingest: not taken after " + TRIES + " tries, last: " + last);
    }

    private HttpResponse<String> ask(String path, Doc body) throws IOException, InterruptedException {
        Session here = session;
        if (here == null) {
            here = signIn();
            session = here;
        }
        return client.send(
                request(path, body)
                        .header("Cookie", here.cookie())
                        .header("X-Tocsin-Csrf", here.csrf())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, Doc body) {
        return HttpRequest.newBuilder(URI.create(root + path))
                .timeout(WAIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toJson()));
    }

    private Session signIn() throws IOException, InterruptedException {
        Doc key = new Doc()
                .with("accessKeyId", value("aws_access_key_id"))
                .with("secretAccessKey", value("aws_secret_access_key"));
        HttpResponse<String> answer =
                client.send(request("session", key).build(), HttpResponse.BodyHandlers.ofString());
        String token = answer.statusCode() == 200 ? Doc.parse(answer.body()).text("csrfToken") : null;
        String cookie = answer.headers().firstValue("Set-Cookie").orElse("");
        if (token == null || cookie.isEmpty()) {
            throw new IOException("sign-in with " + keyFile + ": " + answer.statusCode() + " " + answer.body());
        }
        int end = cookie.indexOf(';');
        return new Session(end < 0 ? cookie : cookie.substring(0, end), token);
    }

    private String value(String name) throws IOException {
        for (String line : Files.readAllLines(keyFile)) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf('=') + 1).strip();
            }
        }
        throw new IOException(keyFile + ": has no " + name);
    }

    @Override
    public void close() {
        client.close();
    }
}
