package dev.tocsin.flink.sink;

import dev.tocsin.core.finding.Doc;
import dev.tocsin.flink.wire.Said;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service's ingest. What it refuses for good is logged and left out; what does not get through is tried again. */
public final class Ingest implements AutoCloseable {

    /** Findings or rows of a request, as the service takes them. */
    public static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final int TRIES = 8;
    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final String ACCOUNT = "\\d{12}";

    private final URI uri;
    private final Signature signature;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(WAIT)
            .build();

    /**
     * Of the service at {@code server}, with the key in {@code keyFile}.
     *
     * @throws IOException if there is no key
     */
    public Ingest(String server, String keyFile) throws IOException {
        this.uri = URI.create(server.replaceAll("/+$", "") + "/tocsin/v1/ingest");
        this.signature = Signature.of(Path.of(keyFile));
    }

    /**
     * Asks whether the service is there and takes the key, once.
     *
     * @throws IOException if not; the message says why
     */
    public void check() throws IOException, InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = ask(body(Map.of()));
        } catch (IOException e) {
            throw new IOException("no service answers at " + uri + ": " + reason(e), e);
        }
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }

    /**
     * Hands all in.
     *
     * @return how many finding states are of accounts and Regions without a detector, and so were not kept
     * @throws IOException if it does not get through; what was handed in may be handed in again
     */
    public long send(Map<Said.Form, List<Said>> said) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(body(said));
        if (answer.statusCode() == 200) {
            return withoutDetector(answer.body());
        }
        LOG.warn("{} refused a batch ({}): its parts are sent one by one", uri, answer.statusCode());
        long without = 0;
        for (Map.Entry<Said.Form, List<Said>> list : said.entrySet()) {
            for (Said one : list.getValue()) {
                HttpResponse<String> single = post(body(Map.of(list.getKey(), List.of(one))));
                if (single.statusCode() == 200) {
                    without += withoutDetector(single.body());
                } else {
                    LOG.error("the service refused a {} ({}): {}", list.getKey(), single.statusCode(), single.body());
                }
            }
        }
        return without;
    }

    /** The service keeps no finding where nobody made a detector: that must not look like silence. */
    private static long withoutDetector(String answer) throws IOException {
        long lost = Doc.parse(answer).part("findings").number("withoutDetector", 0);
        if (lost > 0) {
            LOG.warn(
                    "{} finding states are of accounts and Regions without a detector and were not kept: make detectors, or"
                            + " set detectors.enableAllSeen for the service",
                    lost);
        }
        return lost;
    }

    /** What no service takes, as no account is known, stays out. */
    private static Doc body(Map<Said.Form, List<Said>> said) {
        Doc body = new Doc();
        for (Said.Form form : Said.Form.values()) {
            List<Said> list = said.getOrDefault(form, List.of());
            body.with(
                    form.list(),
                    list.stream()
                            .filter(one ->
                                    form == Said.Form.ROW || one.account().matches(ACCOUNT))
                            .map(Said::doc)
                            .toList());
        }
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
                HttpResponse<String> answer = ask(body);
                if (!mayPass(answer)) {
                    return answer;
                }
                last = answer.statusCode() + " " + answer.body();
            } catch (IOException e) {
                last = reason(e);
            }
        }
        throw new IOException(uri + ": not taken after " + TRIES + " tries, last: " + last);
    }

    /** Whether another try may be answered otherwise: the service is busy, or does not know the key (any more, or yet). */
    private static boolean mayPass(HttpResponse<String> answer) {
        boolean unsigned = answer.statusCode() == 403
                && !"AccessDeniedException"
                        .equals(answer.headers().firstValue("x-amzn-ErrorType").orElse(""));
        return unsigned || answer.statusCode() == 429 || answer.statusCode() >= 500;
    }

    private static String reason(IOException e) {
        return String.valueOf(e.getMessage() == null ? e : e.getMessage());
    }

    private HttpResponse<String> ask(Doc body) throws IOException, InterruptedException {
        String text = body.toJson();
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(WAIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(text));
        signature.post(uri, text, InstantSource.system().instant()).forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
